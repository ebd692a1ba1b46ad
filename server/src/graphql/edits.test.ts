import assert from "node:assert/strict";
import { it } from "node:test";
import { createTestCore, parametersOf } from "../../../test/support/core.ts";

/** Whatever JSON says: the expectations below are its check. */
type Json = ReturnType<typeof JSON.parse>;

type Answer = {
  readonly data?: Record<string, Json>;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, Json> }[];
};

async function created() {
  const test = await createTestCore();
  const run = async (query: string, variables: Record<string, unknown> | null = null): Promise<Answer> => {
    const answer = await test.core.execute(parametersOf(query, { variables }), test.caller(), ["query", "mutation"]);
    return JSON.parse(answer.body) as Answer;
  };
  return { ...test, run };
}

it("a mutation that somebody was faster than fails with CONFLICT and shows the call as it is", async () => {
  const { run } = await created();
  const noted = await run('mutation { addNote(input: { activityId: "1", content: "n" }) { revision } }');
  const revision = noted.data?.["addNote"].revision as number;
  const { errors } = await run(`mutation { archiveCall(id: "1", ifRevision: ${revision - 1}) { id } }`);
  assert.equal(errors?.[0]?.extensions["code"], "CONFLICT");
  const { call } = errors?.[0]?.extensions ?? {};
  assert.deepEqual([call.id, call.is_archived, call.revision, call.notes[0].content], ["1", false, revision, "n"]);
  const bound = await run(`mutation { archiveCall(id: "1", ifRevision: ${revision}) { is_archived } }`);
  assert.deepEqual(bound.data, { archiveCall: { is_archived: true } });
  const odd = await run('mutation { archiveCall(id: "1", ifRevision: 1.5) { id } }');
  assert.equal(odd.errors?.[0]?.extensions["code"], "BAD_USER_INPUT");
});

it("a retry under @idempotent acts once, and the directive is refused where nothing is written", async () => {
  const { run } = await created();
  const archive = 'mutation ($key: String!) { archiveCall(id: "1") @idempotent(key: $key) { is_archived revision } }';
  const first = await run(archive, { key: "k" });
  assert.equal(first.data?.["archiveCall"].is_archived, true);
  assert.deepEqual(await run(archive, { key: "k" }), first);
  assert.equal((await run(archive, { key: "l" })).data?.["archiveCall"].is_archived, false);
  const misplaced = await run('{ me @idempotent(key: "k") { id } }');
  assert.equal(misplaced.errors?.[0]?.extensions["code"], "GRAPHQL_VALIDATION_FAILED");
});

it("archiving many answers for each id in order, unknown and impossible ones too", async () => {
  const { run } = await created();
  const document =
    "mutation ($ids: [ID!]) { setCallsArchived(ids: $ids, archived: true) { changedCount results { id outcome call { is_archived } } } }";
  const { data } = await run(document, { ids: ["2", "no id", "2", "404"] });
  assert.deepEqual(data?.["setCallsArchived"], {
    changedCount: 1,
    results: [
      { id: "2", outcome: "CHANGED", call: { is_archived: true } },
      { id: "no id", outcome: "NOT_FOUND", call: null },
      { id: "2", outcome: "UNCHANGED", call: { is_archived: true } },
      { id: "404", outcome: "NOT_FOUND", call: null },
    ],
  });
  assert.equal((await run(document)).errors?.[0]?.extensions["code"], "BAD_USER_INPUT");
  const many = Array.from({ length: 1_001 }, (_, at) => String(at + 1));
  assert.equal((await run(document, { ids: many })).errors?.[0]?.extensions["code"], "BAD_USER_INPUT");
  const costly = document.replace("is_archived", "notes { id author { id } } history { nodes { at } }");
  const refused = await run(costly, { ids: many.slice(1) });
  assert.equal(refused.errors?.[0]?.extensions["code"], "QUERY_TOO_COMPLEX");
});

it("archiving by a filter answers for each call of it, says whether there is more, and costs as many calls as it may be", async () => {
  const { run } = await created();
  const document = `mutation ($ids: [ID!], $filter: CallFilter, $first: Int, $ifRevision: Float) {
    setCallsArchived(ids: $ids, filter: $filter, first: $first, archived: true, ifRevision: $ifRevision) { changedCount hasMore results { id outcome } }
  }`;
  await run('mutation { archiveCall(id: "2") { id } }');
  const { data } = await run(document, { filter: { type: ["answered"] } });
  assert.deepEqual(data?.["setCallsArchived"], {
    changedCount: 2,
    hasMore: false,
    results: [
      { id: "3", outcome: "CHANGED" },
      { id: "1", outcome: "CHANGED" },
    ],
  });
  for (const variables of [
    { ids: ["1"], filter: {} },
    {},
    { filter: {}, ifRevision: 1 },
    { filter: { number: "1" } },
    { filter: { type: [] } },
    { filter: {}, first: 0 },
    { filter: {}, first: 1_001 },
    { ids: ["1"], first: 1 },
  ]) {
    assert.equal((await run(document, variables)).errors?.[0]?.extensions["code"], "BAD_USER_INPUT");
  }
  const costly = document.replace("outcome", "outcome call { notes { id author { id } } }");
  const few = await run(costly, { ids: ["1", "2"] });
  assert.equal(few.errors, undefined);
  const refused = await run(costly, { filter: {} });
  assert.equal(refused.errors?.[0]?.extensions["code"], "QUERY_TOO_COMPLEX");
  assert.match(refused.errors?.[0]?.message ?? "", /ask for fewer/);
  const byDefault = costly.replace("$filter: CallFilter", "$filter: CallFilter = {}");
  assert.equal((await run(byDefault, {})).errors?.[0]?.extensions["code"], "QUERY_TOO_COMPLEX");
});

it("archiving by a filter takes as many as are asked for, and costs no more than those", async () => {
  const { run } = await created();
  const archive = (first: string, declared = "") => `mutation ($filter: CallFilter${declared}) {
    setCallsArchived(filter: $filter, first: ${first}, archived: true) { hasMore results { id call { notes { id author { id } } } } }
  }`;
  const all = { filter: {} };
  const [newest, ...others] = [
    await run(archive("$first", ", $first: Int"), { ...all, first: 1 }),
    await run(archive("1"), all),
    await run(archive("100"), all),
  ].map(({ data, errors }) => {
    assert.equal(errors, undefined);
    const { results, hasMore } = data?.["setCallsArchived"] ?? {};
    return [results.map(({ id }: { readonly id: string }) => id), hasMore];
  });
  assert.deepEqual(
    [newest, ...others],
    [
      [["3"], true],
      [["2"], true],
      [["1"], false],
    ],
  );
  assert.equal((await run(archive("1000"), all)).errors?.[0]?.extensions["code"], "QUERY_TOO_COMPLEX");
});

it("colleagues are those who can be given calls, for every role and without those who are disabled", async () => {
  const { run, storage } = await created();
  const account = { workspaceId: 1, role: "reader", isDisabled: false, createdAtMs: 0 } as const;
  for (const username of ["zoe", "bob"]) await storage.users.add({ ...account, id: `id of ${username}`, username }, "");
  await storage.users.add({ ...account, id: "gone", username: "gone", isDisabled: true }, "");
  const { data } = await run("{ colleagues { id username } }");
  assert.deepEqual(data?.["colleagues"], [
    { id: "id of bob", username: "bob" },
    { id: "id of zoe", username: "zoe" },
  ]);
  const assigned = await run('mutation { assignCall(id: "1", userId: "id of zoe") { assignee { username } } }');
  assert.equal(assigned.data?.["assignCall"].assignee.username, "zoe");
});

it("the history of a call tells who did what, what was there before, and what undid it", async () => {
  const { run } = await created();
  await run(
    'mutation { addNote(input: { activityId: "1", content: "one" }) { id } addTag(id: "1", tag: " vip ") { id } }',
  );
  await run('mutation { editNote(id: "1", content: "two") { id } }');
  const edited = await run('{ call(id: "1") { revision } }');
  const revision = edited.data?.["call"].revision as number;
  const undone = await run(`mutation { undoChange(revision: ${revision}) { notes { content editedAt } tags } }`);
  assert.deepEqual(undone.data, { undoChange: { notes: [{ content: "one", editedAt: null }], tags: ["vip"] } });
  const page = "nodes { kind tag undoes note { content } noteBefore { content } actor { kind } } hasNextPage endCursor";
  const newest = (await run(`{ call(id: "1") { history(first: 3) { ${page} } } }`)).data?.["call"].history;
  const common = { tag: null, undoes: null, note: null, noteBefore: null, actor: { kind: "USER" } };
  const [one, two] = [{ content: "one" }, { content: "two" }];
  assert.deepEqual(newest.nodes, [
    { ...common, kind: "NOTE_EDITED", undoes: revision, note: one, noteBefore: two },
    { ...common, kind: "NOTE_EDITED", note: two, noteBefore: one },
    { ...common, kind: "TAG_ADDED", tag: "vip" },
  ]);
  assert.equal(newest.hasNextPage, true);
  const older = (await run(`{ activity(after: "${newest.endCursor}") { ${page} } }`)).data?.["activity"];
  assert.deepEqual(
    older.nodes.map(({ kind }: { kind: string }) => kind),
    ["NOTE_ADDED", "CALL_LOGGED", "CALL_LOGGED", "CALL_LOGGED"],
  );
  assert.equal(older.hasNextPage, false);
});

it("history is refused in a subscription, through fragments too", async () => {
  const { core, caller } = await created();
  const text = "subscription { onUpdateCall { ...F } } fragment F on Call { history { nodes { at } } }";
  const refusal = Promise.withResolvers<string>();
  const sink = { next: () => undefined, complete: () => undefined, error: refusal.resolve };
  await core.subscribe(parametersOf(text), caller(), sink);
  assert.match(await refusal.promise, /GRAPHQL_VALIDATION_FAILED/);
});

it("tagging and assigning many answer for each call, go on behind the last, and are taken back together", async () => {
  const { run } = await created();
  const tagged = await run(`mutation {
    setCallsTag(filter: {}, first: 2, tag: " vip ", present: true) { changedCount hasMore endCursor results { id outcome call { tags revision } } }
  }`);
  const { changedCount, hasMore, endCursor, results } = tagged.data?.["setCallsTag"] ?? {};
  assert.deepEqual([changedCount, hasMore], [2, true]);
  assert.deepEqual(
    results.map(({ id, outcome, call }: Json) => [id, outcome, call.tags]),
    [
      ["3", "CHANGED", ["vip"]],
      ["2", "CHANGED", ["vip"]],
    ],
  );
  const rest = await run(
    `mutation ($after: String) { setCallsTag(filter: {}, after: $after, tag: "vip", present: true) { hasMore results { id } } }`,
    { after: endCursor },
  );
  assert.deepEqual(rest.data?.["setCallsTag"], { hasMore: false, results: [{ id: "1" }] });
  const revisions = results.map(({ call }: Json) => call.revision);
  await run('mutation { removeTag(id: "3", tag: "vip") { id } }');
  const undo =
    "mutation ($revisions: [Float!]!) { undoChanges(revisions: $revisions) { changedCount results { outcome call { id tags } } } }";
  assert.deepEqual((await run(undo, { revisions })).data?.["undoChanges"], {
    changedCount: 1,
    results: [
      { outcome: "CONFLICT", call: { id: "3", tags: [] } },
      { outcome: "CHANGED", call: { id: "2", tags: [] } },
    ],
  });
  const nobody = await run('mutation { setCallsAssignee(ids: ["1"]) { results { outcome } endCursor } }');
  assert.deepEqual(nobody.data?.["setCallsAssignee"], { results: [{ outcome: "UNCHANGED" }], endCursor: null });
  const refused = [
    ["BAD_USER_INPUT", 'setCallsTag(ids: ["1"], tag: " ", present: true) { hasMore }'],
    ["BAD_USER_INPUT", 'setCallsTag(ids: ["1"], after: "x", tag: "vip", present: true) { hasMore }'],
    ["BAD_USER_INPUT", 'setCallsTag(filter: {}, after: "x", tag: "vip", present: true) { hasMore }'],
    ["NOT_FOUND", 'setCallsAssignee(ids: ["1"], userId: "nobody we know") { hasMore }'],
    ["BAD_USER_INPUT", "undoChanges(revisions: [1.5]) { changedCount }"],
    ["BAD_USER_INPUT", "undoChanges(revisions: [1]) { changedCount }"],
  ] as const;
  for (const [code, field] of refused) {
    assert.equal((await run(`mutation { ${field} }`)).errors?.[0]?.extensions["code"], code, field);
  }
  const tooMany = { revisions: Array.from({ length: 501 }, () => 1) };
  assert.equal(
    (await run(undo.replace("call { id tags }", ""), tooMany)).errors?.[0]?.extensions["code"],
    "BAD_USER_INPUT",
  );
});

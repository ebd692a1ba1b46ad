import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createTestCore, parametersOf } from "../../../test/support/core.ts";
import type { SubscriptionSink } from "./core.ts";

const asAnn = { workspaceId: 1, actor: { kind: "user", id: "ann" }, atMs: 0 } as const;
const stream = (more = "") =>
  `subscription { changeStream${more} { __typename cursor ... on Change { kind call { id } } } }`;

describe("the query changes", () => {
  it("gives the changes after a cursor, and where to read on", async () => {
    const { core, caller, storage } = await createTestCore();
    const run = async (query: string) =>
      JSON.parse((await core.execute(parametersOf(query), caller(), ["query"])).body);
    const { cursor } = (await run("{ cursor }")).data;
    await storage.calls.toggleArchived(asAnn, 2);
    await storage.calls.addNote(asAnn, 3, "hello");
    await storage.calls.toggleArchived(asAnn, 2);
    const page = (after: string) =>
      `{ changes(after: "${after}", first: 2) { changes { cursor kind call { id } } cursor hasMore } }`;
    const { epoch } = await storage.changes.head(1);
    const first = (await run(page(cursor))).data.changes;
    assert.deepEqual(first, {
      changes: [
        { cursor: `${epoch}:4`, kind: "CALL_ARCHIVED", call: { id: "2" } },
        { cursor: `${epoch}:5`, kind: "NOTE_ADDED", call: { id: "3" } },
      ],
      cursor: `${epoch}:5`,
      hasMore: true,
    });
    const second = (await run(page(first.cursor))).data.changes;
    assert.deepEqual(
      [second.changes.length, second.cursor, second.hasMore],
      [1, (await run("{ cursor }")).data.cursor, false],
    );
  });

  it("cuts first to 1,000 with a warning, and refuses what the subscription refuses", async () => {
    const { core, caller, storage } = await createTestCore();
    const run = async (args: string) => {
      const query = `{ changes(${args}) { hasMore } }`;
      return JSON.parse((await core.execute(parametersOf(query), caller(), ["query"])).body);
    };
    const { epoch } = await storage.changes.head(1);
    assert.deepEqual((await run(`after: "${epoch}:3", first: 9999`)).extensions.warnings, [
      { code: "LIMIT_CAPPED", message: "first was cut to 1000, the most that one page holds.", path: ["changes"] },
    ]);
    const code = async (args: string) => (await run(args)).errors[0].extensions.code;
    assert.equal(await code('after: "other:1"'), "RESUME_GAP");
    assert.equal(await code(`after: "${epoch}:99"`), "BAD_USER_INPUT");
    assert.equal(await code('after: "nonsense"'), "BAD_USER_INPUT");
    assert.equal(await code(`after: "${epoch}:1", first: -1`), "BAD_USER_INPUT");
  });

  it("is refused when its pages would be too large, whatever spelling they are asked in", async () => {
    const { core, caller } = await createTestCore();
    const aliases = Array.from({ length: 6 }, (_, n) => `a${n}: changes(after: "e:1", first: $n) { ...F }`).join(" ");
    const query = `query ($n: Int) { ${aliases} } fragment F on ChangePage { changes { call { notes { id } } } }`;
    const codeFor = async (n: number) => {
      const { body } = await core.execute(parametersOf(query, { variables: { n } }), caller(), ["query"]);
      return JSON.parse(body).errors?.[0]?.extensions.code;
    };
    assert.equal(await codeFor(1_000), "QUERY_TOO_COMPLEX");
    assert.equal(await codeFor(10), "RESUME_GAP", "it is executed");
  });
});

describe("the subscription changeStream", () => {
  it("tells first where it starts, then delivers what was committed since", async () => {
    const test = await createTestCore();
    const { epoch } = await test.storage.changes.head(1);
    const seen = await follow(test, stream());
    await test.storage.calls.toggleArchived(asAnn, 2);
    assert.deepEqual(await seen.items(2), [
      { __typename: "ChangeProgress", cursor: `${epoch}:3` },
      { __typename: "Change", cursor: `${epoch}:4`, kind: "CALL_ARCHIVED", call: { id: "2" } },
    ]);
    const resumed = await follow(test, stream(`(after: "${epoch}:2")`));
    assert.deepEqual(
      (await resumed.items(3)).map(({ cursor }) => cursor),
      [`${epoch}:2`, `${epoch}:3`, `${epoch}:4`],
    );
  });

  it("leaves out kinds that were not asked for, and tells how far it has come", async () => {
    const test = await createTestCore();
    const { epoch } = await test.storage.changes.head(1);
    const seen = await follow(test, stream("(kinds: [NOTE_ADDED])"));
    for (let n = 0; n < 5; n += 1) await test.storage.calls.toggleArchived(asAnn, 1);
    assert.deepEqual((await seen.items(2))[1], { __typename: "ChangeProgress", cursor: `${epoch}:8` });
    await test.storage.calls.toggleArchived(asAnn, 1);
    await test.storage.calls.addNote(asAnn, 1, "hello");
    const last = (await seen.items(3))[2];
    assert.deepEqual([last?.["__typename"], last?.["cursor"]], ["Change", `${epoch}:10`]);
    assert.deepEqual(
      seen.cursors,
      (await seen.items(3)).map(({ cursor }) => cursor),
      "every result comes with the cursor that it shows",
    );
  });

  it("with no kinds at all it delivers nothing but progress", async () => {
    const test = await createTestCore();
    const seen = await follow(test, stream("(kinds: [])"));
    await test.storage.calls.toggleArchived(asAnn, 1);
    assert.deepEqual(
      (await seen.items(2)).map(({ __typename }) => __typename),
      ["ChangeProgress", "ChangeProgress"],
    );
  });
});

describe("a transport that keeps the place in the log", () => {
  it("is told where any subscription starts, and of changes that it does not show", async () => {
    const test = await createTestCore();
    const { epoch } = await test.storage.changes.head(1);
    const positions: string[] = [];
    const told = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const position = (cursor: string) => told[positions.push(cursor) - 1]?.resolve();
    await follow(test, "subscription { onUpdateCall { id } }", { position });
    await told[0]?.promise;
    await test.logCall("d");
    await told[1]?.promise;
    assert.deepEqual(positions, [`${epoch}:3`, `${epoch}:4`]);
  });

  it("resumes by the cursor that it was handed back before any cursor of the request", async () => {
    const test = await createTestCore();
    const { epoch } = await test.storage.changes.head(1);
    const seen = await follow(test, stream(`(after: "${epoch}:1")`), {}, `${epoch}:2`);
    assert.deepEqual(
      (await seen.items(2)).map(({ cursor }) => cursor),
      [`${epoch}:2`, `${epoch}:3`],
    );
  });
});

type Item = Readonly<Record<string, unknown>>;

async function follow(
  test: Awaited<ReturnType<typeof createTestCore>>,
  query: string,
  more: Partial<SubscriptionSink> = {},
  lastSeen?: string,
) {
  const items: Item[] = [];
  const cursors: string[] = [];
  const refused = Promise.withResolvers<never>();
  let wake = () => {};
  const sink: SubscriptionSink = {
    next(payload, cursor) {
      items.push(JSON.parse(payload).data.changeStream);
      cursors.push(cursor);
      wake();
    },
    error: (errors) => refused.reject(new Error(errors)),
    complete: () => undefined,
    ...more,
  };
  refused.promise.catch(() => undefined);
  await test.core.subscribe(parametersOf(query), test.caller(), sink, lastSeen);
  return {
    cursors,
    async items(count: number): Promise<readonly Item[]> {
      while (items.length < count) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([more, refused.promise]);
      }
      return items;
    },
  };
}

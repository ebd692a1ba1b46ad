import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createTestCore, parametersOf } from "../../../test/support/core.ts";
import { DomainError } from "../domain/errors.ts";
import type { Inbox } from "../domain/inbox.ts";
import { type Acting, createActing } from "./acting.ts";
import type { GraphqlAnswer, GraphqlParameters } from "./core.ts";

describe("mutations done without the library", () => {
  it("do and answer what the library does and answers, to the byte", async () => {
    let answers = 0;
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest, { minLength: 1, maxLength: 8 }), async (requests) => {
        const { fast, plain, count } = await bothCores();
        for (const { query, variables } of requests) {
          const parameters = parametersOf(query, { variables });
          const [answer, expected] = [await fast.run(parameters), await plain.run(parameters)];
          assert.equal(textOf(answer), textOf(expected), query);
          assert.equal(answer.outcome, expected.outcome);
          answers += 1;
        }
        assert.deepEqual(await stateOf(fast.test), await stateOf(plain.test));
        made += count();
      }),
      { numRuns: 200 },
    );
    assert.ok(made > 0.2 * answers, `${made} of ${answers}`);
  });

  const done: Record<string, [query: string, variables?: GraphqlParameters["variables"]]> = {
    "the documented archiving": ["mutation A($id: ID!) { archiveCall(id: $id) { id is_archived } }", { id: "2" }],
    "a number for an id": ["mutation A($id: ID!) { archiveCall(id: $id) { id } }", { id: 2 }],
    "a literal": ["mutation { archiveCall(id: 3) { id is_archived notes { id } } }"],
    "a call that does not exist": ['mutation { archiveCall(id: "404") { id } }'],
    "an id that is none": ['mutation { archiveCall(id: "x") { id } }'],
    "the documented note": [
      "mutation N($input: AddNoteInput!) { addNote(input: $input) { id notes { id content } } }",
      { input: { activityId: "1", content: 'ä "quoted" 😀\n' } },
    ],
    "a note by its fields": [
      "mutation N($id: ID!, $c: String!) { note: addNote(input: { content: $c, activityId: $id }) { ...F } } fragment F on Call { id notes { content author { username } } }",
      { id: 1, c: "c" },
    ],
    "an empty note": ['mutation { addNote(input: { activityId: "1", content: "  " }) { id } }'],
  };
  for (const [name, [query, variables = null]] of Object.entries(done)) {
    it(`are made for ${name}`, async () => {
      const { fast, plain, count } = await bothCores();
      const parameters = parametersOf(query, { variables });
      assert.equal(textOf(await fast.run(parameters)), textOf(await plain.run(parameters)));
      assert.equal(count(), 1);
    });
  }

  const left: Record<string, [query: string, more?: Partial<GraphqlParameters>]> = {
    "two fields": ['mutation { a: archiveCall(id: "1") { id } b: archiveCall(id: "2") { id } }'],
    "a condition": ['mutation { archiveCall(id: "1") { id notes @skip(if: true) { id } } }'],
    "a state that was seen": ['mutation { archiveCall(id: "1", ifRevision: 3) { id } }'],
    "a key as a directive": ['mutation { archiveCall(id: "1") @idempotent(key: "k") { id } }'],
    "a key in the extensions": ['mutation { archiveCall(id: "1") { id } }', { extensions: { idempotencyKey: "k" } }],
    "fields that are not written out here": ['mutation { archiveCall(id: "1") { id history { nodes { kind } } } }'],
    "an input with something else in it": [
      "mutation ($input: AddNoteInput!) { addNote(input: $input) { id } }",
      { variables: { input: { activityId: "1", content: "c", more: 1 } } },
    ],
    "a variable that is missing": ["mutation ($id: ID!) { archiveCall(id: $id) { id } }"],
    "another mutation": ['mutation { addTag(id: "1", tag: "vip") { tags } }'],
  };
  for (const [name, [query, more = {}]] of Object.entries(left)) {
    it(`are left to the library for ${name}`, async () => {
      const { fast, plain, count } = await bothCores();
      const parameters = parametersOf(query, more);
      assert.equal(textOf(await fast.run(parameters)), textOf(await plain.run(parameters)));
      assert.equal(count(), 0);
    });
  }

  it("show no fault of ours, and are never asked for again", async () => {
    for (const thrown of [new TypeError("a bug"), new DomainError("UNAVAILABLE", "away")]) {
      let asked = 0;
      const test = await createTestCore({
        acting: (inbox) =>
          createActing({
            ...inbox,
            toggleArchived() {
              asked += 1;
              return Promise.reject(thrown);
            },
          }),
      });
      const parameters = parametersOf('mutation { archiveCall(id: "1") { id } }');
      const { body, outcome } = await test.core.execute(parameters, test.caller(), ["mutation"]);
      const { data, errors } = JSON.parse(body) as { data: unknown; errors: { path: unknown; message: string }[] };
      assert.deepEqual([data, errors[0]?.path, asked], [null, ["archiveCall"], 1]);
      assert.equal(errors[0]?.message, thrown instanceof DomainError ? "away" : "Internal server error");
      assert.equal(outcome, thrown instanceof DomainError ? 503 : "ok");
    }
  });
});

/** The core with and without what is under test, each with calls of its own, and how much was done without the library. */
async function bothCores() {
  let made = 0;
  const counting = (inbox: Inbox): Acting => {
    const acting = createActing(inbox);
    return {
      act(request) {
        const acted = acting.act(request);
        if (acted !== null) made += 1;
        return acted;
      },
    };
  };
  const runOf = (test: Awaited<ReturnType<typeof createTestCore>>) => ({
    test,
    run: async (parameters: GraphqlParameters) => test.core.execute(parameters, test.caller(), ["mutation"]),
  });
  const fast = runOf(await createTestCore({ acting: counting }));
  const plain = runOf(await createTestCore());
  return { fast, plain, count: () => made };
}

function textOf({ body, encoding }: GraphqlAnswer): string {
  return Buffer.from(body, encoding).toString();
}

async function stateOf({ storage }: Awaited<ReturnType<typeof createTestCore>>) {
  const { calls } = await storage.calls.page(1, 0, 10);
  return calls;
}

const anyId = fc.constantFrom<unknown>("1", "2", 3, "404", "", "x", 1.5, -1, null, true, "0x1", "01");
const anyContent = fc.oneof(fc.string({ unit: "binary", maxLength: 5 }), fc.constantFrom<unknown>("n", " ", 7, null));
const anyVariables = fc.record({
  id: anyId,
  content: anyContent,
  input: fc.oneof(
    fc.record({ activityId: anyId, content: anyContent }),
    fc.constantFrom<unknown>(null, "x", [], { activityId: "1" }, { activityId: "1", content: "c", other: 1 }),
  ),
});
const anyFields = fc
  .array(
    fc.constantFrom(
      "id",
      "a: id",
      "__typename",
      "is_archived",
      "revision",
      "created_at",
      "notes { id content }",
      "notes { author { username } createdAt }",
      "...F",
      "... on Call { to }",
      "... { via }",
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((fields) => fields.join(" "));
const anyMutation = fc.oneof(
  fc.constantFrom("archiveCall(id: $id)", "addNote(input: $input)"),
  fc.constantFrom(
    'archiveCall(id: "2")',
    "archiveCall(id: 1)",
    "archiveCall(id: $id, ifRevision: 1)",
    "addNote(input: { activityId: $id, content: $content })",
    'addNote(input: { activityId: "3", content: """ block\n text """ })',
    "__proto__: archiveCall(id: $id)",
  ),
);
const anyRequest = fc.tuple(anyMutation, anyFields, anyVariables).map(([mutation, fields, { id, content, input }]) => {
  const declared = [
    ...(mutation.includes("$id") ? ["$id: ID!"] : []),
    ...(mutation.includes("$content") ? ["$content: String!"] : []),
    ...(mutation.includes("$input") ? ["$input: AddNoteInput!"] : []),
  ];
  const head = declared.length === 0 ? "mutation" : `mutation (${declared.join(", ")})`;
  const fragment = fields.includes("...F") ? " fragment F on Call { from direction }" : "";
  return { query: `${head} { ${mutation} { ${fields} } }${fragment}`, variables: { id, content, input } };
});

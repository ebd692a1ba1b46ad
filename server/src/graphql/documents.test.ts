import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "graphql";
import { weighDocument } from "./document-weight.ts";
import { createDocuments } from "./documents.ts";
import { limits } from "./limits.ts";
import { executableSchema, readSdl } from "./schema.ts";

const { schema, callId } = executableSchema(readSdl());

describe("documents", () => {
  it("are prepared once for each text", () => {
    const documents = createDocuments(schema, callId);
    const first = documents.prepare("{ me { id } }", false);
    assert.equal(documents.prepare("{ me { id } }", true), first);
    assert.notEqual(documents.prepare("{ me { id } } ", false), first);
  });

  it("that were used least recently are forgotten first", () => {
    const documents = createDocuments(schema, callId);
    const first = documents.prepare("{ me { id } }", false);
    const second = documents.prepare("{ me { username } }", false);
    for (let n = 0; n < limits.preparedDocuments - 1; n += 1) {
      documents.prepare(`{ a${n}: __typename }`, false);
      documents.prepare("{ me { id } }", false);
    }
    assert.equal(documents.prepare("{ me { id } }", false), first);
    assert.notEqual(documents.prepare("{ me { username } }", false), second);
  });
});

describe("the cost of an operation", () => {
  const cases = [
    ["{ __typename }", {}, 0],
    ["{ me { id } }", {}, 1],
    ["{ call(id: 1) { notes { id } } }", {}, 3],
    ["{ paginatedCalls { totalCount } }", {}, 1],
    ["{ paginatedCalls { nodes { id } } }", {}, 11],
    ["{ paginatedCalls(limit: 50) { nodes { id notes { id } } } }", {}, 151],
    ["{ paginatedCalls(limit: 90000) { nodes { id } } }", {}, 1_001],
    ["query ($n: Float) { paginatedCalls(limit: $n) { nodes { id } } }", { n: 7 }, 8],
    ["query ($n: Float = 20) { paginatedCalls(limit: $n) { nodes { id } } }", {}, 21],
    ["query ($n: Float) { paginatedCalls(limit: $n) { nodes { id } } }", {}, 11],
    ["query ($n: Float) { paginatedCalls(limit: $n) { nodes { id } } }", { n: -5 }, 1],
    [
      "query ($n: Float) { paginatedCalls(limit: $n) { ...F } } fragment F on PaginatedCalls { nodes { id } }",
      { n: 7 },
      8,
    ],
    ["{ cursor }", {}, 0],
    ['{ changes(after: "e:1") { hasMore } }', {}, 1],
    ['{ changes(after: "e:1") { changes { kind } } }', {}, 101],
    ['{ changes(after: "e:1", first: 1000) { changes { call { notes { id } } } } }', {}, 4_001],
    ['query ($n: Int) { changes(after: "e:1", first: $n) { changes { call { id } } } }', { n: 7 }, 15],
    ['query ($n: Int) { changes(after: "e:1", first: $n) { changes { call { id } } } }', {}, 201],
    ["subscription { changes { call { notes { id } } } }", {}, 4],
    ["{ ...F ...F } fragment F on Query { me { id } }", {}, 2],
    ['mutation { login(input: { username: "", password: "" }) { user { id } } }', {}, 1_001],
    ["{ __schema { types { fields { name } } } }", {}, 1_000],
  ] as const;
  for (const [query, variables, cost] of cases) {
    it(`${query} ${JSON.stringify(variables)} is ${cost}`, () => {
      const [weight] = weighDocument(parse(query)).operations.values();
      assert.equal(weight?.cost(variables), cost);
    });
  }
});

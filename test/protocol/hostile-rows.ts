import assert from "node:assert/strict";
import type { ErrorCode } from "../../server/src/domain/errors.ts";
import type { GraphqlResult } from "../support/server.ts";

/** A GraphQL request that somebody hostile, or careless, may send over any transport, and what it has to get. */
export type HostileRow = {
  /** The row of the catalogue of hostile inputs, and which of its variants. */
  readonly id: string;
  readonly send: {
    readonly query: string;
    readonly variables?: Readonly<Record<string, unknown>>;
    readonly operationName?: string;
    readonly extensions?: Readonly<Record<string, unknown>>;
  };
  /** Sent without a token. Sockets cannot: they have none without one. */
  readonly isAnonymous?: true;
  readonly expect:
    | {
        /** Refused before anything ran: errors, no `data`. */
        readonly refused: ErrorCode;
        readonly message?: RegExp;
        /** Must not occur anywhere in the answer. */
        readonly without?: RegExp;
      }
    | { /** Ran, and failed at a field. */ readonly failed: ErrorCode; readonly message?: RegExp }
    | { /** Ran without error; `data` is exactly this. */ readonly data: unknown; readonly warning?: string }
    | { /** Ran without error; `data.addNote.notes` starts with exactly this text. */ readonly newestNote: string };
};

/**
 * Rows G, N and C that do not depend on the transport. They expect a workspace with the three calls `1`, `2` and `3` (3 is
 * the newest) and no other, they may run in any order and again, and they leave call 1 as it is; call 2 collects notes.
 */
export const hostileRows: readonly HostileRow[] = [
  ...[5_000, 50_000].flatMap((count): HostileRow[] => [
    {
      id: `G1 ${count} nested braces`,
      send: { query: "{a".repeat(count / 2) },
      expect: { refused: "GRAPHQL_PARSE_FAILED" },
    },
    {
      id: `G1 ${count} nested list literals`,
      send: { query: `{ call(id: ${"[".repeat(count)}` },
      expect: { refused: "GRAPHQL_PARSE_FAILED" },
    },
    {
      id: `G1 ${count / 10} nested inline fragments`,
      send: { query: `{${"...{".repeat(count / 10)}` },
      expect: { refused: "GRAPHQL_PARSE_FAILED" },
    },
  ]),
  {
    id: "G2 60 KB of tokens",
    send: { query: `{${"a ".repeat(30_000)}}` },
    expect: { refused: "GRAPHQL_PARSE_FAILED" },
  },
  {
    id: "G2 60 KB of comments",
    send: { query: `${"#\n".repeat(30_000)}{a}` },
    expect: { refused: "GRAPHQL_PARSE_FAILED" },
  },
  {
    id: "G2 60 KB of spaces",
    send: { query: `${" ".repeat(60_000)}{__typename}` },
    expect: { data: { __typename: "Query" } },
  },
  {
    id: "G3 16 aliases",
    send: { query: `{call(id:1){${aliases(16, "id")}}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G3 7,000 aliases",
    send: { query: `{${aliases(7_000, "me{id}")}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G3 15 aliases are served",
    send: { query: `{call(id:1){${aliases(15, "id")}}}` },
    expect: { data: { call: Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`a${index}`, "1"])) } },
  },
  {
    id: "G3 101 × __typename",
    send: { query: `{${"__typename ".repeat(101)}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G3 101 × __typename below a field",
    send: { query: `{me{${"__typename ".repeat(101)}}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  { id: "G4 depth 9 by fields", send: { query: nested("a{", 9) }, expect: { refused: "QUERY_TOO_COMPLEX" } },
  {
    id: "G4 depth 9 by inline fragments",
    send: { query: `{${"a{...{".repeat(8)}a{b}${"}}".repeat(8)}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G4 depth 9 by fragments",
    send: {
      query: `{...F0} ${Array.from({ length: 9 }, (_, n) => `fragment F${n} on Query{a{...F${n + 1}}}`).join("")}fragment F9 on Query{b}`,
    },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  ...[1, 2, 50].map((count): HostileRow => ({
    id: `G5 a circle of ${count} fragments`,
    send: {
      query: `{...F0} ${Array.from({ length: count }, (_, n) => `fragment F${n} on Query{...F${(n + 1) % count}}`).join(" ")}`,
    },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  })),
  {
    id: "G5 an unused fragment",
    send: { query: "{me{id}} fragment F on Query{me{id}}" },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },
  { id: "G5 an unknown fragment", send: { query: "{...F}" }, expect: { refused: "GRAPHQL_VALIDATION_FAILED" } },
  {
    id: "G6 2^22 by fragments",
    send: {
      query: `{...F0} ${Array.from({ length: 22 }, (_, n) => `fragment F${n} on Query{...F${n + 1} ...F${n + 1}}`).join("")}fragment F22 on Query{me{id}}`,
    },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G6 2^16 by fragments below a field",
    send: {
      query: `{call(id:1){...F0}} ${Array.from({ length: 16 }, (_, n) => `fragment F${n} on Call{...F${n + 1} ...F${n + 1}}`).join("")}fragment F16 on Call{notes{id}}`,
    },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G7 30 × 30 overlapping inline fragments",
    send: { query: `{call(id:1){${`...on Call{${"id ".repeat(30)}}`.repeat(30)}}}` },
    expect: { refused: "GRAPHQL_PARSE_FAILED" },
  },
  {
    id: "G8 10 unknown directives",
    send: { query: `{me{id ${"@a ".repeat(10)}}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G8 10,000 unknown directives",
    send: { query: `{me{id ${"@a ".repeat(10_000)}}}` },
    expect: { refused: "GRAPHQL_PARSE_FAILED" },
  },
  {
    id: "G8 @skip nine times on one field",
    send: { query: `{me{id ${"@skip(if:true)".repeat(9)}}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  ...[2, 100].map((count): HostileRow => ({
    id: `G9 ${count} logins in one mutation`,
    send: { query: `mutation{${aliases(count, 'login(input:{username:"a",password:"b"}){access_token}')}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  })),
  {
    id: "G9 two logins by a fragment spread twice",
    send: {
      query: 'mutation{...L ...L} fragment L on Mutation{login(input:{username:"a",password:"b"}){access_token}}',
    },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G11 1,000 operations, one selected",
    send: { query: Array.from({ length: 1_000 }, (_, n) => `query Q${n}{me{id}}`).join(" "), operationName: "Q1" },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G12 two operations, none named",
    send: { query: "query A{me{id}} query B{me{id}}" },
    expect: { refused: "OPERATION_RESOLUTION_FAILURE" },
  },
  {
    id: "G12 an unknown operation",
    send: { query: "query A{me{id}}", operationName: "B" },
    expect: { refused: "OPERATION_RESOLUTION_FAILURE" },
  },
  {
    id: "G12 no operation",
    send: { query: "fragment F on Query{me{id}}" },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },
  {
    id: "G13 circular introspection",
    send: { query: `{__schema{types${"{fields{type".repeat(12)}{name}${"}}".repeat(12)}}}` },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },
  {
    id: "G13 introspection with a token",
    send: { query: "{__schema{queryType{name}}}" },
    expect: { data: { __schema: { queryType: { name: "Query" } } } },
  },
  {
    id: "G14 a misspelt field without a token",
    send: { query: "{paginatedCall{totalCount}}" },
    isAnonymous: true,
    expect: { refused: "GRAPHQL_VALIDATION_FAILED", without: /did you mean|paginatedCalls/i },
  },
  {
    id: "G14 a misspelt field with a token",
    send: { query: "{paginatedCall{totalCount}}" },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED", message: /did you mean "paginatedCalls"/i },
  },
  {
    id: "G15 300 unknown fields",
    send: { query: `{me{${Array.from({ length: 300 }, (_, n) => `x${n}`).join(" ")}}}` },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },
  {
    id: "G15 10,000 unknown fields",
    send: { query: `{me{${"x ".repeat(10_000)}}}` },
    expect: { refused: "GRAPHQL_PARSE_FAILED" },
  },
  {
    id: "G16 a variable in the wrong position",
    send: { query: "query($n:String){paginatedCalls(limit:$n){totalCount}}", variables: { n: "1" } },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },
  {
    id: "G16 a missing variable",
    send: { query: "{call(id:$id){id}}" },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },
  {
    id: "G16 an unused variable",
    send: { query: "query($id:ID){me{id}}" },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },
  {
    id: "G16 a variable declared twice",
    send: { query: "query($id:ID!,$id:ID!){call(id:$id){id}}", variables: { id: "1" } },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },
  {
    id: "G16 no value for a required variable",
    send: { query: "query($id:ID!){call(id:$id){id}}" },
    expect: { refused: "BAD_USER_INPUT" },
  },
  ...["ID!", "Int!", "Float!", "String!", "ID=1"].map((type): HostileRow => ({
    id: `G16 $id: ${type} into call(id: Float!)`,
    send: { query: `query($id:${type}){call(id:$id){id}}`, variables: { id: /^(ID|S)/.test(type) ? "1" : 1 } },
    expect: { data: { call: { id: "1" } } },
  })),
  ...["Boolean!", "[ID!]!", "LoginInput!", "ID"].map((type): HostileRow => ({
    id: `G16 $id: ${type} into call(id: Float!)`,
    send: { query: `query($id:${type}){call(id:$id){id}}`, variables: { id: "1" } },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  })),
  {
    id: "G17 5,000 undeclared variables",
    send: {
      query: "{me{__typename}}",
      variables: Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`v${n}`, 1])),
    },
    expect: { data: { me: { __typename: "UserType" } } },
  },
  {
    id: "G17 a variable nested 21 deep",
    send: {
      query: "mutation($i:AddNoteInput!){addNote(input:$i){id}}",
      variables: { i: JSON.parse(`${'{"a":'.repeat(21)}1${"}".repeat(21)}`) as object },
    },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G18 \\u{110000}",
    send: { query: '{call(id:"\\u{110000}"){id}}' },
    expect: { refused: "GRAPHQL_PARSE_FAILED" },
  },
  { id: "G18 \\u{D83D}", send: { query: '{call(id:"\\u{D83D}"){id}}' }, expect: { refused: "GRAPHQL_PARSE_FAILED" } },
  { id: "G18 \\uD800", send: { query: '{call(id:"\\uD800"){id}}' }, expect: { refused: "GRAPHQL_PARSE_FAILED" } },
  {
    id: "G18 a block string of 20,000 lines",
    send: { query: `{call(id:"""${"\n".repeat(20_000)}"""){id}}` },
    expect: { data: { call: null } },
  },
  {
    id: "G19 archiveCall 11 times",
    send: { query: `mutation{${"archiveCall(id:1){id} ".repeat(11)}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G20 ten pages of 1,000",
    send: { query: `{${aliases(10, "paginatedCalls(limit:1000){nodes{id}}")}}` },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G20 ten pages of 1,000 by a variable",
    send: { query: `query($l:Float){${aliases(10, "paginatedCalls(limit:$l){nodes{id}}")}}`, variables: { l: 1_000 } },
    expect: { refused: "QUERY_TOO_COMPLEX" },
  },
  {
    id: "G20 one page of 1,000 with notes is served",
    send: { query: "{paginatedCalls(limit:1000){nodes{id notes @include(if:false){id content}}}}" },
    expect: { data: { paginatedCalls: { nodes: [{ id: "3" }, { id: "2" }, { id: "1" }] } } },
  },
  {
    id: "G22 @include(if: null)",
    send: { query: "query($x:Boolean!){me{id @include(if:$x)}}", variables: { x: null } },
    expect: { refused: "BAD_USER_INPUT" },
  },
  { id: "G23 letters beyond ASCII in names", send: { query: "{mé{id}}" }, expect: { refused: "GRAPHQL_PARSE_FAILED" } },
  { id: "G23 NUL in the document", send: { query: "{me\u0000{id}}" }, expect: { refused: "GRAPHQL_PARSE_FAILED" } },
  {
    id: "G23 a byte order mark in the document",
    send: { query: "\ufeff{__typename}" },
    expect: { data: { __typename: "Query" } },
  },

  page("N1", "limit:0", { nodes: [], totalCount: 3, hasNextPage: true }),
  ...[
    "limit:-1",
    "offset:-1",
    "limit:1.5",
    "offset:0.1",
    "limit:1e-9",
    "limit:1e308",
    "limit:1e400",
    "offset:-1e400",
  ].map((given): HostileRow => ({
    id: `N2, N3, N5, N6 ${given}`,
    send: { query: `{paginatedCalls(${given}){totalCount}}` },
    expect: { failed: "BAD_USER_INPUT", message: /whole number/ },
  })),
  page("N2", "offset:-0,limit:1", { nodes: [{ id: "3" }], totalCount: 3, hasNextPage: true }),
  page("N4", "limit:1.0", { nodes: [{ id: "3" }], totalCount: 3, hasNextPage: true }),
  page("N4", "limit:1e0", { nodes: [{ id: "3" }], totalCount: 3, hasNextPage: true }),
  ...["1001", "5000"].map((limit): HostileRow => ({
    id: `N5 limit: ${limit}`,
    send: { query: `{paginatedCalls(limit:${limit}){totalCount}}` },
    expect: { data: { paginatedCalls: { totalCount: 3 } }, warning: "LIMIT_CAPPED" },
  })),
  ...["NaN", "Infinity", '"10"', "true", "[10]", "{}"].map((limit): HostileRow => ({
    id: `N8 limit: ${limit}`,
    send: { query: `{paginatedCalls(limit:${limit}){totalCount}}` },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  })),
  ...["10", true, [10], {}].map((limit): HostileRow => ({
    id: `N8 $limit: ${JSON.stringify(limit)}`,
    send: { query: "query($l:Float){paginatedCalls(limit:$l){totalCount}}", variables: { l: limit } },
    expect: { refused: "BAD_USER_INPUT" },
  })),
  ...[1.5, -1, 1e308].map((limit): HostileRow => ({
    id: `N2, N3, N5 $limit: ${limit}`,
    send: { query: "query($l:Float){paginatedCalls(limit:$l){totalCount}}", variables: { l: limit } },
    expect: { failed: "BAD_USER_INPUT", message: /whole number/ },
  })),
  page("N9", "offset:null,limit:null", {
    nodes: [{ id: "3" }, { id: "2" }, { id: "1" }],
    totalCount: 3,
    hasNextPage: false,
  }),
  ...["3", "4", "1e6", "9007199254740991"].map((offset) =>
    page("N10", `offset:${offset}`, { nodes: [], totalCount: 3, hasNextPage: false }),
  ),
  ...["9007199254740992", "9007199254740993"].map((offset): HostileRow => ({
    id: `N11 offset: ${offset}`,
    send: { query: `{paginatedCalls(offset:${offset}){totalCount}}` },
    expect: { failed: "BAD_USER_INPUT" },
  })),
  ...[
    "0",
    "-1",
    "99",
    "1.5",
    "9007199254740993",
    "1e400",
    '"abc"',
    '" 1 "',
    '"1e3"',
    '"0x1"',
    '"１"',
    '"01"',
    '""',
  ].map((id): HostileRow => ({
    id: `N12, N13, N14 call(id: ${id})`,
    send: { query: `{call(id:${id}){id}}` },
    expect: { data: { call: null } },
  })),
  ...["1", '"1"', "1.0", "1e0"].map((id): HostileRow => ({
    id: `N14 call(id: ${id})`,
    send: { query: `{call(id:${id}){id}}` },
    expect: { data: { call: { id: "1" } } },
  })),
  ...["", "' OR 1=1 --", "%", "1\u0000", "__proto__", "1.0", " 1"].map((id): HostileRow => ({
    id: `N15 archiveCall(id: ${JSON.stringify(id)})`,
    send: { query: "mutation($id:ID!){archiveCall(id:$id){id}}", variables: { id } },
    expect: { failed: "NOT_FOUND", message: /^The call does not exist!$/ },
  })),
  {
    id: "N15 an id of 10 KB",
    send: { query: "mutation($id:ID!){archiveCall(id:$id){id}}", variables: { id: "1".repeat(10_240) } },
    expect: { failed: "BAD_USER_INPUT" },
  },
  {
    id: "N16 archiveCall(id: 1)",
    send: { query: "mutation{archiveCall(id:1){id}}" },
    expect: { data: { archiveCall: { id: "1" } } },
  },
  {
    id: "N16 archiveCall(id: 1.0)",
    send: { query: "mutation{archiveCall(id:1.0){id}}" },
    expect: { refused: "GRAPHQL_VALIDATION_FAILED" },
  },

  ...["", "   ", "\n"].map((content) => badNote("C1", content, /^content should not be empty$/)),
  goodNote("C2 one character", "x"),
  goodNote("C2 10,000 code points", "😀".repeat(10_000)),
  badNote("C2 10,001 code points", "😀".repeat(10_001)),
  badNote("C4 NUL", "a\u0000b"),
  badNote("C5 a lone high surrogate", "a\ud800"),
  badNote("C5 a lone low surrogate", "\udc00a"),
  goodNote("C6 emoji, flags, combining marks", `👩‍👩‍👧 🇨🇭 😀 e\u0301 a${"\u0301".repeat(200)}`),
  goodNote("C7 direction marks and line separators", "\u202eabc\u2066\u2069\u200b\u2028\u2029"),
  goodNote("C8 markup", `<script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))`),
  goodNote("C9 formulas", `=HYPERLINK("http://x")`),
  goodNote("C10 line ends and escapes", "a\r\nb\rc\n\u001b[2J"),
  goodNote("C11 SQL", `'; DROP TABLE calls; -- %_\\${"'".repeat(5_000)}`),
  ...[null, 5, ["a"]].map((content): HostileRow => ({
    id: `C12 content: ${JSON.stringify(content)}`,
    send: {
      query: "mutation($i:AddNoteInput!){addNote(input:$i){id}}",
      variables: { i: { activityId: "2", content } },
    },
    expect: { refused: "BAD_USER_INPUT" },
  })),
  {
    id: "C13 a note on an unknown call",
    send: { query: 'mutation{addNote(input:{activityId:"99",content:"x"}){id}}' },
    expect: { failed: "NOT_FOUND", message: /^The call does not exist!$/ },
  },
];

/** Holds an answer, the response map as JSON, to what its row expects. */
export function assertAnswered({ expect }: HostileRow, text: string): void {
  const answer = JSON.parse(text) as GraphqlResult;
  if ("refused" in expect) {
    const errors = answer.errors ?? [];
    assert.ok(errors.length >= 1 && errors.length <= 10, `${errors.length} errors`);
    for (const error of errors) assert.equal(error.extensions.code, expect.refused, text);
    assert.ok(!("data" in answer), "a refused request has no data");
    assert.ok(text.length < 4_096, `the answer has ${text.length} characters`);
    if (expect.message) assert.match(text.replaceAll('\\"', '"'), expect.message);
    if (expect.without) assert.doesNotMatch(text, expect.without);
  } else if ("failed" in expect) {
    const [error] = answer.errors ?? [];
    assert.equal(error?.extensions.code, expect.failed, text);
    assert.ok(Array.isArray(error?.path), "a field's error names its path");
    if (expect.message) assert.match(error?.message ?? "", expect.message);
  } else if ("newestNote" in expect) {
    assert.equal(answer.errors, undefined, text);
    assert.equal(answer.data.addNote.notes[0].content, expect.newestNote);
  } else {
    assert.equal(answer.errors, undefined, text);
    assert.deepEqual(answer.data, expect.data);
    assert.equal(answer.extensions?.warnings?.[0]?.code, expect.warning);
  }
}

/** Tokens made from good ones by somebody who has no key; each is answered `Unauthorized` wherever a token is taken. */
export function badTokens(good: { readonly accessToken: string; readonly refreshToken: string }) {
  const [header = "", payload = "", signature = ""] = good.accessToken.split(".");
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const headerWith = (more: object) =>
    encoded({ ...(JSON.parse(Buffer.from(header, "base64url").toString()) as object), ...more });
  return {
    "J3 alg none": `${headerWith({ alg: "none" })}.${payload}.`,
    "J3 alg nOnE": `${headerWith({ alg: "nOnE" })}.${payload}.${signature}`,
    "J3 no signature": `${header}.${payload}.`,
    "J4 alg HS256": `${headerWith({ alg: "HS256" })}.${payload}.${signature}`,
    "J6 a refresh token": good.refreshToken,
    "J7 typ JWT": `${headerWith({ typ: "JWT" })}.${payload}.${signature}`,
    "J8 kid a path": `${headerWith({ kid: "../../key" })}.${payload}.${signature}`,
    "J9 crit": `${headerWith({ crit: ["x"], x: 1 })}.${payload}.${signature}`,
    "J10 one bit of the signature": `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
    "J10 another payload": `${header}.${encoded({ sub: "somebody" })}.${signature}`,
    "J11 two parts": `${header}.${payload}`,
    "J11 four parts": `${good.accessToken}.x`,
    "J11 trailing data": `${good.accessToken}A`,
    "J11 padding": `${good.accessToken}=`,
    "J15 100 KB": `${header}.${"A".repeat(10_000)}.${signature}`,
    "not a token": "null",
  } as const;
}

function aliases(count: number, field: string): string {
  return Array.from({ length: count }, (_, index) => `a${index}:${field}`).join(" ");
}

function nested(open: string, depth: number): string {
  return `{${open.repeat(depth)}b${"}".repeat(depth)}}`;
}

function page(id: string, given: string, expected: object): HostileRow {
  return {
    id: `${id} ${given}`,
    send: { query: `{paginatedCalls(${given}){nodes{id} totalCount hasNextPage}}` },
    expect: { data: { paginatedCalls: expected } },
  };
}

function goodNote(id: string, content: string): HostileRow {
  return {
    id,
    send: {
      query: "mutation($i:AddNoteInput!){addNote(input:$i){notes{content}}}",
      variables: { i: { activityId: "2", content } },
    },
    expect: { newestNote: content },
  };
}

function badNote(id: string, content: string, message = /^content /): HostileRow {
  return {
    id,
    send: {
      query: "mutation($i:AddNoteInput!){addNote(input:$i){id}}",
      variables: { i: { activityId: "2", content } },
    },
    expect: { failed: "BAD_USER_INPUT", message },
  };
}

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { rawPost, sendRaw, type RawAnswer } from "../support/raw-http.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const ping = JSON.stringify({ query: "{__typename}" });
const json = "Content-Type: application/json";

type Row = {
  readonly id: string;
  readonly send: readonly (string | Buffer)[];
  readonly status: number | readonly number[];
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default true for a status from 400 that the parser gave. */
  readonly closes?: boolean;
  readonly data?: unknown;
};

const head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
const get = (target: string, ...headers: readonly string[]) =>
  [`GET ${target} HTTP/1.1`, "Host: localhost", ...headers, "", ""].join("\r\n");
const withMethod = (method: string) => `${method} /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`;

const rows: readonly Row[] = [
  { id: "H1 no Content-Type", send: [rawPost(ping, [])], status: 415, code: "UNSUPPORTED_MEDIA_TYPE" },
  ...["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"].map((type): Row => ({
    id: `H2 ${type}`,
    send: [rawPost(ping, [`Content-Type: ${type}`])],
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE",
  })),
  ...["", "{", '"x"', "123", "null", `[${Array(100).fill(ping).join(",")}]`].map((body): Row => ({
    id: `H3, G10 the body ${body.slice(0, 20)}`,
    send: [rawPost(body)],
    status: 400,
    code: "BAD_REQUEST",
  })),
  ...[
    "{}",
    '{"query":1}',
    '{"query":{}}',
    '{"query":[]}',
    '{"query":"{__typename}","variables":"x"}',
    '{"query":"{__typename}","variables":[]}',
    '{"query":"{__typename}","variables":1}',
    '{"query":"{__typename}","operationName":1}',
    '{"query":"{__typename}","extensions":[]}',
  ].map((body): Row => ({ id: `H4 the body ${body}`, send: [rawPost(body)], status: 400, code: "BAD_REQUEST" })),
  ...['{"query":"{__typename}","more":1,"variables":null}', '{"query":"{__typename}","variables":{"a":1}}'].map(
    (body): Row => ({ id: `H5 the body ${body}`, send: [rawPost(body)], status: 200, data: { __typename: "Query" } }),
  ),
  {
    id: "H6 of a key that stands twice the last one counts",
    send: [rawPost('{"query":"{nonsense}","query":"{__typename}"}')],
    status: 200,
    data: { __typename: "Query" },
  },
  ...Object.entries({
    "Content-Length and Transfer-Encoding": `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    "two Content-Length": `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`,
    "Content-Length -1": `${head}Content-Length: -1\r\n\r\n`,
    "Content-Length 0x0f": `${head}Content-Length: 0x0f\r\n\r\n`,
    "a bad chunk": `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n`,
    "Transfer-Encoding xchunked": `${head}Transfer-Encoding: xchunked\r\n\r\n`,
    "a folded header": `${head}X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n`,
    "line feeds alone": head.replaceAll("\r\n", "\n") + "Content-Length: 0\n\n",
    "a space before the colon": `${head}X-A : b\r\nContent-Length: 0\r\n\r\n`,
    "NUL in a header": `${head}X-A: b\u0000c\r\nContent-Length: 0\r\n\r\n`,
  }).map(([id, bytes]): Row => ({ id: `H7 ${id}`, send: [bytes], status: 400, code: "BAD_REQUEST", closes: true })),
  {
    id: "H8 two Host headers",
    send: [rawPost(ping, [json, "Host: other"])],
    status: 400,
    code: "BAD_REQUEST",
    closes: true,
  },
  { id: "H8 no Host header", send: ["GET /healthz HTTP/1.1\r\n\r\n"], status: 400, closes: true },
  {
    id: "H9 a header of 20 KB",
    send: [rawPost(ping, [json, `X-A: ${"a".repeat(20_480)}`])],
    status: 431,
    code: "HEADERS_TOO_LARGE",
    closes: true,
  },
  {
    id: "H9 200 headers",
    send: [rawPost(ping, [json, ...Array.from({ length: 200 }, (_, n) => `X-${n}: a`)])],
    status: 431,
    code: "HEADERS_TOO_LARGE",
    closes: true,
  },
  {
    id: "H10 an address of 20 KB",
    send: [get(`/${"a".repeat(20_480)}`)],
    status: 431,
    code: "HEADERS_TOO_LARGE",
    closes: true,
  },
  {
    id: "H11 128 KiB and one byte, with its length",
    send: [rawPost(padded(128 * 1_024 + 1))],
    status: 413,
    code: "PAYLOAD_TOO_LARGE",
    closes: true,
  },
  {
    id: "H11 128 KiB exactly is read",
    send: [rawPost(padded(128 * 1_024))],
    status: 200,
    data: { __typename: "Query" },
  },
  {
    id: "H11 chunks without end",
    send: [`${head}Transfer-Encoding: chunked\r\n\r\n`, ...Array<string>(40).fill(`1000\r\n${" ".repeat(4_096)}\r\n`)],
    status: 413,
    code: "PAYLOAD_TOO_LARGE",
    closes: true,
  },
  {
    id: "C3 a note of 1 MB",
    send: [rawPost(noteOf(1_000_000))],
    status: 413,
    code: "PAYLOAD_TOO_LARGE",
    closes: true,
  },
  ...["utf-16", "latin1"].map((charset): Row => ({
    id: `H13 charset=${charset}`,
    send: [rawPost(ping, [`${json}; charset=${charset}`])],
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE",
  })),
  {
    id: "H13 charset=UTF-8 in quotes is taken",
    send: [rawPost(ping, [`${json}; charset="UTF-8"`])],
    status: 200,
    data: { __typename: "Query" },
  },
  {
    id: "H14 a plain body called gzip",
    send: [rawPost(ping, [json, "Content-Encoding: gzip"])],
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE",
  },
  {
    id: "H14 a bomb",
    send: [rawPost(gzipSync(Buffer.alloc(10_000_000)), [json, "Content-Encoding: gzip"])],
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE",
  },
  {
    id: "H15 bytes that are not UTF-8",
    send: [rawPost(Buffer.from([...Buffer.from('{"query":"{__typename}","a":"'), 0xff, 0x22, 0x7d]))],
    status: 400,
    code: "BAD_REQUEST",
  },
  { id: "H16 a byte order mark", send: [rawPost(`\ufeff${ping}`)], status: 200, data: { __typename: "Query" } },
  ...["variables", "extensions"].map((name): Row => ({
    id: `H17 ${name} nested 200,000 deep`,
    send: [rawPost(`{"query":"{__typename}","${name}":{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}}`)],
    status: 400,
    code: "QUERY_TOO_COMPLEX",
    closes: true,
  })),
  {
    id: "H18 names of Object.prototype",
    send: [
      rawPost(
        '{"__proto__":{"a":1},"constructor":1,"query":"{__typename}","variables":{"__proto__":{"b":2},"toString":1}}',
      ),
    ],
    status: 200,
    data: { __typename: "Query" },
  },
  {
    id: "H19 GET where it is off",
    send: [get("/graphql?query=%7B__typename%7D")],
    status: 405,
    code: "METHOD_NOT_ALLOWED",
    headers: { allow: "POST" },
  },
  ...["PUT", "DELETE", "TRACE", "PATCH"].map((method): Row => ({
    id: `H20 ${method}`,
    send: [withMethod(method)],
    status: 405,
    code: "METHOD_NOT_ALLOWED",
    headers: { allow: "POST" },
  })),
  { id: "H20 FOO", send: [withMethod("FOO")], status: 400, closes: true },
  ...["image/png", "text/html"].map((accept): Row => ({
    id: `H21 Accept: ${accept}`,
    send: [rawPost(ping, [json, `Accept: ${accept}`])],
    status: 406,
    code: "NOT_ACCEPTABLE",
  })),
  {
    id: "H22 Expect: 100-continue",
    send: [rawPost(ping, [json, "Expect: 100-continue"])],
    status: 200,
    data: { __typename: "Query" },
  },
  { id: "H22 Expect: bogus", send: [rawPost(ping, [json, "Expect: bogus"])], status: 417, code: "EXPECTATION_FAILED" },
  ...["//graphql/../graphql", "/graphql%00", "/GRAPHQL", "/graphql/", "/graphql/x", "/%67raphql"].map(
    (target): Row => ({
      id: `H25 ${target}`,
      send: [get(target)],
      status: 404,
      code: "NOT_FOUND",
    }),
  ),
  {
    id: "H28 Upgrade: h2c is ignored",
    send: [rawPost(ping, [json, "Connection: Upgrade", "Upgrade: h2c"])],
    status: 200,
    data: { __typename: "Query" },
  },
  {
    id: "J2 two Authorization headers",
    send: [rawPost(ping, [json, "Authorization: Bearer a", "Authorization: Bearer b"])],
    status: 400,
    code: "BAD_REQUEST",
    closes: true,
  },
  {
    id: "J2 two tokens in one header",
    send: [rawPost(ping, [json, "Authorization: Bearer a, Bearer b"])],
    status: 400,
    code: "BAD_REQUEST",
  },
  ...["", "Bearer", "Bearer   ", "Basic x", "undefined", "Bearer null"].map((value): Row => ({
    id: `J1 Authorization: ${JSON.stringify(value)}`,
    send: [
      rawPost('{"query":"{me{id}}"}', [json, "Accept: application/graphql-response+json", `Authorization: ${value}`]),
    ],
    status: 401,
    code: "UNAUTHENTICATED",
  })),
  {
    id: "G12 a subscription",
    send: [rawPost('{"query":"subscription{onUpdateCall{id}}"}')],
    status: 400,
    code: "OPERATION_RESOLUTION_FAILURE",
  },
  ...[
    ["application/json", 200],
    ["application/graphql-response+json", 400],
  ].map(([accept, status]): Row => ({
    id: `G21 a persisted query's hash alone, ${accept}`,
    send: [rawPost('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}', [json, `Accept: ${accept}`])],
    status: status as number,
    code: "PERSISTED_QUERY_NOT_SUPPORTED",
  })),
];

describe("hostile bytes over HTTP", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.close());

  for (const row of rows) {
    it(row.id, async () => {
      const { answers, closed } = await sendRaw(server.url, row.send, row.closes === true ? 99 : 1);
      const [answer] = answers;
      assert.ok(answer, "there is an answer");
      assert.equal(answers.length, 1);
      assert.ok([row.status].flat().includes(answer.status), `${answer.status} ${answer.body}`);
      assertPresentable(answer);
      if (row.code !== undefined) assert.equal(errorCode(answer), row.code, answer.body);
      if (row.data !== undefined) assert.deepEqual(JSON.parse(answer.body), { data: row.data });
      for (const [name, value] of Object.entries(row.headers ?? {})) assert.equal(answer.headers.get(name), value);
      if (row.closes === true) assert.ok(closed, "the connection is closed");
    });
  }

  it("H18 leaves Object.prototype as it was", () => {
    assert.equal(({} as Record<string, unknown>)["b"], undefined);
  });

  it("N7 a variable of 1e400 is refused", async () => {
    const { accessToken } = await server.signIn();
    const body = '{"query":"query($l:Float){paginatedCalls(limit:$l){totalCount}}","variables":{"l":1e400}}';
    const { answers } = await sendRaw(server.url, [rawPost(body, [json, `Authorization: bearer ${accessToken}`])], 1);
    assert.equal(answers[0] && errorCode(answers[0]), "BAD_USER_INPUT");
  });

  it("H26 a thousand requests sent ahead are answered in order", async () => {
    const requests = Array.from({ length: 1_000 }, (_, n) => rawPost(JSON.stringify({ query: `{a${n}:__typename}` })));
    const { answers } = await sendRaw(server.url, [Buffer.concat(requests)], 1_000);
    assert.deepEqual(
      answers.map(({ body }) => body),
      requests.map((_, n) => `{"data":{"a${n}":"Query"}}`),
    );
  });

  it("J27 a token in the query string or a cookie signs nobody in", async () => {
    const { accessToken } = await server.signIn();
    const response = await fetch(
      `${server.url}/graphql?access_token=${accessToken}&authorization=Bearer%20${accessToken}`,
      {
        method: "POST",
        headers: { "content-type": "application/json", cookie: `authorization=Bearer ${accessToken}` },
        body: JSON.stringify({ query: "{me{id}}" }),
      },
    );
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    assert.equal(errors[0]?.message, "Unauthorized");
  });
});

function assertPresentable({ headers, body, status }: RawAnswer): void {
  assert.ok(headers.get("x-request-id"), "every answer has a request id");
  if (status === 204) return;
  assert.match(headers.get("content-type") ?? "", /^application\/(json|graphql-response\+json); charset=utf-8$/);
  assert.doesNotMatch(body, /node_modules|\.ts:|at \S+ \(|SELECT|sqlite/);
}

function errorCode({ body }: RawAnswer): unknown {
  return (JSON.parse(body) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;
}

/** A valid body of exactly so many bytes. */
function padded(bytes: number): string {
  const start = '{"query":"{__typename}","padding":"';
  return `${start}${"x".repeat(bytes - start.length - 2)}"}`;
}

function noteOf(bytes: number): string {
  const query = "mutation ($input: AddNoteInput!) { addNote(input: $input) { id } }";
  return JSON.stringify({ query, variables: { input: { activityId: "1", content: "x".repeat(bytes) } } });
}

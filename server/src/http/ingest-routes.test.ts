import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import fastify from "fastify";
import { DomainError } from "../domain/errors.ts";
import { createIntake } from "../domain/intake.ts";
import type { Source, SourceKind } from "../domain/source.ts";
import { createLog } from "../log.ts";
import { createMemoryStorage } from "../storage/memory-model.ts";
import { type IngestResult, ingestBodyBytesMax, registerIngestRoutes } from "./ingest-routes.ts";
import { createRouter } from "./router.ts";
import { createHttpServer } from "./server.ts";

const storage = createMemoryStorage();
const clock = { now: () => Date.UTC(2026, 0, 5, 9) };
const log = createLog("silent");
const intake = createIntake({ storage, clock });
/** Set to have storage fail as a full or busy database does. */
let failure: DomainError | null = null;

const server = createHttpServer({
  paths: {},
  makeRouter: () =>
    createRouter({ log }, (routes) =>
      registerIngestRoutes(routes, {
        intake: {
          ...intake,
          accept: async (...args) => {
            if (failure !== null) throw failure;
            return intake.accept(...args);
          },
        },
        log,
      }),
    ),
  log,
  newRequestId: () => "a-request",
});
const url = `http://127.0.0.1:${await server.listen("127.0.0.1", 0)}/ingest/calls`;
after(() => server.close());

await addSource("pbx", "generic", "key-of-pbx");
await addSource("other pbx", "generic", "key-of-other");
await addSource("proxy", "kamailio", "key-of-proxy");

const call = {
  direction: "inbound",
  from: "+442079460001",
  to: "+33187650001",
  via: "+33187650001",
  duration: 61_500,
  call_type: "answered",
  created_at: "2026-01-05T08:00:00.000Z",
};

test("a call that is sent once is in the inbox with what was said about it", async () => {
  const { status, body, headers } = await post({ ...call, id: "one", notes: ["newer", "older"] });
  assert.equal(status, 200);
  assert.equal(headers.get("content-type"), "application/json; charset=utf-8");
  assert.ok(headers.get("x-request-id"));
  const [result] = body.results;
  assert.deepEqual(result, { id: "one", verdict: "new", callId: result?.callId, reason: null, line: 1 });
  const stored = await storage.calls.find(1, Number(result.callId));
  assert.deepEqual(stored, {
    id: Number(result.callId),
    direction: "inbound",
    from: "+442079460001",
    to: "+33187650001",
    via: "+33187650001",
    durationMs: 61_500,
    callType: "answered",
    isArchived: false,
    createdAtMs: Date.UTC(2026, 0, 5, 8),
    notes: stored?.notes,
    tags: [],
    assignee: null,
    returned: null,
    revision: 1,
  });
  assert.deepEqual(
    stored.notes.map(({ content }) => content),
    ["newer", "older"],
  );
});

test("I5: an exact replay is answered 200 and has no effect", async () => {
  const first = await post({ ...call, id: "replayed" });
  const before = await storage.changes.head(1);
  const again = await post({ ...call, id: "replayed" });
  assert.deepEqual([again.status, verdicts(again)], [200, ["duplicate"]]);
  assert.equal(again.body.results[0]?.callId, first.body.results[0]?.callId);
  assert.deepEqual(await storage.changes.head(1), before);
});

test("I6: the same event id with another body is answered 200, and the first is kept", async () => {
  await post({ ...call, id: "six", event_id: "e6" });
  const again = await post({ ...call, id: "six", event_id: "e6", duration: 99_999 });
  assert.deepEqual([again.status, verdicts(again)], [200, ["conflicting"]]);
  assert.equal((await callOf(again))?.durationMs, 61_500);
});

test("I7: a thousand copies at once have one effect", async () => {
  const before = await storage.changes.head(1);
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => post({ ...call, id: "seven" })));
  assert.ok(answers.every(({ status }) => status === 200));
  assert.equal(answers.filter((answer) => verdicts(answer)[0] === "new").length, 1);
  assert.equal((await storage.changes.head(1)).revision, before.revision + 1);
});

test("I8: later states that come first end in the same call as in order", async () => {
  const states = [
    {
      id: "eight",
      event_id: "ringing",
      direction: "inbound",
      from: "+33199001122",
      to: "+33187650001",
      call_type: "missed",
    },
    { id: "eight", event_id: "answered", call_type: "answered", created_at: "2026-01-05T08:30:00Z" },
    { id: "eight", event_id: "ended", duration: 5_000, ended_at: "2026-01-05T08:30:05Z" },
  ];
  for (const state of states.toReversed()) assert.equal((await post(state)).status, 200);
  const inOrder = states.map((state) =>
    JSON.stringify({ ...state, id: "eight in order", event_id: `o-${state.event_id}` }),
  );
  const answer = await post(inOrder.join("\n"), { "content-type": "application/x-ndjson" });
  assert.deepEqual(verdicts(answer), ["new", "merged", "merged"]);
  const stored = await storage.calls.find(1, Number(answer.body.results[0]?.callId));
  const outOfOrder = await callOf(await post(states[0]));
  assert.deepEqual({ ...outOfOrder, id: 0, revision: 0 }, { ...stored, id: 0, revision: 0 });
  assert.equal(stored?.callType, "answered");
});

test("I9: in a batch of 100 the malformed line is refused by itself, the rest is stored once, and a retry is harmless", async () => {
  const lines = Array.from({ length: 100 }, (_, index) => JSON.stringify({ ...call, id: `nine-${index + 1}` }));
  lines[56] = '{"id":"nine-57", oops';
  const before = (await storage.calls.page(1, 0, 0)).totalCount;
  const first = await post(lines.join("\n"), { "content-type": "application/x-ndjson" });
  assert.equal(first.status, 200);
  assert.deepEqual(first.body.results[56], {
    verdict: "refused",
    callId: null,
    line: 57,
    id: null,
    reason: "The line is not JSON.",
  });
  assert.equal(verdicts(first).filter((verdict) => verdict === "new").length, 99);
  const again = await post(lines.join("\n"), { "content-type": "application/x-ndjson" });
  assert.deepEqual(new Set(verdicts(again)), new Set(["duplicate", "refused"]));
  assert.equal((await storage.calls.page(1, 0, 0)).totalCount, before + 99);
});

test("I11: unknown fields are let be", async () => {
  assert.deepEqual(verdicts(await post({ ...call, id: "eleven", version: 9, legs: [{ a: 1 }] })), ["new"]);
});

test("I12: a body of 1 MiB is read; one byte more is 413", async () => {
  const text = JSON.stringify({ ...call, id: "twelve", pad: "" });
  const filled = (bytes: number) => text.replace('"pad":""', `"pad":"${"x".repeat(bytes - text.length)}"`);
  assert.equal((await post(filled(ingestBodyBytesMax))).status, 200);
  const answer = await post(filled(ingestBodyBytesMax + 1));
  assert.deepEqual([answer.status, answer.body.errors?.[0]?.extensions.code], [413, "PAYLOAD_TOO_LARGE"]);
});

test("I12: an endless chunked body is answered 413 at the limit, and the connection is closed", async () => {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const head = `POST /ingest/calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key-of-pbx\r\nContent-Type: application/json\r\n`;
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  const chunk = `10000\r\n${" ".repeat(0x1_0000)}\r\n`;
  let answer = "";
  socket.on("data", (data: Buffer) => (answer += data.toString("latin1")));
  // The server may close while the client still sends.
  socket.on("error", () => socket.destroy());
  let sent = 0;
  while (!socket.closed && sent < 1_000 && !answer.includes("\r\n\r\n")) {
    if (!socket.write(chunk))
      await Promise.race([once(socket, "drain"), once(socket, "close"), once(socket, "data")]).catch(() => []);
    sent += 1;
  }
  if (!socket.closed) await once(socket, "close").catch(() => []);
  assert.match(answer, /^HTTP\/1\.1 413 /);
  assert.match(answer, /connection: close/i);
  assert.ok(sent < 1_000);
});

const refusals: readonly [
  name: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
  status: number,
  code: string,
][] = [
  ["I12: JSON nested 200,000 deep", `{"id":${"[".repeat(200_000)}`, {}, 400, "BAD_REQUEST"],
  ["I12: a compressed body", gzipSync("{}"), { "content-encoding": "gzip" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ["I12: text that is not JSON", "id=1", {}, 400, "BAD_REQUEST"],
  ["an empty JSON document", "", {}, 400, "BAD_REQUEST"],
  ["bytes that are not UTF-8", Uint8Array.of(0x22, 0xc3, 0x28, 0x22), {}, 400, "BAD_REQUEST"],
  ["a call without id", JSON.stringify(call), {}, 400, "BAD_USER_INPUT"],
  ["a text instead of a call", '"x"', {}, 400, "BAD_USER_INPUT"],
  ["another charset", "{}", { "content-type": "application/json; charset=utf-16" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ["a form", "id=1", { "content-type": "application/x-www-form-urlencoded" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
  [
    "an array of 1,001",
    JSON.stringify(Array.from({ length: 1_001 }, (_, id) => ({ id }))),
    {},
    413,
    "PAYLOAD_TOO_LARGE",
  ],
  ["10,001 lines", '{"id":1}\n'.repeat(10_001), { "content-type": "application/x-ndjson" }, 413, "PAYLOAD_TOO_LARGE"],
  ["a blank Idempotency-Key", '{"id":1}', { "idempotency-key": "x".repeat(201) }, 400, "BAD_REQUEST"],
  ["I1: no key", '{"id":"never"}', { authorization: "" }, 401, "UNAUTHENTICATED"],
  ["I1: an unknown key", '{"id":"never"}', { authorization: "Bearer key-of-pby" }, 401, "UNAUTHENTICATED"],
  ["I1: a key cut short", '{"id":"never"}', { authorization: "Bearer key-of-pb" }, 401, "UNAUTHENTICATED"],
  ["I1: another scheme", '{"id":"never"}', { authorization: "Basic key-of-pbx" }, 401, "UNAUTHENTICATED"],
];

for (const [name, body, headers, status, code] of refusals) {
  test(`${name} is answered ${status} ${code}, and nothing is stored`, async () => {
    const before = await storage.changes.head(1);
    const answer = await post(body, headers);
    assert.deepEqual([answer.status, answer.body.errors?.[0]?.extensions.code], [status, code]);
    assert.match(answer.body.errors?.[0]?.message ?? "", /./);
    assert.deepEqual(await storage.changes.head(1), before);
  });
}

test("two Authorization headers are answered 400", async () => {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const key = "Authorization: Bearer key-of-pbx\r\n";
  socket.end(
    `POST /ingest/calls HTTP/1.1\r\nHost: x\r\n${key}${key}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
  );
  const [data] = (await once(socket, "data")) as [Buffer];
  assert.match(data.toString("latin1"), /^HTTP\/1\.1 400 /);
  socket.destroy();
});

test("I13: a cosmetic field that cannot be read never refuses the call, and the result says what was left out", async () => {
  const { status, body } = await post({
    id: "thirteen",
    from: "anonymous",
    to: "+",
    duration: -1,
    created_at: "9999-13-01",
    direction: "?",
  });
  assert.equal(status, 200);
  assert.equal(body.results[0]?.verdict, "new");
  for (const field of ["duration", "created_at", "direction"])
    assert.match(body.results[0].reason ?? "", new RegExp(field));
  const stored = await storage.calls.find(1, Number(body.results[0].callId));
  assert.deepEqual(
    [stored?.from, stored?.to, stored?.durationMs, stored?.createdAtMs],
    ["anonymous", "+", 0, clock.now()],
  );
});

for (const code of ["UNAVAILABLE", "STORAGE_FULL", "OVERLOADED"] as const) {
  test(`I14: ${code} is answered 503 with Retry-After, nothing is stored, and the same request works later`, async () => {
    failure = new DomainError(code, "Not now.", code === "OVERLOADED" ? { retryAfterMs: 1_500 } : {});
    const refused = await post({ ...call, id: `fourteen ${code}` });
    failure = null;
    assert.deepEqual([refused.status, refused.body.errors?.[0]?.extensions.code], [503, code]);
    assert.equal(refused.headers.get("retry-after"), code === "OVERLOADED" ? "2" : "5");
    assert.deepEqual(verdicts(await post({ ...call, id: `fourteen ${code}` })), ["new"]);
  });
}

for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
  test(`I15: ${method} is answered 405 with Allow`, async () => {
    const answer = await fetch(url, { method, redirect: "error" });
    assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "POST"]);
    await answer.arrayBuffer();
  });
}

test("I17: addresses in a call are never fetched", async () => {
  let visits = 0;
  const trap = fastify();
  trap.all("/*", async () => (visits += 1));
  const address = await trap.listen({ host: "127.0.0.1", port: 0 });
  await post({
    ...call,
    id: "seventeen",
    recording_url: `${address}/r.wav`,
    from: `${address}/from`,
    notes: [`${address}/note`],
  });
  await trap.close();
  assert.equal(visits, 0);
});

test("a fault of the server is answered 500 and says nothing of its cause", async () => {
  failure = new TypeError("secret detail") as unknown as DomainError;
  const { status, body } = await post({ ...call, id: "fault" });
  failure = null;
  assert.equal(status, 500);
  assert.doesNotMatch(JSON.stringify(body), /secret/);
  assert.equal(body.errors?.[0]?.extensions.code, "INTERNAL_SERVER_ERROR");
});

test("an array has one result a call, in order; an empty one and an empty batch have none", async () => {
  const answer = await post([{ ...call, id: "a1" }, { from: "no id" }, { ...call, id: "a2" }]);
  assert.deepEqual(
    answer.body.results.map(({ id, verdict, line }) => [id, verdict, line]),
    [
      ["a1", "new", 1],
      [null, "refused", 2],
      ["a2", "new", 3],
    ],
  );
  for (const empty of [await post("[]"), await post("\n \n", { "content-type": "application/x-ndjson" })]) {
    assert.deepEqual([empty.status, empty.body.results], [200, []]);
  }
});

test("the Idempotency-Key is the delivery key of a call that is sent alone", async () => {
  const headers = { "idempotency-key": "k-1" };
  assert.deepEqual(verdicts(await post({ ...call, id: "ik" }, headers)), ["new"]);
  assert.deepEqual(verdicts(await post({ ...call, id: "ik" }, headers)), ["duplicate"]);
  assert.deepEqual(verdicts(await post({ ...call, id: "ik", duration: 1 }, headers)), ["conflicting"]);
});

test("two sources with the same id have two calls", async () => {
  assert.deepEqual(verdicts(await post({ ...call, id: "shared" })), ["new"]);
  assert.deepEqual(verdicts(await post({ ...call, id: "shared" }, { authorization: "bearer key-of-other" })), ["new"]);
});

test("the kind of the source decides how the body is read", async () => {
  const cdr = {
    start_time: "1767600002.500",
    end_time: "1767600010.250",
    duration: "7.75",
    call_id: "sip-1",
    call_type: "answered",
    started: "1767600000.125000",
  };
  const answer = await post(cdr, { authorization: "Bearer key-of-proxy" });
  assert.deepEqual(verdicts(answer), ["new"]);
  const stored = await callOf(answer);
  assert.deepEqual([stored?.createdAtMs, stored?.durationMs], [1_767_600_000_125, 10_125]);
});

test("a byte order mark and a charset of UTF-8 are fine", async () => {
  const headers = { "content-type": "application/json; charset=UTF-8" };
  assert.equal((await post(`\ufeff${JSON.stringify({ ...call, id: "bom" })}`, headers)).status, 200);
});

type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly results: readonly IngestResult[];
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
};

async function post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization: "Bearer key-of-pbx", "content-type": "application/json", ...headers },
    body: typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer["body"] };
}

function verdicts({ body }: Answer): readonly string[] {
  return body.results.map(({ verdict }) => verdict);
}

async function callOf({ body }: Answer) {
  return storage.calls.find(1, Number(body.results[0]?.callId));
}

async function addSource(name: string, kind: SourceKind, key: string): Promise<void> {
  const source: Source = { id: name, workspaceId: 1, name, kind, createdAtMs: clock.now() };
  await storage.sources.add(source, hash("sha256", key));
}

import assert from "node:assert/strict";
import type { lookup } from "node:dns";
import { after, before, beforeEach, describe, it } from "node:test";
import { startReceiver, status, type Receiver } from "../../../test/support/receiver.ts";
import { responseLengthMax } from "../domain/webhook.ts";
import { createReach } from "./networks.ts";
import { createPost } from "./post.ts";

/** Answers every name with these addresses. */
const resolving = (...addresses: readonly string[]) =>
  ((_name: string, _options: object, callback: (error: null, found: readonly object[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    )) as unknown as typeof lookup;

describe("a request to a receiver", () => {
  const reach = createReach(["127.0.0.1"]);
  const post = createPost(reach);
  const { signal } = new AbortController();
  let receiver: Receiver;

  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());
  beforeEach(() => receiver.answer(status(204)));

  const send = (to = post, url = receiver.url) => to(url, { "webhook-id": "msg_1" }, '{"é":1}', signal);

  it("carries the headers and the body, and tells how the answer begins", async () => {
    receiver.answer(status(201, "taken"));
    assert.deepEqual(await send(), { statusCode: 201, problem: null, response: "taken", retryAfter: null });
    const last = receiver.received.at(-1);
    assert.deepEqual([last?.id, last?.body], ["msg_1", '{"é":1}']);
  });

  it("that is answered by another status has failed, and follows no redirect", async () => {
    receiver.answer(status(503, "later", { "retry-after": "7" }));
    const busy = await send();
    assert.deepEqual(
      [busy.statusCode, busy.problem?.code, busy.response, busy.retryAfter],
      [503, "status", "later", "7"],
    );
    const count = receiver.received.length;
    receiver.answer(status(302, "", { location: receiver.url }));
    const redirected = await send();
    assert.deepEqual([redirected.statusCode, redirected.problem?.code], [302, "redirect"]);
    assert.equal(receiver.received.length, count + 1);
  });

  it("reads no more of an answer than is kept, and needs no end of it", async () => {
    receiver.answer((response) => {
      response.writeHead(200);
      response.write("\u0000🙂".repeat(40_000));
    });
    const { statusCode, response } = await send();
    assert.equal(statusCode, 200);
    assert.equal(response?.length, responseLengthMax);
    assert.ok(response?.isWellFormed());
    assert.ok(!response?.includes("\u0000"));
  });

  it("fails with what happened where nobody answers", async () => {
    receiver.answer((response) => void response.destroy());
    assert.equal((await send()).problem?.code, "connection");
    receiver.answer(() => {});
    assert.equal((await send(createPost(reach, { timeoutMs: 50 }))).problem?.code, "timeout");
    const closed = await startReceiver();
    await closed.close();
    assert.equal((await send(post, closed.url)).problem?.code, "connection");
    assert.equal((await send(post, receiver.url.replace("http:", "https:"))).problem?.code, "tls");
    assert.equal((await send(post, "http://nobody.invalid/")).problem?.code, "name");
  });

  it("ends at once when it is to", async () => {
    const stopping = new AbortController();
    receiver.answer(() => stopping.abort());
    assert.equal((await post(receiver.url, {}, "", stopping.signal)).statusCode, null);
  });

  it("connects to no address that is not allowed, whatever name leads there", async () => {
    const url = receiver.url.replace("127.0.0.1", "hooks.example.com");
    const count = receiver.received.length;
    const guarded = (...addresses: readonly string[]) =>
      createPost(createReach([]), { resolve: resolving(...addresses) });
    for (const address of ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"]) {
      const { problem } = await send(guarded(address), url);
      assert.equal(problem?.code, "address");
      assert.match(problem.text, /RINGBACK_WEBHOOK_NETWORKS/);
    }
    for (const literal of ["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost", "2130706433", "0x7f.1"]) {
      const { problem } = await send(createPost(createReach([])), receiver.url.replace("127.0.0.1", literal));
      assert.equal(problem?.code, "address", literal);
    }
    assert.equal(receiver.received.length, count);
    // Of several addresses of a name only those that are allowed are tried.
    const some = createPost(reach, { resolve: resolving("10.0.0.1", "127.0.0.1") });
    assert.equal((await send(some, url)).statusCode, 204);
  });
});

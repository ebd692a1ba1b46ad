import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { liveDocument } from "../targets/dialect.ts";
import { rawHttp, rawWs } from "../targets/limits.ts";
import { type Load, startLoad } from "./load.ts";

let load: Load;
before(() => (load = startLoad()));
after(() => load.stop());

test("a closed and an open loop count every answer, and their bytes", async () => {
  const body = { me: "x".repeat(500) };
  const running = await rawHttp(() => body).start(0);
  const shapes = [{ query: "query Q($id: ID!) { call(id: $id) { id } }", variables: { id: { spread: 9, plus: 1 } } }];
  const report = await load.http({
    url: running.url,
    token: "none",
    runMs: 200,
    seed: 0,
    closed: { connections: 3, shapes },
    paced: { perSecond: 100, shapes },
  });
  await running.stop();
  for (const tally of [report.closed, report.paced]) {
    assert.ok(tally !== null && tally.answers > 0);
    assert.equal(tally.failures, 0);
    assert.equal(tally.bytesPerAnswer, JSON.stringify({ data: body }).length);
    assert.ok(tally.p50Ms <= tally.p99Ms);
  }
});

test("a volley is over when every subscriber has every change", async () => {
  const running = await rawWs.start(0);
  const [subprotocol = ""] = rawWs.subprotocols;
  const job = { url: running.socketUrl, subprotocol, tokens: ["none"], documents: [liveDocument], count: 20 };
  await load.openSubscribers(job);
  const { note } = rawWs.dialect;
  const report = await load.fire({ url: running.url, token: "none", note, callIds: ["1", "2", "3"] });
  await load.closeSubscribers();
  await running.stop();
  assert.equal(report.deliveries, 60);
  assert.equal(report.answeredMs.length, 3);
});

test("a server that ends during a run shows as failures", async () => {
  const running = await rawHttp(() => ({})).start(0);
  const closed = { connections: 2, shapes: [{ query: "{ me { id } }", variables: {} }] };
  const run = load.http({ url: running.url, token: "none", runMs: 400, seed: 0, closed });
  await running.stop();
  const failed = await run.then(
    (report) => report.closed.failures > 0,
    (error: Error) => /ECONN/.test(error.message),
  );
  assert.ok(failed);
});

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { connect, errors } from "@nats-io/transport-node";
import { startNats, whyNoNats } from "../../../test/support/nats.ts";
import { createRecordingLog } from "../../../test/support/recording-log.ts";
import { describeBrokerContract } from "./doorbell.contract.ts";
import { describeBrokerWhispersContract } from "./whispers.contract.ts";
import { parseDoorbellAddress } from "./doorbell-address.ts";
import { type NatsAddress, openNatsDoorbell } from "./nats-doorbell.ts";

const missing = whyNoNats();
if (missing !== null) {
  test("the doorbell over NATS", { skip: process.env["CI"] === "true" ? false : missing }, () => assert.fail(missing));
} else {
  describeBrokerContract("over NATS", async (t) => {
    const nats = await startNats();
    t.after(() => nats.stop());
    return {
      open: () => opened(t, nats.url),
      broker: nats,
      async overhear(workspaceId) {
        const client = await connect({ servers: nats.url, reconnect: false });
        let count = 0;
        client.subscribe(`ringback.doorbell.${workspaceId}`, { callback: () => void (count += 1) });
        await client.flush();
        return { count: () => count, close: () => client.close() };
      },
    };
  });

  describeBrokerWhispersContract("over NATS", async (t) => {
    const nats = await startNats();
    t.after(() => nats.stop());
    return { open: () => opened(t, nats.url), broker: nats };
  });

  test("a node over NATS is told of the workspaces that it listens for, and of no other", async (t) => {
    const nats = await startNats();
    t.after(() => nats.stop());
    const client = await connect({ servers: nats.url, reconnect: false });
    t.after(() => client.close());
    const doorbell = await opened(t, nats.url);
    const heard = Promise.withResolvers<void>();
    const unlisten = doorbell.listen(7, (revision) => {
      if (revision === 1) heard.resolve();
    });
    doorbell.listen(8, () => {});
    // A request that nobody is subscribed to is refused by the broker itself.
    const isFollowed = (workspaceId: number) =>
      client.request(`ringback.doorbell.${workspaceId}`, "1", { timeout: 100 }).then(
        () => true,
        (error: unknown) => !(error instanceof errors.RequestError && error.isNoResponders()),
      );
    while (!(await isFollowed(8))) await turn();
    assert.deepEqual([await isFollowed(7), await isFollowed(9)], [true, false]);
    client.publish("ringback.doorbell.7", "nonsense");
    client.publish("ringback.doorbell.7", "1");
    await heard.promise;
    unlisten();
    while (await isFollowed(7)) await turn();
    assert.equal(await isFollowed(8), true);
  });

  test("a name with a password, or a token, is used and never logged; a wrong one is refused at once", async (t) => {
    for (const [args, right, wrong] of [
      [["--user", "ann", "--pass", "s3cret@:/"], "ann:s3cret%40%3A%2F", "ann:s3creT"],
      [["--auth", "s3cret-token"], "s3cret-token", "s3creT-token"],
    ] as const) {
      const nats = await startNats(args);
      t.after(() => nats.stop());
      const log = createRecordingLog();
      const one = await opened(t, `nats://${right}@${nats.host}:${nats.port}`, log);
      await nats.kill();
      const two = await opened(t, `nats://${right}@${nats.host}:${nats.port}`, log);
      const heard = Promise.withResolvers<void>();
      two.listen(1, (revision) => {
        if (revision === 5) heard.resolve();
      });
      one.ring(1, 5);
      await nats.start();
      const again = setInterval(() => one.ring(1, 5), 20);
      await heard.promise;
      clearInterval(again);
      const refused = await openNatsDoorbell(address(`nats://${wrong}@${nats.host}:${nats.port}`), log).catch(
        (error: unknown) => error,
      );
      assert.ok(refused instanceof Error && "code" in refused);
      assert.equal(refused.code, "BAD_CONFIGURATION");
      assert.match(
        refused.message,
        /^The NATS server at nats:\/\/127\.0\.0\.1:\d+\/ringback refuses the name and password/,
      );
      assert.ok(log.lines.some(({ level }) => level === "warn") && log.lines.some(({ level }) => level === "info"));
      assert.doesNotMatch(JSON.stringify([log.lines, refused.message, String(refused.cause)]), /s3cre/i);
    }
  });

  test("installations with different prefixes share a broker without ringing each other", async (t) => {
    const nats = await startNats();
    t.after(() => nats.stop());
    const [one, other, same] = [
      await opened(t, `${nats.url}/one`),
      await opened(t, `${nats.url}/other`),
      await opened(t, `${nats.url}/one`),
    ];
    const heard: number[] = [];
    const through = Promise.withResolvers<void>();
    one.listen(1, (revision) => {
      heard.push(revision);
      if (revision === 2) through.resolve();
    });
    const again = setInterval(() => {
      other.ring(1, 1);
      same.ring(1, 2);
    }, 5);
    await through.promise;
    clearInterval(again);
    assert.ok(!heard.includes(1));
  });
}

function address(text: string): NatsAddress {
  const parsed = parseDoorbellAddress(text);
  assert.ok(parsed?.kind === "nats");
  return parsed;
}

async function opened(t: TestContext, url: string, log = createRecordingLog()) {
  const doorbell = await openNatsDoorbell(address(url), log, { backOffMaxMs: 200 });
  t.after(() => doorbell.close());
  return doorbell;
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

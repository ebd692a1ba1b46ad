import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { connect } from "@nats-io/transport-node";
import { startNats, whyNoNats } from "../support/nats.ts";
import { addressOf, run, start, temporaryFolder } from "./ringback.ts";

const serve = ["serve", "--port", "0"];
const missing = whyNoNats();

describe("ringback serve --doorbell", () => {
  it("is refused with an address that is none, in a sentence that does not repeat it", async (t) => {
    const env = { RINGBACK_DATA: temporaryFolder(t), RINGBACK_DOORBELL: "http://ann:s3cret@localhost:4222" };
    const { status, stderr, stdout } = await run(t, serve, { env });
    assert.equal(status, 78);
    assert.match(stderr, /RINGBACK_DOORBELL: must be nats:\/\/host:4222/);
    assert.doesNotMatch(stdout + stderr, /s3cret/);
  });

  const skip = missing !== null && process.env["CI"] !== "true" ? missing : false;
  test("with NATS rings after a commit, and is refused by it with the wrong password", { skip }, async (t) => {
    const nats = await startNats(["--user", "ann", "--pass", "s3cret"]);
    t.after(() => nats.stop());
    const env = {
      RINGBACK_DATA: temporaryFolder(t),
      RINGBACK_DOORBELL: `nats://ann:s3cret@${nats.host}:${nats.port}`,
    };
    const added = await run(t, ["source", "add", "Front desk"], { env });
    const [, key = ""] = /^ {2}(rbk_\S{43})$/m.exec(added.stdout) ?? [];
    const server = start(t, serve, { env });
    const url = await addressOf(server);
    const client = await connect({ servers: nats.url, user: "ann", pass: "s3cret", reconnect: false });
    const rung = Promise.withResolvers<string>();
    client.subscribe("ringback.doorbell.1", { callback: (_, message) => rung.resolve(message.string()) });
    await client.flush();
    const accepted = await fetch(`${url}/ingest/calls`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ id: "1", direction: "inbound", from: "+12025550123", to: "+442079460123" }),
    });
    assert.ok(accepted.ok, await accepted.text());
    assert.equal(await rung.promise, "1");
    await client.close();

    server.child.kill("SIGTERM");
    assert.equal((await server.ended).status, 0);
    const wrong = { ...env, RINGBACK_DOORBELL: `nats://ann:s3creT@${nats.host}:${nats.port}` };
    const refused = await run(t, serve, { env: wrong });
    assert.equal(refused.status, 78);
    assert.match(refused.stderr, /refuses the name and password/);
    assert.doesNotMatch(refused.stderr + server.complained(), /s3cre/i);
  });
});

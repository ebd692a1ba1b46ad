import assert from "node:assert/strict";
import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { addressOf, graphql, run, start, temporaryFolder } from "./ringback.ts";
import { smallDisk } from "./small-disk.ts";

const serve = ["serve", "--port", "0", "--log", "silent"];

describe("ringback serve", () => {
  it("says where it listens, on the first run how the first account is made, and answers there", async (t) => {
    const data = join(temporaryFolder(t), "data");
    const env = { RINGBACK_DATA: data };
    const server = start(t, serve, { env });
    const url = await addressOf(server);
    assert.match(server.printed(), new RegExp(`GraphQL +${url}/graphql\n`));
    assert.match(server.printed(), new RegExp(`WebSocket +${url.replace("http", "ws")}/websocket\n`));
    const [link = ""] = /http:\S+\/setup\S+/.exec(server.printed()) ?? [];
    assert.equal((await fetch(link)).status, 200);
    assert.deepEqual((await graphql(url, "{ __typename }")).data, { __typename: "Query" });
    assert.equal(statSync(data).mode & 0o077, 0, "the folder is this user's alone");

    server.child.kill("SIGTERM");
    assert.equal((await server.ended).status, 0);
    assert.equal((await run(t, ["user", "add", "ada", "--generate"], { env })).status, 0);
    const next = start(t, serve, { env });
    await addressOf(next);
    assert.doesNotMatch(next.printed(), /setup/, "there is an account, so no link");
    next.child.kill("SIGINT");
    assert.deepEqual((await next.ended).status, 0);
  });

  it("finishes what runs at the first signal, and ends at once at the second", async (t) => {
    const server = start(t, serve, { env: { RINGBACK_DATA: temporaryFolder(t) } });
    const { port } = new URL(await addressOf(server));
    // A request that is not all there yet keeps the server from being done.
    const socket = connect(Number(port), "127.0.0.1");
    t.after(() => socket.destroy());
    socket.on("error", () => {});
    socket.write(
      "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 90\r\nexpect: 100-continue\r\n\r\n",
    );
    // It is being worked on once the server has asked for its body.
    await new Promise((resolve) => socket.once("data", resolve));
    server.child.kill("SIGTERM");
    await server.until(/Stopping/);
    assert.equal(server.child.exitCode, null);
    server.child.kill("SIGTERM");
    assert.equal((await server.ended).status, 143);
  });

  it("refuses a data folder that another one serves, naming it, but not one that a killed one left", async (t) => {
    const env = { RINGBACK_DATA: temporaryFolder(t) };
    const first = start(t, serve, { env });
    await addressOf(first);
    for (const args of [serve, ["demo", "--port", "0"]]) {
      const { status, stderr } = await run(t, args, { env });
      assert.equal(status, 75);
      assert.match(stderr, new RegExp(`^ringback: Another Ringback serves .*process ${first.child.pid}.*\n$`));
    }
    first.child.kill("SIGKILL");
    await first.ended;
    await addressOf(start(t, serve, { env }));
  });

  it("refuses a taken port with a sentence", async (t) => {
    const other = createServer().listen(0, "127.0.0.1");
    t.after(() => other.close());
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const env = { RINGBACK_DATA: temporaryFolder(t) };
    const { status, stderr } = await run(t, ["serve", "--port", String(port), "--log", "silent"], { env });
    assert.equal(status, 69);
    assert.match(stderr, new RegExp(`^ringback: [^\n]*${port}[^\n]*\n$`));
  });

  it("refuses a folder that cannot be written with a sentence, whether it is to be made or there", async (t) => {
    const disk = smallDisk(t, 4);
    const folder = disk?.folder ?? temporaryFolder(t);
    // Where no disk can be mounted, this user is not root, and permissions hold.
    if (disk === null) chmodSync(folder, 0o500);
    else disk.makeReadOnly();
    t.after(() => disk ?? chmodSync(folder, 0o700));
    for (const data of [folder, join(folder, "below")]) {
      const { status, stderr } = await run(t, serve, { env: { RINGBACK_DATA: data } });
      assert.equal(status, 73);
      assert.match(stderr, /^ringback: The data folder [^\n]+\n$/i);
    }
  });

  it("refuses a file that is damaged, no database, or from a newer version, with a sentence", async (t) => {
    for (const [spoil, expected, message] of [
      [(file: string) => writeFileSync(file, "this is not a database".repeat(1_000)), 74, /damaged/],
      [newer, 78, /newer/],
    ] as const) {
      const data = temporaryFolder(t);
      const env = { RINGBACK_DATA: data };
      assert.equal((await run(t, ["user", "add", "ada", "--generate"], { env })).status, 0);
      spoil(join(data, "ringback.sqlite"));
      for (const args of [serve, ["check"]]) {
        const { status, stderr } = await run(t, args, { env });
        assert.equal(status, expected);
        assert.match(stderr, message);
        assert.match(stderr, /^ringback: [^\n]+\n$/);
      }
    }
  });

  it("refuses to start on a full disk with a sentence, and an import that fills it says how far it got", async (t) => {
    const disk = smallDisk(t, 8);
    if (disk === null) {
      assert.notEqual(process.env["CI"], "true", "this must not be skipped there");
      return t.skip("mounting a small disk takes root");
    }
    const env = { RINGBACK_DATA: join(disk.folder, "data") };
    const header = "id,direction,from,to,via,duration,call_type,created_at";
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i},inbound,+1,+2,+2,5,missed,2026-07-04T14:31:42.731Z`);
    const filled = await run(t, ["import", "-"], { env, input: [header, ...lines].join("\n") });
    assert.equal(filled.status, 74);
    assert.match(
      filled.stderr,
      /^Up to line [\d,]+ all is in\. Running it again is safe\.\nringback: The disk is full[^\n]*\n$/m,
    );

    disk.fill();
    mkdirSync(join(disk.folder, "empty"));
    const { status, stderr } = await run(t, serve, { env: { RINGBACK_DATA: join(disk.folder, "empty") } });
    assert.equal(status, 74);
    assert.match(stderr, /^ringback: The disk is full[^\n]*\n$/);
  });
});

function newer(file: string): void {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA user_version = 9999");
  db.close();
}

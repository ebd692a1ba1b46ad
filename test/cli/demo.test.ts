import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createClient } from "graphql-ws";
import { addressOf, graphql, run, signIn, start, temporaryFolder } from "./ringback.ts";

const demo = ["demo", "--port", "0"];

describe("ringback demo", () => {
  it("has thousands of calls, lets any name and password in, shows colleagues at work, and leaves nothing behind", async (t) => {
    const temporary = temporaryFolder(t);
    const server = start(t, demo, { env: { TMPDIR: temporary } });
    const url = await addressOf(server);
    assert.equal(readdirSync(temporary).length, 1);

    const token = (await signIn(url, "whoever", "whatever")) ?? assert.fail();
    const query = "{ me { username } paginatedCalls(limit: 1) { totalCount hasNextPage } __schema { types { name } } }";
    const { data } = await graphql(url, query, token);
    assert.equal(data.me.username, "whoever");
    assert.ok(data.paginatedCalls.totalCount >= 5_000);
    assert.ok((await graphql(url, "{ __schema { queryType { name } } }")).data !== undefined, "the schema is open");

    const preflight = await fetch(`${url}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:5173",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    assert.equal(preflight.headers.get("access-control-allow-origin"), "http://localhost:5173");

    const socket = createClient({
      url: `${url.replace("http", "ws")}/websocket`,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    const kinds = new Set<string>();
    const changes = socket.iterate<{ changes: { kind: string } }>({ query: "subscription { changes { kind } }" });
    for await (const { data: change } of changes) {
      kinds.add(change?.changes.kind ?? assert.fail());
      if (kinds.size === 2) break;
    }
    await socket.dispose();
    for (const kind of kinds) assert.match(kind, /^(CALL_LOGGED|NOTE_ADDED|CALL_ARCHIVED)$/);

    server.child.kill("SIGINT");
    assert.equal((await server.ended).status, 0);
    assert.deepEqual(readdirSync(temporary), []);
    assert.equal(server.complained(), "");
  });

  it("keeps a folder that is named, and goes on with it the next time", async (t) => {
    const env = { RINGBACK_DATA: join(temporaryFolder(t), "kept") };
    for (const round of ["first", "second"]) {
      const server = start(t, demo, { env });
      await addressOf(server);
      const [, count = ""] = /with ([\d,]+) sample calls/.exec(server.printed()) ?? [];
      assert.ok(Number(count.replace(",", "")) >= 5_000 && Number(count.replace(",", "")) < 7_000, round);
      server.child.kill("SIGTERM");
      assert.equal((await server.ended).status, 0);
    }
    assert.ok(existsSync(join(env.RINGBACK_DATA, "ringback.sqlite")));
    assert.match((await run(t, ["user", "list"], { env })).stdout, /^Priya +member +active/m);
  });

  it("refuses to listen beyond this machine, and to open a folder with real calls or people to everybody", async (t) => {
    for (const host of ["0.0.0.0", "::", "192.0.2.7", "example.com"]) {
      const { status, stderr } = await run(t, [...demo, "--host", host]);
      assert.equal(status, 78);
      assert.match(stderr, /^ringback: The demo lets everybody in, so it only listens on this machine/);
    }
    const env = { RINGBACK_DATA: temporaryFolder(t) };
    assert.equal((await run(t, ["user", "add", "ada", "--generate"], { env })).status, 0);
    const { status, stderr } = await run(t, demo, { env });
    assert.equal(status, 65);
    assert.match(stderr, /has calls or people of its own/);
  });
});

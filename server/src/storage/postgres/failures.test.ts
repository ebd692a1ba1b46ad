import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdtempSync, rmdirSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import postgres from "postgres";
import { breakingProxy } from "../../../../test/support/breaking-proxy.ts";
import { type OwnPostgres, startPostgres } from "../../../../test/support/postgres.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Storage } from "../../domain/storage.ts";
import { assertFails, logCall, user, writing } from "../contract-samples.ts";
import { openPostgresStorage } from "./open.ts";

const clock = { now: () => 0 };
const limits = { connections: 3, statementMs: 5_000, lockMs: 5_000 };

describe("PostgreSQL that fails", () => {
  let server: OwnPostgres;

  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());

  it("nothing acknowledged is lost over kills and restarts, nothing is done twice, and it goes on by itself", () =>
    withDatabase(async (storage) => {
      const call = await logCall(storage);
      const acknowledged: string[] = [];
      const codes = new Set<string>();
      for (const [round, end] of [
        () => server.kill(),
        () => server.end("immediate"),
        () => server.end("fast"),
      ].entries()) {
        const stop = new AbortController();
        const writers = Array.from({ length: 8 }, async (_, writer) => {
          for (let at = 0; !stop.signal.aborted; at += 1) {
            const content = `${round} ${writer} ${at}`;
            const idempotency = { key: content, part: "addNote", fingerprint: content };
            await storage.calls.addNote(writing({ idempotency }), call.id, content).then(
              () => acknowledged.push(content),
              (error: unknown) => {
                if (!(error instanceof DomainError)) throw error;
                codes.add(error.code);
              },
            );
          }
        });
        const target = acknowledged.length + 40;
        while (acknowledged.length < target) await storage.changes.head(1);
        await end();
        await server.start();
        // Writing again is the sign that all has come back.
        const back = acknowledged.length + 40;
        while (acknowledged.length < back) await Promise.resolve(storage.changes.head(1)).catch(() => undefined);
        stop.abort();
        await Promise.all(writers);
      }
      const notes = (await storage.calls.find(1, call.id))?.notes.map(({ content }) => content) ?? [];
      assert.equal(new Set(notes).size, notes.length, "no note is there twice");
      const present = new Set(notes);
      assert.deepEqual(
        acknowledged.filter((content) => !present.has(content)),
        [],
      );
      for (const code of codes) assert.match(code, /^(UNAVAILABLE|OUTCOME_UNKNOWN)$/);
      assert.deepEqual((await storage.check()).problems, []);
    }));

  it("while the server is away reads and writes say so", () =>
    withDatabase(async (storage) => {
      await storage.users.add(user("anna"), "hash");
      await server.end("fast");
      try {
        await assertFails("UNAVAILABLE", () => storage.users.count());
        await assertFails("UNAVAILABLE", () => storage.users.rehash("anna", "other"));
      } finally {
        await server.start();
      }
      assert.equal((await storage.users.byName("anna"))?.passwordHash, "hash");
    }));

  it("a write that another transaction keeps waiting too long fails, and its neighbours of other workspaces do not", () =>
    withDatabase(async (storage, url) => {
      const second = await storage.workspaces.add("two", 0);
      const sql = postgres(url, { max: 1, onnotice: () => {} });
      await sql.unsafe("BEGIN; SELECT revision FROM workspaces WHERE workspace_id = 1 FOR UPDATE");
      const blocked = assertFails("UNAVAILABLE", () =>
        storage.views.save({
          id: "v",
          workspaceId: 1,
          ownerId: "anna",
          name: "v",
          query: "",
          isShared: false,
          savedAtMs: 0,
        }),
      );
      await storage.settings.setWorkspace(second.id, { name: "2", timeZone: "UTC", callsKeptDays: null });
      await blocked;
      await sql.unsafe("ROLLBACK");
      await sql.end();
    }));

  it("connections that fall silent are given up, and what they were asked is asked again", async () => {
    const { url } = await server.createDatabase();
    const storage = await openPostgresStorage({
      url,
      clock,
      limits: { connections: 2, silentMs: 1_000 },
    });
    const sql = postgres(server.url, { max: 1 });
    const frozen: number[] = [];
    try {
      await storage.users.add(user("anna"), "hash");
      const filter = { kind: "duration", minMs: 0, maxMs: 1 } as const;
      await Promise.all([storage.users.count(), storage.calls.page(1, 0, 1), storage.calls.count(1, filter)]);
      // As a machine that is cut off from the network does: nothing is closed and nothing is answered.
      const rows = await sql<
        { pid: number }[]
      >`SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'ringback %'`;
      assert.ok(rows.length >= 2);
      for (const { pid } of rows) {
        process.kill(pid, "SIGSTOP");
        frozen.push(pid);
      }
      const [count, calls] = await Promise.all([
        storage.users.count(),
        storage.calls.count(1, filter),
        storage.users.rehash("anna", "other"),
      ]);
      assert.deepEqual([count, calls.count], [1, 0]);
      assert.equal((await storage.users.byName("anna"))?.passwordHash, "other");
    } finally {
      for (const pid of frozen) process.kill(pid, "SIGCONT");
      await sql.end();
      await storage.close();
    }
  });

  it("a commit whose answer is lost with the server is of unknown outcome, and done once when it is asked again", async () => {
    const { url } = await server.createDatabase();
    const way = await breakingProxy(server.port);
    const through = new URL(url);
    through.port = String(way.port);
    const storage = await openPostgresStorage({ url: through.href, clock, limits: { ...limits, askingMs: 300 } });
    try {
      const { id } = await logCall(storage);
      for (const isCommitted of [true, false]) {
        const idempotency = { key: `${isCommitted}`, part: "addNote", fingerprint: "f" };
        const add = () => storage.calls.addNote(writing({ idempotency }), id, `${isCommitted}`);
        // The commit arrives or does not; either way its answer is lost, and nobody can be asked.
        way.failAtCommit(isCommitted);
        await assertFails("OUTCOME_UNKNOWN", add);
        way.mend();
        const call = await add();
        assert.equal(call.notes.filter(({ content }) => content === `${isCommitted}`).length, 1);
      }
      // The server that comes back knows what became of it: the answer is as if nothing had been.
      way.failAtCommit(true, "once");
      const call = await storage.calls.addNote(writing(), id, "answered after all");
      assert.equal(call.notes.filter(({ content }) => content === "answered after all").length, 1);
      assert.deepEqual((await storage.check()).problems, []);
    } finally {
      way.mend();
      await storage.close();
      await way.close();
    }
  });

  it("on a full disk writes are refused, reads go on, and writes work again once there is space", async (t) => {
    const disk = mkdtempSync(join(tmpdir(), "ringback-full-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=28m,mode=0700", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      rmdirSync(disk);
      return t.skip("a small file system can be mounted by root only");
    }
    t.after(() => {
      execFileSync("umount", ["-l", disk]);
      rmdirSync(disk);
    });
    const { uid, gid } = statSync(server.folder);
    chownSync(disk, uid, gid);
    const admin = postgres(server.url, { max: 1, onnotice: () => {} });
    await admin.unsafe(`CREATE TABLESPACE small LOCATION '${disk}'`);
    await admin.unsafe("CREATE DATABASE on_small_disk TABLESPACE small");
    const url = new URL(server.url);
    url.pathname = "/on_small_disk";
    const storage = await openPostgresStorage({ url: url.href, clock, limits });
    try {
      const { id } = await logCall(storage);
      const ballast = join(disk, "ballast");
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 1_000_000)));
      let written = 0;
      const note = () => randomBytes(5_000).toString("hex");
      const refused = await (async () => {
        for (;;) {
          try {
            await storage.calls.addNote(writing(), id, note());
            written += 1;
          } catch (error) {
            return error;
          }
        }
      })();
      assert.ok(refused instanceof DomainError && refused.code === "STORAGE_FULL", String(refused));
      assert.equal((await storage.calls.find(1, id))?.notes.length, written);
      rmSync(ballast);
      await storage.calls.addNote(writing(), id, note());
      assert.equal((await storage.calls.find(1, id))?.notes.length, written + 1);
      assert.deepEqual((await storage.check()).problems, []);
    } finally {
      await storage.close();
      await admin.unsafe("DROP DATABASE on_small_disk WITH (FORCE)");
      await admin.unsafe("DROP TABLESPACE small");
      await admin.end();
    }
  });

  it("a statement that takes too long is ended by the server, and says so", async () => {
    const { url } = await server.createDatabase();
    const storage = await openPostgresStorage({ url, clock, limits: { ...limits, statementMs: 300, lockMs: 0 } });
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await storage.users.add(user("anna"), "hash");
      await sql.unsafe("BEGIN; LOCK TABLE users");
      await assertFails("UNAVAILABLE", () => storage.users.count());
      await assertFails("UNAVAILABLE", () => storage.users.rehash("anna", "other"));
      await sql.unsafe("ROLLBACK");
      assert.equal((await storage.users.byName("anna"))?.passwordHash, "hash");
    } finally {
      await sql.end();
      await storage.close();
    }
  });

  it("a database that acknowledges before the disk has it is refused", async () => {
    const { url } = await server.createDatabase();
    const sql = postgres(url, { max: 1 });
    await sql.unsafe(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`);
    await sql.end();
    await assertFails("BAD_CONFIGURATION", () => openPostgresStorage({ url, clock, limits }));
  });

  it("what cannot be opened says why, without the password", async () => {
    const url = new URL(server.url);
    url.password = "hush-hush";
    url.pathname = "/nowhere";
    await assert.rejects(openPostgresStorage({ url: url.href, clock, limits }), (error) => {
      assert.ok(error instanceof DomainError);
      assert.equal(error.code, "BAD_CONFIGURATION");
      for (let at: unknown = error; at instanceof Error; at = at.cause) assert.doesNotMatch(at.stack ?? "", /hush/);
      return true;
    });
    url.port = "1";
    await assertFails("UNAVAILABLE", () => openPostgresStorage({ url: url.href, clock, limits }));
  });

  it("a database of another program is left alone, and one of a newer version is refused", async () => {
    const [foreign, newer] = [await server.createDatabase(), await server.createDatabase()];
    const sql = postgres(foreign.url, { max: 1 });
    await sql`CREATE TABLE calls (id integer)`;
    await sql.end();
    await assertFails("STORAGE_CORRUPT", () => openPostgresStorage({ url: foreign.url, clock, limits }));
    await (await openPostgresStorage({ url: newer.url, clock, limits })).close();
    const other = postgres(newer.url, { max: 1 });
    await other`UPDATE schema_version SET version = 9999`;
    await other.end();
    await assertFails("STORAGE_TOO_NEW", () => openPostgresStorage({ url: newer.url, clock, limits }));
  });

  it("nodes that start at once on an empty database make its schema once", async () => {
    const { url } = await server.createDatabase();
    const opened = await Promise.all([1, 2, 3].map(() => openPostgresStorage({ url, clock, limits })));
    assert.equal((await opened[0]?.workspaces.list())?.length, 1);
    await Promise.all(opened.map((storage) => storage.close()));
  });

  async function withDatabase(run: (storage: Storage, url: string) => Promise<void>): Promise<void> {
    const { url } = await server.createDatabase();
    const storage = await openPostgresStorage({ url, clock, limits });
    try {
      await run(storage, url);
    } finally {
      await storage.close();
    }
  }
});

import assert from "node:assert/strict";
import { open as openFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { assertFails, logCall, logCalls, noonMs, writing } from "../contract-samples.ts";
import { schemaVersion } from "./migrate.ts";
import { openSqliteStorage } from "./open.ts";
import { withFile } from "./sqlite-samples.ts";

describe("opening", () => {
  it("the writing connection is in WAL mode and syncs each commit, and says so", () =>
    withFile(async ({ open }) => {
      const storage = await open();
      assert.deepEqual(storage.health(), { durability: { journalMode: "wal", synchronous: "full" }, refusal: null });
      await storage.close();
    }));

  it("a file made by one process is opened as it is by the others", () =>
    withFile(async ({ open }) => {
      const storages = await Promise.all([open(), open(), open()]);
      const epochs = await Promise.all(storages.map(async ({ changes }) => (await changes.head(1)).epoch));
      assert.equal(new Set(epochs).size, 1);
      for (const storage of storages) await storage.close();
    }));

  it("two new files have different epochs", () =>
    withFile(async (one) =>
      withFile(async (other) => {
        const [a, b] = [await one.open(), await other.open()];
        assert.notEqual((await a.changes.head(1)).epoch, (await b.changes.head(1)).epoch);
        await a.close();
        await b.close();
      }),
    ));

  it("a file of a newer version is STORAGE_TOO_NEW and stays as it is", () =>
    withFile(async ({ file, open }) => {
      await (await open()).close();
      const db = new DatabaseSync(file);
      db.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
      db.close();
      await assertFails("STORAGE_TOO_NEW", () => open());
      await assertFails("STORAGE_TOO_NEW", () => open({ readOnly: true }));
    }));

  it("a file that is no database is STORAGE_CORRUPT", () =>
    withFile(async ({ file, open }) => {
      await writeFile(file, "This is a letter, not a database. ".repeat(400));
      await assertFails("STORAGE_CORRUPT", () => open());
    }));

  it("another program's database is STORAGE_CORRUPT and is left alone", () =>
    withFile(async ({ file, open }) => {
      const db = new DatabaseSync(file);
      db.exec("CREATE TABLE recipes (name TEXT)");
      await assertFails("STORAGE_CORRUPT", () => open());
      assert.deepEqual({ ...db.prepare("SELECT count(*) AS count FROM sqlite_schema").get() }, { count: 1 });
      db.close();
    }));

  it("damage inside the file is STORAGE_CORRUPT when it is read, and check names it", () =>
    withFile(async ({ file, open }) => {
      const storage = await open();
      for (let at = 0; at < 20; at++)
        await logCalls(
          storage,
          Array.from({ length: 100 }, (_, call) => call),
        );
      await storage.close();
      const handle = await openFile(file, "r+");
      const { size } = await handle.stat();
      // Behind the pages of the schema and the roots of its tables, which are read when the file is opened.
      const whole = 800_000;
      await handle.write(Buffer.alloc(size - whole, 0x5a), 0, size - whole, whole);
      await handle.close();
      const damaged = await open();
      await assertFails("STORAGE_CORRUPT", async () => {
        for (let offset = 0; offset < 2_000; offset += 100) await damaged.calls.page(1, offset, 100);
        await damaged.changes.after(1, 0, 2_000);
      });
      assert.notDeepEqual((await damaged.check()).problems, []);
      await damaged.close();
    }));

  it("a folder that does not exist is STORAGE_READ_ONLY", () =>
    withFile(async ({ folder }) => {
      const file = join(folder, "nowhere", "ringback.db");
      await assertFails("STORAGE_READ_ONLY", () => openSqliteStorage({ file, clock: { now: () => 0 } }));
    }));

  it("every failure to open has a sentence for the operator", () =>
    withFile(async ({ folder, file, open }) => {
      await writeFile(file, "x".repeat(5_000));
      const nowhere = { file: join(folder, "nowhere", "ringback.db"), clock: { now: () => 0 } };
      for (const failing of [open(), openSqliteStorage(nowhere), openSqliteStorage({ ...nowhere, readOnly: true })]) {
        await assert.rejects(failing, /^DomainError: [A-Z].{20,}[.?]$/);
      }
    }));
});

describe("reading only", () => {
  it("reads work, writes are STORAGE_READ_ONLY, and the file is not made", () =>
    withFile(async ({ open }) => {
      await assertFails("NOT_FOUND", () => open({ readOnly: true }));
      const storage = await open();
      const call = await logCall(storage);
      const reader = await open({ readOnly: true });
      assert.deepEqual(await reader.calls.find(1, call.id), call);
      const archived = await storage.calls.toggleArchived(writing(), call.id);
      assert.deepEqual(await reader.calls.find(1, call.id), archived);
      await assertFails("STORAGE_READ_ONLY", () => reader.calls.toggleArchived(writing(), call.id));
      assert.deepEqual((await reader.check()).problems, []);
      assert.equal(reader.health().durability, null);
      await reader.close();
      await storage.close();
    }));
});

describe("commits", () => {
  it("writes that wait together share a commit, and a lone write does not wait", () =>
    withFile(async ({ open }) => {
      const storage = await open();
      const { id } = await logCall(storage);
      let commits = 0;
      storage.changes.onCommit(() => commits++);
      await storage.calls.toggleArchived(writing(), id);
      assert.equal(commits, 1);
      await Promise.all(Array.from({ length: 500 }, () => storage.calls.toggleArchived(writing(), id)));
      assert.equal((await storage.changes.head(1)).revision, 502);
      assert.ok(commits < 400, `${commits} commits for 501 writes`);
      await storage.close();
    }));

  it("a listener that throws does not reach the writer or the other listeners", () =>
    withFile(async ({ file }) => {
      const logged: string[] = [];
      const log = { error: (_: object, message: string) => logged.push(message) };
      const storage = await openSqliteStorage({ file, clock: { now: () => 0 }, log });
      const heard: number[] = [];
      storage.changes.onCommit(() => assert.fail("a listener's bug"));
      storage.changes.onCommit((_, revision) => heard.push(revision));
      await logCall(storage);
      await logCall(storage);
      assert.deepEqual(heard, [1, 2]);
      assert.equal(logged.length, 2);
      await storage.close();
    }));

  it("while another process holds the file for longer than the wait, a write is UNAVAILABLE; afterwards it works", () =>
    withFile(async ({ file, open }) => {
      const storage = await open();
      const { id } = await logCall(storage);
      const other = new DatabaseSync(file);
      other.exec("BEGIN IMMEDIATE");
      await assertFails("UNAVAILABLE", () => storage.calls.toggleArchived(writing(), id));
      assert.equal((await storage.calls.find(1, id))?.isArchived, false, "reads go on");
      other.exec("ROLLBACK");
      other.close();
      assert.equal((await storage.calls.toggleArchived(writing(), id)).isArchived, true);
      await storage.close();
    }));

  it("a page read in another thread's face is never torn: archived state and log agree", () =>
    withFile(async ({ open }) => {
      const storage = await open();
      await logCalls(
        storage,
        Array.from({ length: 20 }, (_, at) => noonMs + at),
      );
      const writes = Promise.all(
        Array.from({ length: 400 }, (_, at) => storage.calls.toggleArchived(writing(), 1 + (at % 20))),
      );
      for (let revision = 0; revision < 420;) {
        const page = await storage.calls.page(1, 0, 20);
        revision = page.revision;
        const flips = page.calls.filter(({ isArchived }) => isArchived).length;
        const toggled = revision - 20;
        const expected = Math.floor(toggled / 20) % 2 === 0 ? toggled % 20 : 20 - (toggled % 20);
        assert.equal(flips, expected, `at revision ${revision}`);
        await new Promise(setImmediate);
      }
      await writes;
      await storage.close();
    }));
});

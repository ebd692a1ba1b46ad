import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { assertFails, logCall, logCalls, noonMs, user, writing } from "../contract-samples.ts";
import { openSqliteStorage } from "./open.ts";
import { withFile } from "./sqlite-samples.ts";

const clock = { now: () => 0 };

it("a backup taken under load has every write acknowledged before it began, passes check and opens as a database", () =>
  withFile(async ({ folder, open }) => {
    const storage = await open();
    for (let at = 0; at < 20; at++)
      await logCalls(
        storage,
        Array.from({ length: 200 }, (_, call) => noonMs + call),
      );
    await storage.users.add(user("anna"), "hash");
    const acknowledged = (await storage.changes.head(1)).revision;
    const target = join(folder, "copy.db");
    const done = new AbortController();
    const load = (async () => {
      while (!done.signal.aborted) await storage.calls.addNote(writing(), 1, "meanwhile");
    })();
    const reports: number[] = [];
    await storage.backup(target, ({ pages, pagesTotal }) => reports.push(pages / pagesTotal));
    done.abort();
    await load;
    const copy = await openSqliteStorage({ file: target, clock });
    assert.deepEqual((await copy.check()).problems, []);
    assert.ok((await copy.changes.head(1)).revision >= acknowledged);
    assert.equal((await copy.calls.page(1, 0, 1)).totalCount, 4_000);
    assert.equal(await copy.users.count(), 1);
    assert.equal((await copy.calls.toggleArchived(writing(), 1)).isArchived, true);
    await copy.close();
    await storage.close();
    assert.deepEqual(
      (await readdir(folder)).toSorted(),
      ["copy.db", "ringback.db"],
      "one file each, nothing left over",
    );
  }));

it("a backup has another epoch, so that no cursor of the original fits it", () =>
  withFile(async ({ folder, open }) => {
    const storage = await open();
    await logCall(storage);
    const target = join(folder, "copy.db");
    await storage.backup(target);
    const copy = await openSqliteStorage({ file: target, clock, readOnly: true });
    assert.notEqual((await copy.changes.head(1)).epoch, (await storage.changes.head(1)).epoch);
    assert.equal((await copy.changes.head(1)).revision, 1);
    await copy.close();
    await storage.close();
  }));

it("a backup replaces no file, and leaves nothing behind when it fails", () =>
  withFile(async ({ folder, file, open }) => {
    const storage = await open();
    await writeFile(join(folder, "taken"), "kept");
    await assertFails("CONFLICT", () => storage.backup(join(folder, "taken")));
    await assertFails("CONFLICT", () => storage.backup(file));
    await assertFails("STORAGE_READ_ONLY", () => storage.backup(join(folder, "nowhere", "copy.db")));
    await logCall(storage);
    await storage.close();
    assert.deepEqual((await readdir(folder)).toSorted(), ["ringback.db", "taken"]);
    await assertFails("UNAVAILABLE", () => storage.backup(join(folder, "late")));
  }));

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { DatabaseSync } from "node:sqlite";
import { withFile } from "../sqlite-samples.ts";

/** What a server of version 1 had written, as SQL: calls, notes, changes, users, sessions, a source and a key of a retry. */
const filled = readFileSync(new URL("version-1.sql", import.meta.url), "utf8");

it("a filled file of version 1 keeps every row, and goes on working with today's schema", () =>
  withFile(async ({ file, open }) => {
    const old = new DatabaseSync(file);
    old.exec(filled);
    const tables = tablesOf(old);
    const before = rowsOf(old, tables);
    assert.ok(["calls", "notes", "changes", "users", "sessions"].every((name) => (before[name]?.length ?? 0) > 2));
    old.close();

    const storage = await open();
    try {
      assert.deepEqual((await storage.check()).problems, []);
      const migrated = new DatabaseSync(file, { readOnly: true });
      assert.deepEqual(rowsOf(migrated, tables), before);
      migrated.close();

      const { calls, totalCount } = await storage.calls.page(1, 0, 10);
      assert.deepEqual([calls.map(({ id }) => id), totalCount], [[1, 2, 3], 3]);
      assert.equal(calls[0]?.isArchived, true);
      assert.deepEqual(
        calls[0]?.notes.map(({ content }) => content),
        ["it's the second: ümlaut", "first note"],
      );
      assert.deepEqual(
        (await storage.changes.after(1, 0, 10)).map(({ revision, kind }) => `${revision} ${kind}`),
        ["1 call.logged", "2 call.logged", "3 call.logged", "4 call.archived", "5 note.added", "6 note.added"],
      );
      // Ann came first, at the same moment as Cyd.
      assert.deepEqual(
        (await storage.users.list(1)).map(({ username, role, isDisabled }) => [username, role, isDisabled]),
        [
          ["Ann", "admin", false],
          ["bob", "member", true],
          ["cyd", "member", false],
        ],
      );
      assert.equal((await storage.users.byName("Ann"))?.passwordHash, "hash of ann");
      assert.deepEqual(
        [(await storage.sessions.find("s-1"))?.generation, (await storage.sessions.find("s-2"))?.revokedReason],
        [3, "logout"],
      );
      assert.deepEqual(await storage.users.setRole("u-cyd", "reader", 1_767_614_500_000), ["s-3"]);
      assert.equal((await storage.sources.byKeyHash("digest of the pbx"))?.name, "Front desk");

      const writing = { workspaceId: 1, actor: { kind: "user", id: "u-ann" }, atMs: 1_767_614_500_000 } as const;
      const retried = { ...writing, idempotency: { key: "k", part: "archiveCall", fingerprint: "f" } };
      assert.equal((await storage.calls.toggleArchived(retried, 1)).isArchived, true);
      assert.equal((await storage.calls.addNote(writing, 2, "new")).notes[0]?.id, 4);
      assert.equal((await storage.changes.head(1)).revision, 7);
    } finally {
      await storage.close();
    }
  }));

type Table = { readonly name: string; readonly columns: readonly string[] };

function tablesOf(db: DatabaseSync): readonly Table[] {
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
  return names.map(({ name }) => {
    const columns = db.prepare("SELECT name FROM pragma_table_info(?)").all(name) as { name: string }[];
    return { name, columns: columns.map((column) => column.name) };
  });
}

/** The rows of these tables in these columns. */
function rowsOf(db: DatabaseSync, tables: readonly Table[]): Readonly<Record<string, readonly unknown[]>> {
  const rows = tables.map(({ name, columns }) => [
    name,
    db.prepare(`SELECT ${columns.join(", ")} FROM ${name} ORDER BY 1, 2, 3`).all(),
  ]);
  return Object.fromEntries(rows) as Readonly<Record<string, readonly unknown[]>>;
}

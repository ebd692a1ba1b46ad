import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { DomainError } from "../../domain/errors.ts";
import { numberKey } from "../../domain/number-key.ts";
import { delivery, logCall, pbx, writing } from "../contract-samples.ts";
import { openForWriting } from "./connection.ts";
import { createGroupCommit } from "./group-commit.ts";
import { migrate } from "./migrate.ts";
import { openSqliteStorage } from "./open.ts";
import { createWrites } from "./writes.ts";

const note = "n".repeat(10_000);

it("on a full disk writes are refused, reads go on, and writes work again once there is space", async (test) => {
  const folder = mkdtempSync(join(tmpdir(), "ringback-full-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmdirSync(folder);
    return test.skip("a small file system can be mounted by root only; the page limit below stands in for it");
  }
  try {
    const storage = await openSqliteStorage({ file: join(folder, "ringback.db"), clock: { now: () => 0 } });
    const { id } = await logCall(storage);
    const ballast = join(folder, "ballast");
    writeFileSync(ballast, Buffer.alloc(1_500_000));
    let written = 0;
    const refused = await (async () => {
      for (;;) {
        try {
          await storage.calls.addNote(writing(), id, note);
          written++;
        } catch (error) {
          return error;
        }
      }
    })();
    assert.ok(refused instanceof DomainError);
    assert.equal(refused.code, "STORAGE_FULL");
    assert.equal((await storage.calls.find(1, id))?.notes.length, written, "nothing is half done, and reads go on");
    assert.equal((await storage.changes.head(1)).revision, written + 1);
    assert.deepEqual((await storage.check()).problems, []);

    rmSync(ballast);
    assert.equal((await storage.calls.addNote(writing(), id, note)).notes.length, written + 1);
    assert.equal(storage.health().refusal, null);
    assert.deepEqual((await storage.check()).problems, []);
    await storage.close();
  } finally {
    // Lazily: this process keeps a descriptor of the WAL index (`commit-mark.ts`).
    execFileSync("umount", ["--lazy", folder]);
    rmdirSync(folder);
  }
});

it("where space is short, the small writes of a group still go in and the large one is refused", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ringback-full-"));
  const db = openForWriting(join(folder, "ringback.db"));
  try {
    migrate(db, 0);
    const { ledger, writes } = createWrites(db, numberKey);
    const group = createGroupCommit(db, ledger);
    const add = (content: string) => () => writes.addNote(writing(), 1, content);
    group.run([() => writes.accept(pbx, [delivery({})], 0)]);
    const { page_count: pages } = db.prepare("PRAGMA page_count").get() as { page_count: number };
    db.exec(`PRAGMA max_page_count = ${pages + 4}`);
    const { outcomes, moved } = group.run([add("small"), add("large".repeat(100_000)), add("small too")]);
    assert.deepEqual(
      outcomes.map((outcome) => ("error" in outcome ? (outcome.error as DomainError).code : "written")),
      ["written", "STORAGE_FULL", "written"],
    );
    assert.deepEqual(
      moved.map(({ revision }) => revision),
      [2, 3],
    );
    assert.equal(group.refusal(), null);
    db.exec("PRAGMA max_page_count = 1000000");
    assert.ok("value" in (group.run([add("large".repeat(100_000))]).outcomes[0] ?? {}));
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
});

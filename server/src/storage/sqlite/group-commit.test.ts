import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "node:test";
import { DomainError } from "../../domain/errors.ts";
import { numberKey } from "../../domain/number-key.ts";
import { delivery, pbx, writing } from "../contract-samples.ts";
import { openForWriting } from "./connection.ts";
import { createGroupCommit, type Outcome } from "./group-commit.ts";
import { migrate } from "./migrate.ts";
import { withFile } from "./sqlite-samples.ts";
import { createWrites } from "./writes.ts";

const ioErrorOfFsync = 1_034;
const ioErrorOfWrite = 778;

for (const [name, errcode] of Object.entries({ fsync: ioErrorOfFsync, write: ioErrorOfWrite })) {
  it(`after an I/O error at ${name} nothing is acknowledged and nothing is written any more until the file is opened anew`, () =>
    withGroup(async ({ group, add, failCommit }) => {
      assert.deepEqual(codes(group.run([add("one")]).outcomes), ["written"]);
      failCommit(errcode);
      const { outcomes, moved } = group.run([add("two"), add("three")]);
      assert.deepEqual(codes(outcomes), ["UNAVAILABLE", "UNAVAILABLE"]);
      assert.deepEqual(moved, []);
      failCommit(null);
      assert.deepEqual(codes(group.run([add("four")]).outcomes), ["UNAVAILABLE"]);
      assert.ok(group.refusal() instanceof DomainError);
    }));
}

it("damage found while writing ends the writing too", () =>
  withGroup(async ({ group, add, failCommit }) => {
    failCommit(11);
    assert.deepEqual(codes(group.run([add("one")]).outcomes), ["STORAGE_CORRUPT"]);
    failCommit(null);
    assert.deepEqual(codes(group.run([add("two")]).outcomes), ["STORAGE_CORRUPT"]);
  }));

it("a commit that another process held up fails its group only", () =>
  withGroup(async ({ group, add, failCommit }) => {
    failCommit(5);
    assert.deepEqual(codes(group.run([add("one"), add("two")]).outcomes), ["UNAVAILABLE", "UNAVAILABLE"]);
    failCommit(null);
    const { outcomes, moved } = group.run([add("three")]);
    assert.deepEqual(codes(outcomes), ["written"]);
    assert.deepEqual(moved, [{ workspaceId: 1, revision: 2 }]);
    const call = "value" in outcomes[0]! ? (outcomes[0].value as { notes: { id: number; content: string }[] }) : null;
    const notes = call?.notes.map(({ id, content }) => ({ id, content }));
    assert.deepEqual(notes, [{ id: 1, content: "three" }], "no id was used up by what failed");
  }));

it("a write that fails in the middle of a group takes back its rows, its counts and its numbers", () =>
  withGroup(async ({ group, add, accept, count }) => {
    const half = () => {
      accept([delivery({ startedAtMs: 5 }), delivery({ startedAtMs: 6 })])();
      throw new DomainError("NOT_FOUND", "half way");
    };
    const { outcomes, moved } = group.run([add("one"), half, accept([delivery({ startedAtMs: 7 })]), add("two")]);
    assert.deepEqual(codes(outcomes), ["written", "NOT_FOUND", "written", "written"]);
    assert.deepEqual(moved, [{ workspaceId: 1, revision: 4 }]);
    assert.equal(count("SELECT count(*) AS count FROM calls"), 2);
    assert.equal(count("SELECT max(id) AS count FROM calls"), 2);
    assert.equal(count("SELECT count FROM feed_counts WHERE span = 0"), 2);
    assert.equal(count("SELECT sum(count) AS count FROM rollups WHERE span = 4"), 2);
    assert.equal(count("SELECT count(*) AS count FROM deliveries"), 2);
  }));

it("a bug in one write is its own failure and no one else's", () =>
  withGroup(async ({ group, add }) => {
    const bug = () => {
      throw new TypeError("a bug");
    };
    const { outcomes } = group.run([add("one"), bug, add("two")]);
    assert.deepEqual(codes(outcomes), ["written", "a bug", "written"]);
  }));

it("a failure that changed nothing costs its neighbours nothing, one that did has them done once more", () =>
  withGroup(async ({ group, add, accept, count }) => {
    let asked = 0;
    const counted = (write: () => unknown) => () => {
      asked += 1;
      return write();
    };
    const clean = () => {
      throw new DomainError("NOT_FOUND", "looked before it changed anything");
    };
    const half = () => {
      accept([delivery({ startedAtMs: 5 })])();
      throw new DomainError("CONFLICT", "half way");
    };
    assert.deepEqual(codes(group.run([counted(add("one")), clean, counted(add("two"))]).outcomes), [
      "written",
      "NOT_FOUND",
      "written",
    ]);
    assert.equal(asked, 2);
    const again = group.run([counted(add("three")), half, clean, counted(add("four"))]);
    assert.deepEqual(codes(again.outcomes), ["written", "CONFLICT", "NOT_FOUND", "written"]);
    assert.equal(asked, 2 + 1 + 2, "the one before it twice, the one behind it once");
    assert.equal(count("SELECT count(*) AS count FROM notes"), 4);
    assert.deepEqual(again.moved, [{ workspaceId: 1, revision: 5 }]);
  }));

type Group = {
  readonly group: ReturnType<typeof createGroupCommit>;
  readonly add: (content: string) => () => unknown;
  readonly accept: (deliveries: readonly ReturnType<typeof delivery>[]) => () => unknown;
  readonly count: (sql: string) => unknown;
  /** Makes each COMMIT fail with this result code of SQLite, as a disk would; null makes it work again. */
  readonly failCommit: (errcode: number | null) => void;
};

/** A group commit on a real file with one call, whose disk can be told to fail. */
async function withGroup(run: (group: Group) => Promise<void>): Promise<void> {
  await withFile(async ({ folder }) => {
    const db = openForWriting(join(folder, "ringback.db"));
    migrate(db, 0);
    const { ledger, writes } = createWrites(db, numberKey);
    let failure: number | null = null;
    const failing = {
      exec(sql: string) {
        if (sql === "COMMIT" && failure !== null) throw Object.assign(new Error("the disk"), { errcode: failure });
        db.exec(sql);
      },
      prepare: db.prepare.bind(db),
      get isTransaction() {
        return db.isTransaction;
      },
    };
    const group = createGroupCommit(failing, ledger);
    const accept = (deliveries: readonly ReturnType<typeof delivery>[]) => () => writes.accept(pbx, deliveries, 0);
    group.run([accept([delivery({ startedAtMs: 0 })])]);
    try {
      await run({
        group,
        accept,
        add: (content) => () => writes.addNote(writing(), 1, content),
        count: (sql) => db.prepare(sql).get()?.["count"],
        failCommit: (errcode) => {
          failure = errcode;
        },
      });
    } finally {
      db.close();
    }
  });
}

function codes(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map((outcome) => {
    if ("value" in outcome) return "written";
    return outcome.error instanceof DomainError ? outcome.error.code : (outcome.error as Error).message;
  });
}

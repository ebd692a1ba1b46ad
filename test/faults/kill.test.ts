import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { it } from "node:test";
import type { Change } from "../../server/src/domain/change.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { databaseOf, dropDatabaseOf, isOnPostgres, openStorageOf } from "../support/test-database.ts";
import { type Operation, perform, randomNumbers } from "./operations.ts";

/** Fewer on PostgreSQL, where the writer's end takes nothing of the database with it. */
const kills = isOnPostgres ? 5 : 20;
const seed = Number(process.env["RINGBACK_TEST_SEED"] ?? 20_240_229);

it(`${kills} times kill -9 under mixed writes: nothing acknowledged is lost, nothing is doubled, the database is sound`, async (test) => {
  const folder = await mkdtemp(join(tmpdir(), "ringback-kill-"));
  const random = randomNumbers(seed);
  const asked: Operation[] = [];
  let [acknowledgedInAll, unknownInAll] = [0, 0];
  test.diagnostic(`seed ${seed} (RINGBACK_TEST_SEED)`);
  try {
    for (let kill = 0; kill < kills; kill++) {
      const killAfter = 1 + Math.floor(random() * 250);
      const history = await writeUntilKilled(folder, seed + kill, asked.length, killAfter);
      asked.push(...history.asked);
      acknowledgedInAll += history.acknowledged.size;
      const storage = await openStorageOf(folder);
      assert.deepEqual((await storage.check()).problems, []);

      // What was acknowledged is there; what was asked for without an answer may be, or may not.
      const unknown = history.asked.filter(({ number }) => !history.acknowledged.has(number));
      unknownInAll += unknown.length;
      const unknownNumbers = new Set(unknown.map(({ number }) => number));
      const before = await traces(storage);
      for (const { number, kind } of asked) {
        const count = before.get(`${kind} ${number}`) ?? 0;
        assert.ok(
          count === 1 || (count === 0 && unknownNumbers.has(number)),
          `${kind} ${number} is there ${count} times`,
        );
      }

      // A client that repeats what it had no answer to ends with each write exactly once.
      for (const operation of unknown) await perform(storage, operation);
      const after = await traces(storage);
      for (const { number, kind } of asked) assert.equal(after.get(`${kind} ${number}`), 1, `${kind} ${number}`);
      assert.equal(after.size, asked.length, "nothing is there that nobody asked for");
      assert.deepEqual((await storage.check()).problems, []);
      await storage.close();
    }
    test.diagnostic(`${acknowledgedInAll} acknowledged writes, ${unknownInAll} cut off without an answer`);
  } finally {
    await dropDatabaseOf(folder);
    await rm(folder, { recursive: true });
  }
});

type History = { readonly asked: readonly Operation[]; readonly acknowledged: ReadonlySet<number> };

/** Lets the child write and kills it in the midst, at its n-th acknowledgement. */
async function writeUntilKilled(folder: string, seed: number, first: number, killAfter: number): Promise<History> {
  const program = join(import.meta.dirname, "writer-child.ts");
  const child: ChildProcess = spawn(
    process.execPath,
    [program, folder, await databaseOf(folder), String(seed), String(first)],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const exited = once(child, "exit");
  const asked: Operation[] = [];
  const acknowledged = new Set<number>();
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { asked: Operation } | { acknowledged: number };
    if ("asked" in said) asked.push(said.asked);
    else acknowledged.add(said.acknowledged);
    if (acknowledged.size === killAfter) child.kill("SIGKILL");
  }
  assert.deepEqual(await exited, [null, "SIGKILL"]);
  assert.ok(acknowledged.size >= killAfter);
  return { asked, acknowledged };
}

/**
 * How often the effect of each operation is found: logged calls and notes in the calls themselves, archivings in the change log
 * by their actor. Holds on the way that the calls are as their history says.
 */
async function traces(storage: Storage): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const count = (kind: Operation["kind"], text: string) => {
    const name = text.replace("operation", kind);
    found.set(name, (found.get(name) ?? 0) + 1);
  };
  const archivedNow = new Map<number, boolean>();
  for await (const { kind, actor, call } of everyChange(storage)) {
    const isFlip = kind === "call.archived" || kind === "call.unarchived";
    if (isFlip) count("archive", actor.kind === "user" ? actor.id : "by nobody");
    assert.equal(call.isArchived, isFlip !== (archivedNow.get(call.id) ?? false));
    archivedNow.set(call.id, call.isArchived);
  }
  for (const call of await storage.calls.after(1, null, 1_000_000)) {
    count("log", call.from);
    for (const { content } of call.notes) if (!content.endsWith("its note")) count("note", content);
    assert.equal(call.isArchived, archivedNow.get(call.id));
  }
  return found;
}

async function* everyChange(storage: Storage): AsyncGenerator<Change> {
  for (let revision = 0; ;) {
    const changes = await storage.changes.after(1, revision, 1_000);
    yield* changes;
    const last = changes.at(-1);
    if (last === undefined) return;
    revision = last.revision;
  }
}

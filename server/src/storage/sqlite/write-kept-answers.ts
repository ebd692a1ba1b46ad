import type { DatabaseSync } from "node:sqlite";
import type { Keep, KeyedWriting } from "../../domain/kept-answers.ts";
import { createAuditRecorder } from "./audit.ts";
import { answerKept, idempotencyKeptMs, idempotencyMismatch } from "../answers.ts";
import { actorText } from "../../domain/change.ts";

/** Runs writes once a key and leaves what is to be left of them, within the transaction that the caller has begun. */
export function createAnswerKeeper(db: DatabaseSync) {
  const record = createAuditRecorder(db);
  const used = db.prepare(`SELECT part, fingerprint FROM kept_answers
    WHERE workspace_id = ? AND actor = ? AND key = ?`);
  const insert = db.prepare(`INSERT INTO kept_answers (workspace_id, actor, key, part, fingerprint, answer, kept_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  // They are few: each keyed write takes all along that are past their time.
  const prune = db.prepare("DELETE FROM kept_answers WHERE kept_at_ms <= ?");

  /**
   * Runs it and leaves its answer where it did something; `isDone` says so of what it returned. `isTold` says where it is to be in the
   * audit log, if that is otherwise.
   */
  return function once<T>(
    keep: Keep | undefined,
    run: () => T,
    isDone: (outcome: T) => boolean = () => true,
    isTold: (outcome: T) => boolean = isDone,
  ): T {
    if (keep === undefined) return run();
    const outcome = keep.writing === null ? run() : answered(keep.writing, keep.answer, run, isDone);
    if (keep.audit !== undefined && isTold(outcome)) record(keep.audit);
    return outcome;
  };

  function answered<T>(writing: KeyedWriting, given: string | null, run: () => T, isDone: (outcome: T) => boolean): T {
    const { workspaceId, actor, atMs, idempotency } = writing;
    const { key, part, fingerprint } = idempotency;
    prune.run(atMs - idempotencyKeptMs);
    const rows = used.all(workspaceId, actorText(actor), key) as { part: string; fingerprint: string }[];
    if (rows.some((row) => row.fingerprint !== fingerprint)) throw idempotencyMismatch();
    if (rows.some((row) => row.part === part)) throw answerKept();
    const outcome = run();
    const answer = given ?? JSON.stringify(outcome);
    if (isDone(outcome)) insert.run(workspaceId, actorText(actor), key, part, fingerprint, answer, atMs);
    return outcome;
  }
}

/** Writes as they are when each takes what it is to leave as one more argument. */
type Keeping<Writes> = {
  readonly [Name in keyof Writes]: Writes[Name] extends (...args: infer Args) => infer T
    ? (...args: [...args: Args, keep?: Keep]) => T
    : never;
};

/** Makes them of writes without optional arguments. One that returns false has done nothing. */
export function createKeeping(db: DatabaseSync) {
  const once = createAnswerKeeper(db);
  return <Writes extends Readonly<Record<string, (...args: never) => unknown>>>(writes: Writes): Keeping<Writes> => {
    const keeping = Object.entries(writes).map(([name, write]) => {
      const run = write as (...args: readonly unknown[]) => unknown;
      const { length } = write;
      const keep = (...args: readonly unknown[]) =>
        once(
          args[length] as Keep | undefined,
          () => run(...args.slice(0, length)),
          (outcome) => outcome !== false,
        );
      return [name, keep];
    });
    return Object.fromEntries(keeping) as Keeping<Writes>;
  };
}

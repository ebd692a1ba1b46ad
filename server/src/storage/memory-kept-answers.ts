import type { Keep, KeptAnswerStore, KeyedWriting } from "../domain/kept-answers.ts";
import type { AuditEntry } from "../domain/audit.ts";
import { answerKept, idempotencyKeptMs, idempotencyMismatch } from "./answers.ts";

/** Kept answers of the in-memory model. */
export function createMemoryKeptAnswers(
  read: <T>(answer: () => T) => T,
  write: <T>(run: () => T) => Promise<T>,
  record: (entry: AuditEntry) => void,
): {
  readonly store: KeptAnswerStore;
  once<T>(keep: Keep | undefined, run: () => T, isDone?: (outcome: T) => boolean, isTold?: (outcome: T) => boolean): T;
} {
  let kept: { readonly writing: KeyedWriting; readonly answer: string }[] = [];

  return {
    store: { find: (writing) => read(() => find(writing)), keep: (keep) => write(() => once(keep, () => undefined)) },
    once,
  };

  function once<T>(
    keep: Keep | undefined,
    run: () => T,
    isDone: (outcome: T) => boolean = () => true,
    isTold: (outcome: T) => boolean = isDone,
  ): T {
    if (keep === undefined) return run();
    const { writing, answer, audit } = keep;
    if (writing !== null && find(writing) !== null) throw answerKept();
    const outcome = run();
    if (writing !== null && isDone(outcome)) kept.push({ writing, answer: answer ?? JSON.stringify(outcome) });
    if (audit !== undefined && isTold(outcome)) record(audit);
    return outcome;
  }

  function find({ workspaceId, actor, atMs, idempotency }: KeyedWriting): string | null {
    const id = JSON.stringify([workspaceId, actor, idempotency.key]);
    kept = kept.filter(({ writing }) => idOf(writing) !== id || atMs - writing.atMs < idempotencyKeptMs);
    const same = kept.filter(({ writing }) => idOf(writing) === id);
    if (same.some(({ writing }) => writing.idempotency.fingerprint !== idempotency.fingerprint)) {
      throw idempotencyMismatch();
    }
    return same.find(({ writing }) => writing.idempotency.part === idempotency.part)?.answer ?? null;
  }
}

function idOf({ workspaceId, actor, idempotency }: KeyedWriting): string {
  return JSON.stringify([workspaceId, actor, idempotency.key]);
}

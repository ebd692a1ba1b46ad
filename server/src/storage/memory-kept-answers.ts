import type { Keep, KeptAnswerStore, KeyedWriting } from "../domain/kept-answers.ts";
import { answerKept, idempotencyKeptMs, idempotencyMismatch } from "./answers.ts";

/** Kept answers of the in-memory model. */
export function createMemoryKeptAnswers(
  read: <T>(answer: () => T) => T,
  write: <T>(run: () => T) => Promise<T>,
): {
  readonly store: KeptAnswerStore;
  once<T>(keep: Keep | undefined, run: () => T, isDone?: (outcome: T) => boolean): T;
} {
  let kept: Keep[] = [];

  return {
    store: { find: (writing) => read(() => find(writing)), keep: (keep) => write(() => once(keep, () => undefined)) },
    once,
  };

  function once<T>(keep: Keep | undefined, run: () => T, isDone: (outcome: T) => boolean = () => true): T {
    if (keep === undefined) return run();
    if (find(keep.writing) !== null) throw answerKept();
    const outcome = run();
    if (isDone(outcome)) kept.push({ ...keep, answer: keep.answer ?? JSON.stringify(outcome) });
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

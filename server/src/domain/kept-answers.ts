import { DomainError } from "./errors.ts";
import type { Awaitable, IdempotencyKey, Writing } from "./storage.ts";

/** A write that carries a key. */
export type KeyedWriting = Writing & { readonly idempotency: IdempotencyKey };

/**
 * What a write about people is to leave under its key, in the same transaction. Nothing is left where the write fails or finds
 * nothing to do. Where the key has an answer already the write does nothing and fails with CONFLICT, or with BAD_USER_INPUT
 * when the key was used for something else: see {@link KeptAnswerStore.find}.
 */
export type Keep = { readonly writing: KeyedWriting; readonly answer: string };

/** Answers of writes about people, for whoever asks again under the same key. They are kept for 24 hours. */
export interface KeptAnswerStore {
  /** What is kept for this actor, key and part. @throws DomainError BAD_USER_INPUT when the key has another fingerprint. */
  find(writing: KeyedWriting): Awaitable<string | null>;
}

/**
 * Runs a write about people once a key, whose answer is plain data. `run` hands `keep` of its answer to the storage; asked again
 * it is not run, and the answer is that of the first time. Without a key it is just run.
 */
export async function onceAnswered<T>(
  kept: KeptAnswerStore,
  writing: Writing,
  run: (keep: (answer: T) => Keep | undefined) => Promise<T>,
): Promise<T> {
  const { idempotency } = writing;
  if (idempotency === undefined) return run(() => undefined);
  const keyed = { ...writing, idempotency };
  const known = await kept.find(keyed);
  if (known !== null) return JSON.parse(known) as T;
  try {
    return await run((answer) => ({ writing: keyed, answer: JSON.stringify(answer) }));
  } catch (error) {
    // The same request at the same moment: whoever came second has the answer of the first.
    const other = error instanceof DomainError && error.code === "CONFLICT" ? await kept.find(keyed) : null;
    if (other === null) throw error;
    return JSON.parse(other) as T;
  }
}

import type { AuditEntry, Deed } from "./audit.ts";
import { DomainError } from "./errors.ts";
import type { Clock } from "./ports.ts";
import type { Awaitable, IdempotencyKey, Writing } from "./storage.ts";
import type { Principal } from "./workspace.ts";

/** A write that carries a key. */
export type KeyedWriting = Writing & { readonly idempotency: IdempotencyKey };

/**
 * What a write that is not about a call is to leave beside it, in the same transaction: its answer under its key, and an entry of the audit
 * log. Nothing is left where the write fails or finds nothing to do. Where the key has an answer already the write does nothing and fails
 * with CONFLICT, or with BAD_USER_INPUT when the key was used for something else: see {@link KeptAnswerStore.find}.
 */
export type Keep = {
  /** Null where no key was sent: no answer is left. */
  readonly writing: KeyedWriting | null;
  /** Null for what the write itself returns, as JSON. */
  readonly answer: string | null;
  readonly audit?: AuditEntry | undefined;
};

/** What a write leaves that has no key. */
export function recorded(audit: AuditEntry): Keep {
  return { writing: null, answer: null, audit };
}

/** Makes what a write leaves; with a deed also an entry of the audit log, by whoever writes. */
export type KeepAnswer<T> = (...left: readonly [] | readonly [answer: T, deed?: Deed | undefined]) => Keep | undefined;

/** Answers of writes that are not about calls, for whoever asks again under the same key. They are kept for 24 hours. */
export interface KeptAnswerStore {
  /** What is kept for this actor, key and part. @throws DomainError BAD_USER_INPUT when the key has another fingerprint. */
  find(writing: KeyedWriting): Awaitable<string | null>;
  /** Leaves the answer of what was done before, for work in many writes that may as well be done again. */
  keep(keep: Keep & { readonly answer: string }): Promise<void>;
}

/**
 * Runs a write once a key, whose answer is plain data. `run` hands `keep` of its answer to the storage, or of nothing where its answer is
 * that of the storage; asked again it is not run, and the answer is that of the first time. Without a key it is just run.
 */
export async function onceAnswered<T>(
  kept: KeptAnswerStore,
  writing: Writing,
  run: (keep: KeepAnswer<T>) => Promise<T>,
): Promise<T> {
  const { idempotency, workspaceId, actor, atMs } = writing;
  const entry = (deed: Deed) => ({ ...deed, workspaceId, actor, atMs });
  if (idempotency === undefined) return run((...[, deed]) => deed && recorded(entry(deed)));
  const keyed = { ...writing, idempotency };
  const known = await kept.find(keyed);
  if (known !== null) return JSON.parse(known) as T;
  try {
    return await run((...left) => ({
      writing: keyed,
      answer: left.length === 0 ? null : JSON.stringify(left[0]),
      audit: left[1] && entry(left[1]),
    }));
  } catch (error) {
    // The same request at the same moment: whoever came second has the answer of the first.
    const other = error instanceof DomainError && error.code === "CONFLICT" ? await kept.find(keyed) : null;
    if (other === null) throw error;
    return JSON.parse(other) as T;
  }
}

export type Once = ReturnType<typeof createOnce>;

/** {@link onceAnswered} for what a person or a program asks for. */
export function createOnce(kept: KeptAnswerStore, clock: Clock) {
  return <T>(
    { workspaceId, kind, userId }: Pick<Principal, "workspaceId" | "kind" | "userId">,
    idempotency: IdempotencyKey | undefined,
    run: (keep: KeepAnswer<T>) => Promise<T>,
  ): Promise<T> =>
    onceAnswered(kept, { workspaceId, actor: { kind, id: userId }, atMs: clock.now(), idempotency }, run);
}

/** The same for work in many writes: its answer is left after the last of them. */
export function createOnceAfter(kept: KeptAnswerStore, clock: Clock) {
  const once = createOnce(kept, clock);
  return <T>(principal: Principal, idempotency: IdempotencyKey | undefined, run: () => Promise<T>): Promise<T> =>
    once<T>(principal, idempotency, async (keep) => {
      const answer = await run();
      const left = keep(answer);
      if (left !== undefined && left.answer !== null) await kept.keep({ ...left, answer: left.answer });
      return answer;
    });
}

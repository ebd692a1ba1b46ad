import { DomainError } from "./errors.ts";
import type { RepeatableSecrets, Secrets } from "./ports.ts";
import type { IdempotencyKey } from "./storage.ts";

/** The secret of something new. `keyId` is what it was made with, where the request may be repeated. */
export type NewSecret = { readonly id: string; readonly keyId: string | null; readonly secret: string };

/** The secret itself is not kept; where the request may be repeated, what it was made with is. */
export type WithoutSecret<T> = T & { readonly secretKeyId: string | null };

/** Secrets that are shown once, and again to whoever asks again under the same key. */
export function createRetriedSecrets({
  secrets,
  repeatable,
  newId,
}: {
  readonly secrets: Secrets;
  readonly repeatable: RepeatableSecrets;
  readonly newId: () => string;
}) {
  return {
    /** For something new of this id: one that can be made again where the request may be repeated, and a random one otherwise. */
    create(prefix: string, idempotency: IdempotencyKey | undefined): NewSecret {
      const id = newId();
      const keyId = idempotency === undefined ? null : repeatable.keyId();
      const secret = keyId === null ? secrets.create(prefix) : repeatable.make(keyId, prefix, id);
      if (secret === null) throw new Error("the key that secrets are made with is gone");
      return { id, keyId, secret };
    },

    /** The secret of what was answered: just made, or made again. @throws DomainError CONFLICT when that cannot be done any more */
    shown(made: NewSecret, prefix: string, id: string, { secretKeyId }: WithoutSecret<unknown>): string {
      if (id === made.id) return made.secret;
      const secret = secretKeyId === null ? null : repeatable.make(secretKeyId, prefix, id);
      if (secret !== null) return secret;
      throw new DomainError("CONFLICT", "It was made, but its secret cannot be shown any more: make another one.");
    },
  };
}

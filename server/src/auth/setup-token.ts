import { hash, timingSafeEqual } from "node:crypto";
import type { RepeatableSecrets } from "../domain/ports.ts";

/** The token of the link that creates the first account. */
export type SetupToken = {
  readonly text: string;
  /** Whether a text is this token, or the one that another node or an earlier start has printed. */
  is(text: string): boolean;
};

/**
 * Made from the keys that nodes share, so that whoever has them knows it and it need not be kept. It goes with the database: an
 * epoch is that of one alone.
 */
export function createSetupToken(repeatable: RepeatableSecrets, epoch: string): SetupToken {
  const make = (keyId: string) => repeatable.make(keyId, `${keyId}.`, `set-up ${epoch}`);
  const text = make(repeatable.keyId());
  if (text === null) throw new Error("the key that secrets are made with is gone");
  return {
    text,
    is(other) {
      const expected = make(other.slice(0, Math.max(0, other.lastIndexOf("."))));
      return expected !== null && sameText(other, expected);
    },
  };
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hash("sha256", a, "buffer"), hash("sha256", b, "buffer"));
}

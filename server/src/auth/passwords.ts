import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { DomainError } from "../domain/errors.ts";
import type { Passwords } from "../domain/ports.ts";
import { formatPhc, parsePhc, type PhcHash } from "./phc.ts";

export type PasswordParameters = { readonly memoryKiB: number; readonly passes: number; readonly lanes: number };

/** OWASP's first choice for argon2id: 46 MiB, one pass, one lane. */
export const defaultPasswordParameters: PasswordParameters = { memoryKiB: 47_104, passes: 1, lanes: 1 };

/**
 * Passwords hashed with argon2id (RFC 9106) after Unicode NFKC, never trimmed. At most `concurrencyMax` are worked on at
 * once, because they occupy threads that files and name look-ups share; `queueMax` more wait, each for `waitMaxMs` at most;
 * all others are refused at once with OVERLOADED.
 */
export function createPasswords(
  settings: {
    readonly parameters?: PasswordParameters;
    readonly concurrencyMax?: number;
    readonly queueMax?: number;
    readonly waitMaxMs?: number;
  } = {},
): Passwords {
  const { parameters = defaultPasswordParameters, concurrencyMax = 2, queueMax = 32, waitMaxMs = 2_000 } = settings;
  const turns = createTurns(concurrencyMax, queueMax, waitMaxMs);
  // Nobody's password: no tag that argon2 computes is equal to 32 random bytes, and finding that out costs as much as ever.
  const dummy: PhcHash = { ...parameters, salt: randomBytes(16), tag: randomBytes(32) };

  return {
    async hash(password) {
      const salt = randomBytes(16);
      const tag = await turns.take(() => compute(password, { ...parameters, salt, tagBytes: 32 }));
      return formatPhc({ ...parameters, salt, tag });
    },

    async verify(password, encoded) {
      const expected = encoded === null ? dummy : parsePhc(encoded);
      const tag = await turns.take(() => compute(password, { ...expected, tagBytes: expected.tag.length }));
      const matches = timingSafeEqual(tag, expected.tag) && encoded !== null;
      const stale =
        expected.memoryKiB !== parameters.memoryKiB ||
        expected.passes !== parameters.passes ||
        expected.lanes !== parameters.lanes;
      return { matches, stale };
    },
  };
}

function compute(
  password: string,
  {
    memoryKiB,
    passes,
    lanes,
    salt,
    tagBytes,
  }: PasswordParameters & { readonly salt: Buffer; readonly tagBytes: number },
): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFKC"), "utf8");
  return new Promise((resolve, reject) => {
    argon2(
      "argon2id",
      { message, nonce: salt, parallelism: lanes, tagLength: tagBytes, memory: memoryKiB, passes },
      (error, tag) => {
        if (error === null) resolve(tag);
        else reject(error);
      },
    );
  });
}

/** Lets `concurrencyMax` run at once, first come first served. */
function createTurns(concurrencyMax: number, queueMax: number, waitMaxMs: number) {
  const waiting: { readonly start: () => void }[] = [];
  let running = 0;

  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (running >= concurrencyMax) await turn();
      else running += 1;
      try {
        return await work();
      } finally {
        // The turn is handed over, so that nobody who comes now overtakes those who wait.
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next.start();
      }
    },
  };

  function turn(): Promise<void> {
    if (waiting.length >= queueMax) return Promise.reject(overloaded());
    return new Promise((resolve, reject) => {
      const place = {
        start() {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(place), 1);
        reject(overloaded());
      }, waitMaxMs);
      waiting.push(place);
    });
  }

  function overloaded(): DomainError {
    return new DomainError("OVERLOADED", "Too many sign-ins at once.", { retryAfterMs: Math.max(waitMaxMs, 1_000) });
  }
}

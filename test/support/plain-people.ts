import { randomUUID } from "node:crypto";
import { systemSecrets } from "../../server/src/auth/secrets.ts";
import { createPeople, type People } from "../../server/src/domain/people.ts";
import type { RepeatableSecrets } from "../../server/src/domain/ports.ts";
import type { Storage } from "../../server/src/domain/storage.ts";

/** Secrets that can be made again, and guessed. */
export const plainRepeatable: RepeatableSecrets = {
  keyId: () => "plain",
  make: (_keyId, prefix, purpose) => `${prefix}${purpose}`,
};

/** Deciding about people on this storage, at the time 0; nobody is told of what is revoked. For tests of one part alone. */
export function createPlainPeople(storage: Storage): People {
  return createPeople({
    storage,
    secrets: systemSecrets,
    repeatable: plainRepeatable,
    revocations: { announce: () => undefined },
    clock: { now: () => 0 },
    newId: randomUUID,
  });
}

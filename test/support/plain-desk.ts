import { randomUUID } from "node:crypto";
import { systemSecrets } from "../../server/src/auth/secrets.ts";
import { plainRepeatable } from "./plain-people.ts";
import { createDesk, type Desk } from "../../server/src/domain/desk.ts";
import { createIntake } from "../../server/src/domain/intake.ts";
import { numberKey } from "../../server/src/domain/number-key.ts";
import type { Clock } from "../../server/src/domain/ports.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { sourceMapping } from "../../server/src/ingest/mapping.ts";

/** The desk over a storage, as the server has it. */
export function createPlainDesk(storage: Storage, clock: Clock = { now: () => 0 }): Desk {
  return createDesk({
    storage,
    intake: createIntake({ storage, clock }),
    mapping: async () => sourceMapping,
    secrets: systemSecrets,
    repeatable: plainRepeatable,
    revocations: { has: () => false },
    numberKeys: numberKey,
    clock,
    newId: randomUUID,
  });
}

import { createSecretBox } from "../../server/src/auth/secret-box.ts";
import { systemSecrets } from "../../server/src/auth/secrets.ts";
import type { Clock } from "../../server/src/domain/ports.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { createWebhooks, type Webhooks } from "../../server/src/domain/webhooks.ts";

/** Webhooks over a storage, without anybody who sends. */
export function createTestWebhooks(storage: Storage, clock: Clock): Webhooks {
  return createWebhooks({
    storage,
    secrets: systemSecrets,
    repeatable: { keyId: () => "test", make: (_keyId, prefix, purpose) => `${prefix}${purpose}` },
    box: createSecretBox(""),
    refusalOf: () => null,
    clock,
    newId: () => crypto.randomUUID(),
    wake: () => {},
  });
}

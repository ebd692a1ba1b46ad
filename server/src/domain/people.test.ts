import assert from "node:assert/strict";
import { it } from "node:test";
import { plainPrincipal } from "../../../test/support/plain-sessions.ts";
import { createMemoryStorage } from "../storage/memory-model.ts";
import { DomainError } from "./errors.ts";
import { createPeople } from "./people.ts";

const idempotency = { key: "key", part: "createApiKey", fingerprint: "request" };
const wishes = { name: "Reporting", scopes: ["read"], expiresAtMs: null, requestsPerMinute: 60 } as const;

it("a retry whose secret cannot be made again is told so, and makes no second key", async () => {
  const storage = createMemoryStorage();
  let keyId = "first";
  let count = 0;
  const people = createPeople({
    storage,
    secrets: { create: () => assert.fail(), digest: (secret) => secret },
    repeatable: {
      keyId: () => keyId,
      make: (key, prefix, purpose) => (key === keyId ? `${prefix}${key} ${purpose}` : null),
    },
    revocations: { announce: () => undefined },
    clock: { now: () => 0 },
    newId: () => `id-${++count}`,
  });
  const ann = plainPrincipal("ann", "session");
  const made = await people.createApiKey(ann, wishes, idempotency);
  assert.deepEqual(await people.createApiKey(ann, wishes, idempotency), made);
  keyId = "second";
  await assert.rejects(
    people.createApiKey(ann, wishes, idempotency),
    (error) => error instanceof DomainError && error.code === "CONFLICT",
  );
  assert.equal((await people.apiKeys(ann)).length, 1);
});

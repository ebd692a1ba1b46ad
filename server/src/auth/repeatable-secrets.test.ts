import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { it } from "node:test";
import { createRepeatableSecrets } from "./repeatable-secrets.ts";

const kept = new Map([
  ["old", createSecretKey(Buffer.alloc(32, 1))],
  ["new", createSecretKey(Buffer.alloc(32, 2))],
]);
const signer = (kid: string) => ({ kid, key: kept.get(kid) ?? assert.fail() });
const secrets = createRepeatableSecrets({
  refreshSigner: () => signer("new"),
  refreshKey: (kid) => kept.get(kid) ?? null,
});

it("a repeatable secret is the same for the same key and purpose, and another for any other", () => {
  assert.equal(secrets.keyId(), "new");
  const secret = secrets.make("new", "rbk_", "a");
  assert.match(secret ?? "", /^rbk_[\w-]{43}$/);
  assert.equal(secrets.make("new", "rbk_", "a"), secret);
  assert.notEqual(secrets.make("new", "rbk_", "b"), secret);
  assert.notEqual(secrets.make("old", "rbk_", "a"), secret);
});

it("a repeatable secret cannot be made once its key is gone", () => {
  assert.equal(secrets.make("gone", "rbk_", "a"), null);
});

import assert from "node:assert/strict";
import { it } from "node:test";
import { Webhook } from "standardwebhooks";
import { createSecretBox } from "../auth/secret-box.ts";
import { systemSecrets } from "../auth/secrets.ts";
import { webhookSecret, webhookSecretPrefix } from "../domain/webhook.ts";
import { signedHeaders } from "./signing.ts";

it("a signature is the one that the specification of Standard Webhooks shows", () => {
  const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", atMs: 1_614_265_330_999, body: '{"test": 2432232314}' };
  assert.deepEqual(signedHeaders(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], message), {
    "webhook-id": message.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

it("a receiver with either secret verifies it by the published library while one takes over from the other", () => {
  const [one, other, third] = [1, 2, 3].map(() => webhookSecret(systemSecrets.create(webhookSecretPrefix)));
  const body = JSON.stringify({ type: "call.logged", data: { text: "é\u2028🙂" } });
  const headers = signedHeaders([one ?? "", other ?? ""], { id: "msg_1", atMs: Date.now(), body });
  for (const secret of [one, other])
    assert.deepEqual(new Webhook(secret ?? "").verify(body, headers), JSON.parse(body));
  assert.throws(() => new Webhook(third ?? "").verify(body, headers));
  assert.throws(() => new Webhook(one ?? "").verify(`${body} `, headers));
});

it("a secret is kept so that only what sealed it opens it, for what it belongs to", () => {
  const box = createSecretBox("a secret of thirty-two characters or more");
  const sealed = box.seal("whsec_x", "one");
  assert.doesNotMatch(sealed, /whsec_x/);
  assert.notEqual(sealed, box.seal("whsec_x", "one"));
  assert.equal(createSecretBox("a secret of thirty-two characters or more").open(sealed, "one"), "whsec_x");
  assert.equal(box.open(sealed, "other"), null);
  assert.equal(createSecretBox("another secret of thirty-two characters").open(sealed, "one"), null);
  assert.equal(createSecretBox("").open(sealed, "one"), null);
  assert.equal(box.open(`${sealed.slice(0, -2)}AA`, "one"), null);
  assert.equal(box.open(createSecretBox("").seal("whsec_y", "one"), "one"), "whsec_y", "kept before it was given");
});

import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { it } from "node:test";
import { createRepeatableSecrets } from "./repeatable-secrets.ts";
import { createSetupToken } from "./setup-token.ts";

/** A node whose keys are these, of which it signs with the last. */
function nodeWith(...kids: readonly string[]) {
  const key = (kid: string) => createSecretKey(Buffer.alloc(32, kid));
  return createRepeatableSecrets({
    refreshSigner: () => ({ kid: kids.at(-1) ?? "", key: key(kids.at(-1) ?? "") }),
    refreshKey: (kid) => (kids.includes(kid) ? key(kid) : null),
  });
}

it("the link that one node prints is good on another with its keys, for the same database, also after the keys were replaced", () => {
  const { text } = createSetupToken(nodeWith("a"), "epoch");
  assert.ok(createSetupToken(nodeWith("a"), "epoch").is(text));
  assert.ok(createSetupToken(nodeWith("a", "b"), "epoch").is(text));
  assert.ok(!createSetupToken(nodeWith("a"), "another").is(text));
  assert.ok(!createSetupToken(nodeWith("b"), "epoch").is(text));
});

it("nothing else is a token", () => {
  const token = createSetupToken(nodeWith("a"), "epoch");
  assert.ok(token.is(token.text));
  for (const text of ["", ".", "a", "a.", "b.x", `${token.text}x`, token.text.slice(0, -1), token.text.slice(1)]) {
    assert.ok(!token.is(text), text);
  }
});

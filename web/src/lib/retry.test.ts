import assert from "node:assert/strict";
import { it } from "node:test";
import { retryMs } from "./retry.ts";

it("waits as long as the server asks, whatever the failure", () => {
  assert.equal(retryMs({ code: "RATE_LIMITED", retryAfterMs: 12_000 }, 0.5), 12_000);
  assert.equal(retryMs({ code: "UNAVAILABLE", retryAfterMs: 1_000 }, 0.5), 1_000);
});

it("tries again between five and ten seconds after what passes by itself", () => {
  for (const code of ["NETWORK", "OVERLOADED", "TIMEOUT", "UNAVAILABLE"]) {
    assert.deepEqual(
      [0, 0.5, 1].map((random) => retryMs({ code, retryAfterMs: null }, random)),
      [5_000, 7_500, 10_000],
    );
  }
});

it("leaves alone what another try would not mend", () => {
  for (const code of ["FORBIDDEN", "BAD_USER_INPUT", "INTERNAL_SERVER_ERROR", "NOT_FOUND"]) {
    assert.equal(retryMs({ code, retryAfterMs: null }, 0.5), null);
  }
});

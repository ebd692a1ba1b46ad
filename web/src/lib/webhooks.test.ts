import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, it } from "node:test";
import {
  attemptText,
  deliveryStateNamed,
  kindGroups,
  kindsText,
  lookAgainMs,
  standingOf,
  typeText,
} from "./webhooks.ts";

const active = { state: "ACTIVE", disabledFor: null, failingSince: null, behind: 0 } as const;

describe("a webhook", () => {
  it("may be told of every kind of change that there is", () => {
    const schema = readFileSync(resolve(import.meta.dirname, "../../../schema.graphql"), "utf8");
    const [, kinds = ""] = /^enum ChangeKind \{(.*?)^\}/ms.exec(schema) ?? [];
    const named = Object.values(kindGroups).flatMap((labels) => Object.keys(labels));
    assert.deepEqual(named.toSorted(), [...kinds.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, kind]) => kind).toSorted());
  });

  it("is told of every change, or of the kinds that were chosen", () => {
    assert.equal(kindsText([]), "Every change");
    assert.equal(kindsText(["CALL_LOGGED", "NOTE_ADDED"]), "New call, Note added");
  });

  it("says how it stands, and what is to be done where it does not work", () => {
    assert.deepEqual(standingOf(active), { label: "Active", tone: "accent", advice: null });
    assert.equal(standingOf({ ...active, failingSince: "2026-01-01T00:00:00.000Z" }).label, "Failing");
    assert.match(standingOf({ ...active, state: "PAUSED", behind: 1_204 }).advice ?? "", /1,204 changes since\.$/);
    const disabled = (disabledFor: "GONE" | "FAILING") =>
      standingOf({ ...active, state: "DISABLED", disabledFor }).advice ?? "";
    assert.match(disabled("GONE"), /410 Gone/);
    assert.match(disabled("FAILING"), /five days/);
  });
});

describe("a delivery", () => {
  it("is named after what it tells", () => {
    assert.equal(typeText("call.archived"), "Call archived");
    assert.equal(typeText("webhook.test"), "Test event");
    assert.equal(typeText("call.invented"), "call.invented");
  });

  it("says what came of an attempt, in words for people", () => {
    const attempt = { statusCode: 200, durationMs: 34, error: null };
    assert.equal(attemptText(attempt), "200 in 34 ms");
    assert.equal(
      attemptText({ statusCode: 500, durationMs: 34, error: "status: The receiver answered 500." }),
      "500 in 34 ms",
    );
    assert.equal(
      attemptText({ statusCode: null, durationMs: 15_000, error: "timeout: Nothing came within 15 s." }),
      "No answer in 15.0 s: Nothing came within 15 s.",
    );
  });

  it("is looked at again while it waits, often where something is to come soon", () => {
    const waiting = { state: "WAITING", nextAttemptAt: "2026-01-01T00:00:00.000Z" } as const;
    const at = Date.parse(waiting.nextAttemptAt);
    assert.equal(lookAgainMs(waiting, at - 5_000), 1_000);
    assert.equal(lookAgainMs(waiting, at - 3_600_000), 15_000);
    assert.equal(lookAgainMs({ state: "FAILED", nextAttemptAt: null }, at), null);
  });

  it("has a state that the URL names", () => {
    assert.equal(deliveryStateNamed("failed"), "FAILED");
    assert.equal(deliveryStateNamed("other"), null);
    assert.equal(deliveryStateNamed(undefined), null);
  });
});

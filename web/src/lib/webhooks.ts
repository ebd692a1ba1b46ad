import { countOf } from "./format.ts";

/** What a webhook may be told of, by what it is about, as people call it. */
export const kindGroups = {
  Calls: {
    CALL_LOGGED: "New call",
    CALL_UPDATED: "Call updated",
    CALL_ARCHIVED: "Call archived",
    CALL_UNARCHIVED: "Call restored",
    CALL_ASSIGNED: "Call assigned",
    CALL_UNASSIGNED: "Call unassigned",
    CALL_RETURNED: "Call returned",
    CALL_UNRETURNED: "Call no longer returned",
    CALL_DELETED: "Call deleted",
  },
  Notes: {
    NOTE_ADDED: "Note added",
    NOTE_EDITED: "Note edited",
    NOTE_DELETED: "Note deleted",
    NOTE_RESTORED: "Note restored",
  },
  Tags: {
    TAG_ADDED: "Tag added",
    TAG_REMOVED: "Tag removed",
  },
} as const;

const kindLabels: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(kindGroups));

/** What a webhook is told of: `Every change`, `New call, Note added`. */
export function kindsText(kinds: readonly string[]): string {
  return kinds.length === 0 ? "Every change" : kinds.map((kind) => kindLabels[kind] ?? kind).join(", ");
}

/** What a delivery is about, of the type that its payload names: `call.archived` is `Call archived`. */
export function typeText(type: string): string {
  if (type === "webhook.test") return "Test event";
  if (type === "log.gap") return "Gap";
  return kindLabels[type.toUpperCase().replace(".", "_")] ?? type;
}

type Standing = {
  readonly state: "ACTIVE" | "PAUSED" | "DISABLED";
  readonly disabledFor: "GONE" | "FAILING" | null;
  readonly failingSince: string | null;
  readonly behind: number;
};

/** How a webhook is called by its state, in which tone; and where something is to be known or done about it, what. */
export function standingOf({ state, disabledFor, failingSince, behind }: Standing): {
  readonly label: string;
  readonly tone: "neutral" | "accent" | "warn" | "bad";
  readonly advice: string | null;
} {
  if (state === "PAUSED") {
    const kept = behind === 0 ? "" : ` ${countOf(behind, "change")} since.`;
    const advice = `Nothing is sent. What happens meanwhile is kept, and sent once you resume it.${kept}`;
    return { label: "Paused", tone: "neutral", advice };
  }
  if (state === "DISABLED") {
    const advice =
      disabledFor === "GONE"
        ? "The receiver answered 410 Gone: it wants to hear nothing more. If it has moved, change the address; then resume."
        : "Nothing went through for five days. Set the receiver right and send a test event; then resume, and nothing is left out.";
    return { label: "Disabled", tone: "bad", advice };
  }
  if (failingSince !== null) {
    const advice =
      "Nothing goes through at present. It is tried again by itself, less and less often; after five days the webhook is disabled.";
    return { label: "Failing", tone: "warn", advice };
  }
  return { label: "Active", tone: "accent", advice: null };
}

/** How a delivery stands: how it is called, in which tone, and what it means. */
export const deliveryStates = {
  WAITING: { label: "Waiting", tone: "neutral", meaning: "It will be sent, or sent again." },
  DELIVERED: { label: "Delivered", tone: "accent", meaning: "The receiver answered with 2xx." },
  FAILED: { label: "Failed", tone: "bad", meaning: "It is not tried again unless you resend it." },
} as const;

/** The tone of a delivery: one that waits after a try in vain is no longer like any other. */
export function toneOf({ state, attempts }: { readonly state: DeliveryState; readonly attempts: readonly unknown[] }) {
  return state === "WAITING" && attempts.length > 0 ? "warn" : deliveryStates[state].tone;
}

export type DeliveryState = keyof typeof deliveryStates;

/** The state that a text of the URL names; null for all. */
export function deliveryStateNamed(text: string | undefined): DeliveryState | null {
  const name = (text ?? "").toUpperCase();
  return Object.hasOwn(deliveryStates, name) ? (name as DeliveryState) : null;
}

type Attempt = {
  readonly statusCode: number | null;
  readonly durationMs: number;
  readonly error: string | null;
};

/** What came of an attempt: `200 in 34 ms`, `No answer in 15.0 s: Nothing came within 15 s.` */
export function attemptText({ statusCode, durationMs, error }: Attempt): string {
  const took = `in ${durationMs < 1_000 ? `${durationMs} ms` : `${(durationMs / 1_000).toFixed(1)} s`}`;
  const answer = `${statusCode ?? "No answer"} ${took}`;
  // A status that is no success says all there is.
  return error === null || error.startsWith("status: ") ? answer : `${answer}: ${problemText(error)}`;
}

/** The sentence of a problem, which begins with a word for programs: `timeout: Nothing came within 15 s.` */
export function problemText(error: string): string {
  return error.replace(/^[a-z]+: /, "");
}

/** Soon enough that somebody who looks at it waits for it. */
const soonMs = 60_000;

/** How often a delivery is looked at again while somebody looks at it; null where it is at its end. */
export function lookAgainMs(
  { state, nextAttemptAt }: { readonly state: DeliveryState; readonly nextAttemptAt: string | null },
  nowMs: number,
): number | null {
  if (state !== "WAITING") return null;
  return nextAttemptAt !== null && Date.parse(nextAttemptAt) - nowMs > soonMs ? 15_000 : 1_000;
}

import type { CallFacts, MissReason } from "./source.ts";

/** How a call went as one source tells it. What the source did not say is null. */
export type CallLeg = {
  readonly sourceId: string;
  readonly startedAtMs: number | null;
  /** When a person took it. */
  readonly answeredAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Until it was taken, or until it ended when nobody took it. */
  readonly ringMs: number | null;
  /** From being taken to the end. */
  readonly talkMs: number | null;
  readonly missReason: MissReason | null;
};

/** The leg that the folded facts of a call describe. Times that contradict each other are left out, never below zero. */
export function legOf(sourceId: string, facts: CallFacts): CallLeg {
  const { startedAtMs, durationMs, callType } = facts;
  const answeredAtMs = facts.answeredAtMs ?? null;
  const endedAtMs = facts.endedAtMs ?? (startedAtMs === null || durationMs === null ? null : startedAtMs + durationMs);
  const isUnanswered = callType === "missed" && answeredAtMs === null;
  return {
    sourceId,
    startedAtMs,
    answeredAtMs,
    endedAtMs,
    ringMs: isUnanswered ? (span(startedAtMs, endedAtMs) ?? durationMs) : span(startedAtMs, answeredAtMs),
    talkMs: span(answeredAtMs, endedAtMs),
    missReason: isUnanswered ? (facts.missReason ?? null) : null,
  };
}

const missTexts: Record<MissReason, string> = {
  "no-answer": "nobody picked up",
  "caller-hung-up": "caller hung up",
  busy: "busy",
  rejected: "rejected",
  failed: "could not be put through",
};

/** Why the call was missed in words, such as "nobody picked up, 18 s"; null where the source did not say. */
export function missText({ missReason, ringMs }: CallLeg): string | null {
  if (missReason === null) return null;
  const hasRung = ringMs !== null && (missReason === "no-answer" || missReason === "caller-hung-up");
  return hasRung ? `${missTexts[missReason]}, ${Math.round(ringMs / 1_000)} s` : missTexts[missReason];
}

function span(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null || toMs < fromMs ? null : toMs - fromMs;
}

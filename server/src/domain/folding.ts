import type { CallType, NewCall } from "./call.ts";
import type { CallFacts } from "./source.ts";

const rank: Record<CallType, number> = { missed: 0, answered: 1, voicemail: 2 };

/**
 * Joins what two deliveries say about one call. Free of order: minimum start, maximum end, longest stated duration,
 * highest call type (missed, answered, voicemail); for the rest a missing value never overwrites a present one, and of
 * two present ones the smaller text wins, so that any order of any number of deliveries folds to the same facts.
 */
export function foldFacts(a: CallFacts, b: CallFacts): CallFacts {
  const answeredAtMs = pick(a.answeredAtMs ?? null, b.answeredAtMs ?? null, Math.min);
  const missReason = pick(a.missReason ?? null, b.missReason ?? null, smaller);
  return {
    direction: pick(a.direction, b.direction, smaller),
    from: pick(a.from, b.from, smaller),
    to: pick(a.to, b.to, smaller),
    via: pick(a.via, b.via, smaller),
    startedAtMs: pick(a.startedAtMs, b.startedAtMs, Math.min),
    endedAtMs: pick(a.endedAtMs, b.endedAtMs, Math.max),
    durationMs: pick(a.durationMs, b.durationMs, Math.max),
    callType: pick(a.callType, b.callType, (x, y) => (rank[x] >= rank[y] ? x : y)),
    isArchived: pick(a.isArchived, b.isArchived, (x, y) => x || y),
    ...(answeredAtMs === null ? {} : { answeredAtMs }),
    ...(missReason === null ? {} : { missReason }),
    notes: [...a.notes, ...notesBeyond(b.notes, a.notes)].toSorted(),
  };
}

/**
 * The call that folded facts describe. What is still unknown is shown as: inbound, empty numbers, missed, and
 * `receivedAtMs` (when the first delivery came) as the time.
 */
export function callFromFacts(facts: CallFacts, receivedAtMs: number): NewCall {
  const startedAtMs = facts.startedAtMs ?? receivedAtMs;
  const spanMs = facts.endedAtMs === null || facts.startedAtMs === null ? 0 : facts.endedAtMs - facts.startedAtMs;
  const direction = facts.direction ?? "inbound";
  const from = facts.from ?? "";
  const to = facts.to ?? "";
  return {
    direction,
    from,
    to,
    via: facts.via ?? (direction === "inbound" ? to : from),
    durationMs: facts.durationMs ?? Math.max(0, spanMs),
    callType: facts.callType ?? "missed",
    isArchived: facts.isArchived ?? false,
    createdAtMs: startedAtMs,
    notes: facts.notes,
  };
}

/**
 * The notes of a delivery that its call has not had from the source yet, in their order. The same words twice in one
 * delivery are two notes (two people wrote "no answer"); the same words in two deliveries are the same notes told again.
 */
export function notesBeyond(said: readonly string[], known: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const content of known) left.set(content, (left.get(content) ?? 0) + 1);
  return said.filter((content) => {
    const count = left.get(content) ?? 0;
    left.set(content, count - 1);
    return count <= 0;
  });
}

function pick<T>(a: T | null, b: T | null, join: (a: T, b: T) => T): T | null {
  if (a === null) return b;
  return b === null ? a : join(a, b);
}

function smaller<T extends string>(a: T, b: T): T {
  return a <= b ? a : b;
}

import type { CallOutcome } from "../domain/call.ts";

/** One call of the kept answer of a write to many calls. */
export type KeptOutcome = readonly [
  callId: number,
  outcome: CallOutcome["outcome"],
  revision: number,
  snapshot: string | null,
];

/** The kept answer of a write to many calls, JSON of {@link KeptOutcome}s, with these calls as if there had been none of their ids. */
export function withoutCalls(outcomes: string, callIds: ReadonlySet<number>): string {
  const kept = JSON.parse(outcomes) as readonly KeptOutcome[];
  if (!kept.some(([callId]) => callIds.has(callId))) return outcomes;
  return JSON.stringify(kept.map((one) => (callIds.has(one[0]) ? [one[0], "not-found", 0, null] : one)));
}

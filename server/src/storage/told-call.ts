import type { Call } from "../domain/call.ts";
import { callFromFacts } from "../domain/folding.ts";
import type { CallFacts } from "../domain/source.ts";

/** The call as the facts have it; the very same object where they alter nothing. What people set stays. */
export function toldCall(before: Call, facts: CallFacts, firstReceivedAtMs: number): Call {
  const { notes: _, isArchived: __, ...told } = callFromFacts(facts, firstReceivedAtMs);
  const after: Call = { ...before, ...told };
  const keys = Object.keys(told) as (keyof typeof told)[];
  return keys.every((key) => after[key] === before[key]) ? before : after;
}

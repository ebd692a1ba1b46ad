import type { Call, Direction } from "./call.ts";
import { numberKey } from "./number-key.ts";

/** The later call that settled a missed one. */
export type CallReturn = {
  /** `called-back`: somebody of ours called the number, whatever came of it; `got-through`: the caller was answered. */
  readonly by: "called-back" | "got-through";
  readonly callId: number;
  /** When that call was made: milliseconds since the epoch. */
  readonly atMs: number;
};

/** Null for a call that needs no return: see {@link wantsReturn}. */
export type ReturnState = CallReturn | "waiting" | null;

type Ends = { readonly direction: Direction; readonly from: string; readonly to: string };

/** The number of the other end as it was dialled or sent: of the caller of an inbound call, the called of an outbound one. */
export function otherText({ direction, from, to }: Ends): string {
  return direction === "inbound" ? from : to;
}

/** The key of the other end's number; null when withheld. @param keyOf reads it in the country of the call's source; the text alone when left out */
export function otherKey(ends: Ends, keyOf: (text: string) => string | null = numberKey): string | null {
  return keyOf(otherText(ends));
}

/** Whether somebody has to call back, or did: a missed call or voicemail from a number that was not withheld. */
export function wantsReturn(call: Ends & Pick<Call, "callType">): boolean {
  return !settles(call) && otherKey(call) !== null;
}

/** Whether the call settles the missed calls of its other number before it: somebody of ours called, or the caller got through. */
export function settles({ direction, callType }: Pick<Call, "direction" | "callType">): boolean {
  return direction === "outbound" || callType === "answered";
}

/** How a call of this direction settles. */
export function returnedBy(direction: Direction): CallReturn["by"] {
  return direction === "outbound" ? "called-back" : "got-through";
}

export function sameState(a: ReturnState, b: ReturnState): boolean {
  if (a === b) return true;
  if (a === null || b === null || a === "waiting" || b === "waiting") return false;
  return a.callId === b.callId && a.atMs === b.atMs && a.by === b.by;
}

/** What was missed and what became of it. */
export type ReturnFigures = {
  /** Calls that want a return, or had one. */
  readonly missed: number;
  /** Those of them that still wait. */
  readonly unreturned: number;
  readonly returned: number;
  /** Of the times from a call to its return, in milliseconds, the one in the middle (of two the mean); null where none was returned. */
  readonly medianAfterMs: number | null;
  /** False when the look at the calls was ended at its bound: the counts are then at least these, the median that of the newest. */
  readonly isExact: boolean;
  /** How many calls were looked at one by one. */
  readonly scanned: number;
};

/** The newest missed calls that a median is taken of, at most. */
export const medianCallsMax = 5_000;

/** The one in the middle; null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

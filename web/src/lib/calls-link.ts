import type { Days } from "./insights.ts";

/** Calls that a figure or a mark counts. */
export type CountedCalls = {
  readonly days?: Days;
  readonly line?: string | undefined;
  /** Calls to us that nobody answered. */
  readonly isMissed?: boolean;
  readonly types?: "voicemail" | "missed,voicemail";
  /** Only those that are not archived. */
  readonly isOpen?: boolean;
  /** `nobody`, or the id of who takes care of them. */
  readonly who?: string;
  /** Missed calls and voicemails that wait for a call back; false for those that were returned or need none. */
  readonly isUnreturned?: boolean;
  /** An hour of a day of the week, 1 being Monday. */
  readonly slot?: { readonly weekday: number; readonly hour: number };
};

/** The address of the list of exactly those calls. */
export function callsLink({ days, line, isMissed, types, isOpen, who, isUnreturned, slot }: CountedCalls): string {
  const search: [string, string | undefined][] = [
    ["from", days?.from],
    ["to", days?.to],
    ["line", line],
    ["type", isMissed === true ? "missed" : types],
    ["direction", isMissed === true || isUnreturned === false ? "inbound" : undefined],
    ["archived", isOpen === true ? "no" : undefined],
    ["who", who],
    ["unreturned", isUnreturned === undefined ? undefined : isUnreturned ? "yes" : "no"],
    ["hour", slot && `${slot.weekday}-${String(slot.hour).padStart(2, "0")}`],
  ];
  const pairs = search.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `/all?${new URLSearchParams(pairs).toString()}`;
}

import type { Days } from "./insights.ts";

/** Calls that a figure or a mark counts. */
export type CountedCalls = {
  readonly days?: Days;
  readonly line?: string | undefined;
  /** Calls to us that nobody answered. */
  readonly isMissed?: boolean;
  readonly type?: "voicemail";
  /** Only those that are not archived. */
  readonly isOpen?: boolean;
  /** An hour of a day of the week, 1 being Monday. */
  readonly slot?: { readonly weekday: number; readonly hour: number };
};

/** The address of the list of exactly those calls. */
export function callsLink({ days, line, isMissed, type, isOpen, slot }: CountedCalls): string {
  const search: [string, string | undefined][] = [
    ["from", days?.from],
    ["to", days?.to],
    ["line", line],
    ["type", isMissed === true ? "missed" : type],
    ["direction", isMissed === true ? "inbound" : undefined],
    ["archived", isOpen === true ? "no" : undefined],
    ["hour", slot && `${slot.weekday}-${String(slot.hour).padStart(2, "0")}`],
  ];
  const pairs = search.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `/all?${new URLSearchParams(pairs).toString()}`;
}

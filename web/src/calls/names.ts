import type { CallRowFragment } from "../api/calls.gen.ts";
import { lineName, numberText } from "../lib/phone.ts";

type Sides = Pick<CallRowFragment, "direction" | "from" | "to" | "fromNumber" | "toNumber">;

/** The other side of a call: who called us, or whom we called. */
export function otherSide({ direction, from, to }: Pick<CallRowFragment, "direction" | "from" | "to">): string {
  return direction === "outbound" ? to : from;
}

/** The number of the other side, to read by. */
export function otherNumber(call: Sides): string {
  return numberText(otherSide(call), call.direction === "outbound" ? call.toNumber : call.fromNumber);
}

/** Who the other side is: the contact that has the number, else the number. */
export function nameOf(call: Sides & Pick<CallRowFragment, "contact">): string {
  return call.contact?.name ?? otherNumber(call);
}

/** Our line, which is mostly one of the two numbers. */
export function lineText({
  via,
  from,
  to,
  fromNumber,
  toNumber,
}: Pick<CallRowFragment, "via" | "from" | "to" | "fromNumber" | "toNumber">): string {
  return via === "" ? "" : lineName(via, via === to ? toNumber : via === from ? fromNumber : null);
}

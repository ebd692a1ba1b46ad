import { z } from "zod";
import type { CallFacts } from "../domain/source.ts";
import { readInstant } from "./instant.ts";
import { deliveryOf, quoted, readKey, type Reading, type Received } from "./reading.ts";

/** A CDR, as it is described to others; {@link readKamailioCdr} reads one that is not quite so, too. */
export const kamailioCdrShape = z
  .looseObject({ call_id: z.string().describe("The SIP Call-ID.") })
  .meta({ id: "KamailioCdr", description: "A CDR of the shipped configuration of Kamailio: an object of texts." });

/**
 * Reads a CDR as Kamailio's acc_json module writes it (CDR mode) under the configuration in `docs/sources/kamailio`: one JSON
 * object of texts for each dialog, confirmed or failed. Kamailio's own fields are `start_time`, `end_time` (seconds since the
 * epoch with a fraction) and `duration` (seconds); the rest is the configuration's `cdr_extra`.
 *
 * `duration` leaves out the ringing, and the record of a call that nobody answered starts and ends with the INVITE. So the call
 * was made at `started` (the INVITE) and lasted until `end_time`, or until `ended` (when ringing came to nothing) if that is later.
 *
 * The call is the SIP Call-ID. The delivery is Call-ID, From tag and CSeq: a caller who is challenged by the trunk tries again under
 * the same Call-ID and tag with the next CSeq, and both attempts have a CDR. Records that are no call of the inbox (`direction` is
 * `internal`, `call_type` is `challenged`, or nothing tells the call) are kept as they are and say why.
 */
export function readKamailioCdr(received: Received): Reading {
  const { value } = received;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, problem: `A CDR is a JSON object, not ${quoted(value)}.`, field: "cdr" };
  }
  const cdr = value as Readonly<Record<string, unknown>>;
  const callId = readKey(cdr["call_id"]);
  if (callId === null)
    return ignored(received, "", "There is no usable call_id: is this a CDR of the shipped configuration?");
  if (cdr["direction"] === "internal") return ignored(received, callId, "A call between our own people.");
  if (cdr["call_type"] === "challenged") {
    return ignored(received, callId, "The caller was asked to authenticate; the attempt that follows is the call.");
  }

  const remarks: string[] = [];
  const startedAtMs = readSeconds(cdr, "started", remarks) ?? readSeconds(cdr, "start_time", remarks);
  const ends = [readSeconds(cdr, "end_time", remarks), readSeconds(cdr, "ended", remarks)].filter(
    (end) => end !== null,
  );
  // Kamailio's own times are cut to milliseconds and taken a moment apart: an end may lie before the start by one.
  const endedAtMs = ends.length === 0 ? null : Math.max(startedAtMs ?? 0, ...ends);
  const callType = readWord(cdr, "call_type", ["answered", "missed", "voicemail"], remarks);
  // The record starts when the dialog was confirmed; without the time of the INVITE beside it that says nothing.
  const answeredAtMs = callType === "answered" && !isUnset(cdr["started"]) ? readSeconds(cdr, "start_time", []) : null;
  const facts: CallFacts = {
    direction: readWord(cdr, "direction", ["inbound", "outbound"], remarks),
    from: readNumber(cdr, "from", remarks),
    to: readNumber(cdr, "to", remarks),
    via: readNumber(cdr, "via", remarks),
    startedAtMs,
    endedAtMs,
    durationMs: startedAtMs === null || endedAtMs === null ? null : endedAtMs - startedAtMs,
    callType,
    isArchived: null,
    ...(answeredAtMs === null ? {} : { answeredAtMs }),
    notes: [],
  };
  const delivery = deliveryOf(received, { group: callId, delivery: deliveryKey(callId, cdr) }, { facts });
  return { ok: true, delivery, remarks };
}

function ignored(received: Received, group: string, problem: string): Reading {
  const cdr = received.value as Readonly<Record<string, unknown>>;
  const delivery = deliveryOf(
    received,
    { group, delivery: group === "" ? null : deliveryKey(group, cdr) },
    { problem },
  );
  return { ok: true, delivery, remarks: [] };
}

/** Null where the parts together are longer than a key may be: the digest of the content identifies the delivery then. */
function deliveryKey(callId: string, cdr: Readonly<Record<string, unknown>>): string | null {
  const parts = [callId, cdr["from_tag"], cdr["cseq"]].filter((part) => typeof part === "string");
  return readKey(parts.join(";"));
}

/** Seconds since the epoch with a fraction, as text: milliseconds, those beyond cut. */
function readSeconds(cdr: Readonly<Record<string, unknown>>, field: string, remarks: string[]): number | null {
  const value = cdr[field];
  if (isUnset(value)) return null;
  const match = typeof value === "string" ? /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(value) : null;
  const ms = match === null ? null : Number(match[1]) * 1_000 + Number((match[2] ?? "").padEnd(3, "0").slice(0, 3));
  const instant = readInstant(ms);
  if (instant === null) remarks.push(`Left out: ${field} must be seconds since 1970, not ${quoted(value)}.`);
  return instant;
}

/** What acc_json writes in the place of a text that is not UTF-8. */
const notUtf8 = "NON-UTF8";

/** As the SIP message had it (user part of the URI), `anonymous` included. */
function readNumber(cdr: Readonly<Record<string, unknown>>, field: string, remarks: string[]): string | null {
  const value = cdr[field];
  if (isUnset(value) || value === notUtf8) return null;
  if (
    typeof value === "string" &&
    value.length <= 256 &&
    value.isWellFormed() &&
    !/[\u0000-\u001f\u007f]/.test(value)
  ) {
    return value;
  }
  remarks.push(`Left out: ${field} must be printable text of at most 256 characters, not ${quoted(value)}.`);
  return null;
}

function readWord<const Word extends string>(
  cdr: Readonly<Record<string, unknown>>,
  field: string,
  words: readonly Word[],
  remarks: string[],
): Word | null {
  const value = cdr[field];
  if (isUnset(value)) return null;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) remarks.push(`Left out: ${field} must be ${words.join(" or ")}, not ${quoted(value)}.`);
  return word ?? null;
}

/** A dialog variable that was never set: null, empty, or the text that Kamailio writes for its null value. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === "<null>";
}

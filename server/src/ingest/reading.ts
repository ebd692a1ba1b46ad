import { hash } from "node:crypto";
import type { CallFacts, Delivery } from "../domain/source.ts";
import { canonicalJson } from "./canonical-json.ts";

/**
 * What a mapper made of one thing that a source sent. `ok: false` means that it cannot even be told which call it is about:
 * it is refused, and `problem` is a sentence for whoever sent it. `remarks` are sentences about what could not be read.
 */
export type Reading =
  | { readonly ok: true; readonly delivery: Delivery; readonly remarks: readonly string[] }
  | { readonly ok: false; readonly problem: string; readonly field: string };

/** One thing that a source sent, parsed, with what is known from around it. */
export type Received = {
  readonly value: unknown;
  /** The text as it came, to be kept; without it, the value as canonical JSON. */
  readonly raw?: string | undefined;
  /** The sender's own key for this delivery, where it gave one beside the content. */
  readonly deliveryKey?: string | null | undefined;
};

/** Reads one format. Pure: the same input gives the same reading, so kept deliveries can be mapped again. */
export type Mapper = (received: Received) => Reading;

/** Longest key of a call or a delivery, in UTF-16 code units. */
export const keyLengthMax = 200;

/** A source's key for a call or a delivery as text, or null when it is not usable as one (see {@link keyRule}). */
export function readKey(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null;
  if (typeof value !== "string" || value.length > keyLengthMax || value.trim() === "") return null;
  return value.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(value) ? value : null;
}

export const keyRule = `must be a text of 1 to ${keyLengthMax} characters or a whole number below 2^53`;

/**
 * The delivery of a value. Its digest is the SHA-256 of the content with keys in order, so that a resend which only
 * differs in spacing is the same content; where neither the sender nor the format has a key, the digest is the key too.
 */
export function deliveryOf(
  received: Received,
  keys: { readonly group: string; readonly delivery: string | null },
  read: { readonly facts: CallFacts } | { readonly problem: string },
): Delivery {
  const canonical = canonicalJson(received.value);
  const digest = hash("sha256", canonical);
  return {
    deliveryKey: received.deliveryKey ?? keys.delivery ?? `sha256:${digest}`,
    groupKey: keys.group,
    raw: received.raw ?? canonical,
    digest,
    facts: "facts" in read ? read.facts : null,
    problem: "problem" in read ? read.problem : null,
  };
}

/** A value in a sentence: short, and on one line. */
export function quoted(value: unknown): string {
  const text =
    typeof value === "object" && value !== null ? canonicalJson(value) : (JSON.stringify(value) ?? "nothing");
  return text.length <= 80 ? text : `${text.slice(0, 79).toWellFormed()}…`;
}

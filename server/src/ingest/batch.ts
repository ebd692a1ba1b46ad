import { DomainError } from "../domain/errors.ts";
import { nestsDeeperThan } from "./nesting.ts";

/** `json`: one object, or an array of them. `ndjson`: one JSON value a line, empty lines skipped (ndjson.org). */
export type BatchFormat = "json" | "ndjson";

/** One thing of a body with its place there, counted from 1: the line, or the position in the array. */
export type BatchItem =
  | { readonly line: number; readonly raw: string; readonly value: unknown }
  | { readonly line: number; readonly problem: string };

export const arrayItemsMax = 1_000;
export const linesMax = 10_000;

/** Deepest nesting of a body; no format of a call needs more than a few levels. */
const depthMax = 64;

/**
 * Takes a body apart. A line that is not JSON is a problem of that line alone; a JSON document that cannot be parsed is one
 * of the whole body. `raw` is the text as it came, except for items of an array, which are written again.
 * @throws DomainError BAD_REQUEST for bytes that are not UTF-8, for text that is not JSON and for nesting beyond 64 levels;
 *   PAYLOAD_TOO_LARGE for more than 1,000 items in an array or 10,000 lines.
 */
export function splitBatch(
  bytes: Uint8Array,
  format: BatchFormat,
): { readonly isSingle: boolean; readonly items: readonly BatchItem[] } {
  const text = decode(bytes);
  return format === "ndjson" ? { isSingle: false, items: splitLines(text) } : splitDocument(text);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DomainError("BAD_REQUEST", "The body is not UTF-8.", { cause: error });
  }
}

function splitLines(text: string): readonly BatchItem[] {
  const items: BatchItem[] = [];
  let line = 0;
  for (const raw of text.split(/\r?\n/)) {
    line += 1;
    if (raw.trim() === "") continue;
    if (items.length === linesMax) throw tooMany(`${linesMax} lines`);
    try {
      items.push({ line, raw, value: parse(raw) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      items.push({ line, problem: error.message.replace("body", "line") });
    }
  }
  return items;
}

function splitDocument(text: string): { readonly isSingle: boolean; readonly items: readonly BatchItem[] } {
  const document = parse(text);
  if (!Array.isArray(document)) return { isSingle: true, items: [{ line: 1, raw: text, value: document }] };
  if (document.length > arrayItemsMax) throw tooMany(`${arrayItemsMax} calls in an array`);
  const items = document.map((value: unknown, index) => ({ line: index + 1, raw: JSON.stringify(value), value }));
  return { isSingle: false, items };
}

function parse(text: string): unknown {
  if (nestsDeeperThan(text, depthMax)) {
    throw new DomainError("BAD_REQUEST", `The body nests deeper than ${depthMax} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DomainError("BAD_REQUEST", "The body is not JSON.", { cause: error });
  }
}

function tooMany(limit: string): DomainError {
  return new DomainError("PAYLOAD_TOO_LARGE", `The body has more than ${limit}; send it in parts.`);
}

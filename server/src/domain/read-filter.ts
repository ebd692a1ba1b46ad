import type { CallType, Direction } from "./call.ts";
import { readCallId } from "./call-id.ts";
import { readNumberSearch } from "./digits.ts";
import { DomainError } from "./errors.ts";
import type { CallFilter } from "./filter.ts";
import { readInstant } from "./read-instant.ts";
import { wordsOf } from "./words.ts";

/** A filter as clients write it. What is missing or null asks for nothing; all that is given has to hold. */
export type CallFilterInput = {
  readonly and?: readonly CallFilterInput[] | null | undefined;
  readonly or?: readonly CallFilterInput[] | null | undefined;
  readonly not?: CallFilterInput | null | undefined;
  readonly ids?: readonly string[] | null | undefined;
  readonly direction?: readonly Direction[] | null | undefined;
  readonly type?: readonly CallType[] | null | undefined;
  readonly archived?: boolean | null | undefined;
  readonly line?: readonly string[] | null | undefined;
  readonly number?: string | null | undefined;
  readonly created?:
    | { readonly from?: string | null | undefined; readonly before?: string | null | undefined }
    | null
    | undefined;
  readonly duration?:
    | { readonly min?: number | null | undefined; readonly max?: number | null | undefined }
    | null
    | undefined;
  readonly hasNotes?: boolean | null | undefined;
  readonly tag?: readonly string[] | null | undefined;
  readonly assignee?: readonly (string | null)[] | null | undefined;
  readonly unread?: boolean | null | undefined;
  readonly unreturned?: boolean | null | undefined;
  readonly text?: string | null | undefined;
};

/** Sizes above which a filter is refused. */
export const filterLimits = {
  /** Filters within filters. */
  depth: 5,
  /** Conditions in all. */
  conditions: 50,
  /** Values of one list. */
  values: 100,
  /** Ids of calls: as many as are archived by their ids at once. */
  ids: 1_000,
  /** UTF-16 units of a text to look for. */
  textLength: 200,
  /** Words to look for at once. */
  words: 10,
} as const;

/**
 * The filter that a client means; null when it lets every call through.
 * @param readerId the person who asks; null where nobody's unread calls can be asked for
 * @throws DomainError BAD_USER_INPUT naming the field at fault.
 */
export function readCallFilter(
  input: CallFilterInput | null | undefined,
  readerId: string | null = null,
): CallFilter | null {
  if (input == null) return null;
  let conditions = 0;
  const filter = readOne(input, 1);
  return filter.kind === "and" && filter.of.length === 0 ? null : filter;

  function readOne(given: CallFilterInput, depth: number): CallFilter {
    if (depth > filterLimits.depth) throw refusal("filter", `must not be nested deeper than ${filterLimits.depth}`);
    const parts: CallFilter[] = [];
    if (given.and != null) parts.push(...list("and", given.and).map((part) => readOne(part, depth + 1)));
    if (given.or != null) parts.push({ kind: "or", of: list("or", given.or).map((part) => readOne(part, depth + 1)) });
    if (given.not != null) parts.push({ kind: "not", of: readOne(given.not, depth + 1) });
    if (given.ids != null) parts.push({ kind: "id", in: list("ids", given.ids, filterLimits.ids).flatMap(callIds) });
    if (given.direction != null) parts.push({ kind: "direction", in: list("direction", given.direction) });
    if (given.type != null) parts.push({ kind: "type", in: list("type", given.type) });
    if (given.archived != null) parts.push({ kind: "archived", is: given.archived });
    if (given.line != null)
      parts.push({ kind: "line", in: list("line", given.line).map((line) => storable("line", line)) });
    if (given.number != null) parts.push({ kind: "number", anyOf: readNumberSearch(given.number) });
    if (given.created != null) parts.push(readCreated(given.created));
    if (given.duration != null) parts.push(readDuration(given.duration));
    if (given.hasNotes != null) parts.push({ kind: "hasNotes", is: given.hasNotes });
    if (given.tag != null) parts.push({ kind: "tag", in: list("tag", given.tag).map((tag) => storable("tag", tag)) });
    if (given.assignee != null) parts.push({ kind: "assignee", in: list("assignee", given.assignee).map(userId) });
    if (given.unread != null) parts.push(readUnread(given.unread, readerId));
    if (given.unreturned != null) parts.push({ kind: "unreturned", is: given.unreturned });
    if (given.text != null) parts.push({ kind: "text", words: readWords(given.text) });
    conditions += Math.max(parts.length, 1);
    if (conditions > filterLimits.conditions) {
      throw refusal("filter", `must not have more than ${filterLimits.conditions} conditions`);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: "and", of: parts };
  }
}

/** @throws DomainError BAD_USER_INPUT for none (does it mean all or nothing?) and for too many. */
function list<T>(field: string, values: readonly T[], valuesMax: number = filterLimits.values): readonly T[] {
  if (values.length === 0) throw refusal(field, "must not be an empty list: leave it out instead");
  if (values.length > valuesMax) throw refusal(field, `must not have more than ${valuesMax} values`);
  return values;
}

function storable(field: string, text: string): string {
  if (text.length > 256 || text.includes("\u0000") || !text.isWellFormed()) throw refusal(field, `is no ${field}`);
  return text;
}

/** None for what can be the id of no call. */
function callIds(id: string): readonly number[] {
  const callId = readCallId(id);
  return callId === null ? [] : [callId];
}

function userId(id: string | null): string | null {
  if (id === "") throw refusal("assignee", "takes ids of users, and null for nobody");
  return id === null ? null : storable("assignee", id);
}

function readUnread(is: boolean, readerId: string | null): CallFilter {
  if (readerId !== null) return { kind: "unread", userId: readerId, is };
  throw refusal("unread", "is different for each person: changes and programs cannot be asked for it");
}

function readWords(text: string): readonly string[] {
  if (text.length > filterLimits.textLength) {
    throw refusal("text", `must have at most ${filterLimits.textLength} characters`);
  }
  const words = [...new Set(wordsOf(text))];
  if (words.length === 0) throw refusal("text", "needs a letter or a digit");
  if (words.length > filterLimits.words) throw refusal("text", `must have at most ${filterLimits.words} words`);
  return words;
}

function readCreated({ from, before }: NonNullable<CallFilterInput["created"]>): CallFilter {
  return {
    kind: "created",
    fromMs: from == null ? Number.MIN_SAFE_INTEGER : readInstant("created", from),
    beforeMs: before == null ? Number.MAX_SAFE_INTEGER : readInstant("created", before),
  };
}

function readDuration({ min, max }: NonNullable<CallFilterInput["duration"]>): CallFilter {
  for (const [field, value] of [
    ["min", min],
    ["max", max],
  ] as const) {
    if (value != null && !(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
      throw refusal(`duration.${field}`, "must be milliseconds from 0 below 2^53");
    }
  }
  return { kind: "duration", minMs: Math.ceil(min ?? 0) + 0, maxMs: Math.floor(max ?? Number.MAX_SAFE_INTEGER) + 0 };
}

function refusal(field: string, problem: string): DomainError {
  return new DomainError("BAD_USER_INPUT", `${field} ${problem}.`, { field });
}

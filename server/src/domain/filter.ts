import type { Call, CallType, Direction } from "./call.ts";
import { digitsOf } from "./digits.ts";
import type { OtherEnd } from "./other-end.ts";
import { hasWords } from "./words.ts";

/**
 * Which calls somebody wants to see, as it was read and checked (`read-filter.ts`). The same filter answers lists, counts and
 * live updates; {@link matches} says what it means. A further condition is a further kind here: the compiler then names every
 * place that has to know it.
 */
export type CallFilter =
  | { readonly kind: "and"; readonly of: readonly CallFilter[] }
  | { readonly kind: "or"; readonly of: readonly CallFilter[] }
  | { readonly kind: "not"; readonly of: CallFilter }
  | Condition;

/** One condition on a call. */
export type Condition =
  | { readonly kind: "direction"; readonly in: readonly Direction[] }
  | { readonly kind: "type"; readonly in: readonly CallType[] }
  | { readonly kind: "archived"; readonly is: boolean }
  | { readonly kind: "line"; readonly in: readonly string[] }
  /** One of these is a run in the digits of the caller's or the called number; each has at least four digits. */
  | { readonly kind: "number"; readonly anyOf: readonly string[] }
  /** Both in milliseconds since the epoch; from that time on, and before that time. */
  | { readonly kind: "created"; readonly fromMs: number; readonly beforeMs: number }
  /** Both included, in milliseconds. */
  | { readonly kind: "duration"; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: "hasNotes"; readonly is: boolean }
  /** One of these is among the call's tags. */
  | { readonly kind: "tag"; readonly in: readonly string[] }
  /** One of these takes care of the call; null is nobody. */
  | { readonly kind: "assignee"; readonly in: readonly (string | null)[] }
  /** Whether the call is a missed one or a voicemail that nobody has returned yet. */
  | { readonly kind: "unreturned"; readonly is: boolean }
  /**
   * Each of these, as `wordsOf` gives them, begins a word of one note or of the name or company of the contact that the call shows: every note
   * is read together with them, and they by themselves.
   */
  | { readonly kind: "text"; readonly words: readonly string[] };

/**
 * Whether the filter lets the call through. Depends on nothing but its arguments.
 * @param other who is at the other end; {@link asksForOtherEnd} tells whether it matters.
 */
export function matches(filter: CallFilter, call: Call, other: OtherEnd): boolean {
  switch (filter.kind) {
    case "and":
      return filter.of.every((part) => matches(part, call, other));
    case "or":
      return filter.of.some((part) => matches(part, call, other));
    case "not":
      return !matches(filter.of, call, other);
    case "direction":
      return filter.in.includes(call.direction);
    case "type":
      return filter.in.includes(call.callType);
    case "archived":
      return call.isArchived === filter.is;
    case "line":
      return filter.in.includes(call.via);
    case "number":
      return [digitsOf(call.from), digitsOf(call.to)].some((digits) =>
        filter.anyOf.some((run) => digits.includes(run)),
      );
    case "created":
      return call.createdAtMs >= filter.fromMs && call.createdAtMs < filter.beforeMs;
    case "duration":
      return call.durationMs >= filter.minMs && call.durationMs <= filter.maxMs;
    case "hasNotes":
      return call.notes.length > 0 === filter.is;
    case "tag":
      return call.tags.some((tag) => filter.in.includes(tag));
    case "assignee":
      return filter.in.includes(call.assignee?.id ?? null);
    case "unreturned":
      return (call.returned === "waiting") === filter.is;
    case "text": {
      const { name, company } = other.contact ?? { name: "", company: null };
      return ["", ...call.notes.map(({ content }) => content)].some((content) =>
        hasWords(`${content}\n${name}\n${company ?? ""}`, filter.words),
      );
    }
  }
}

/** The conditions that hold all at once: `and` inside `and` is taken apart, all else stays whole. */
export function conjuncts(filter: CallFilter | null): readonly CallFilter[] {
  if (filter === null) return [];
  return filter.kind === "and" ? filter.of.flatMap((part) => conjuncts(part)) : [filter];
}

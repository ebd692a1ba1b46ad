import { type CallFilter, conjuncts } from "../domain/filter.ts";

/** What a filter asks for, sorted by who can answer it. `Sql` is a condition as the database at hand has it. */
export type FilterPlan<Sql> = {
  /** The span of time that all calls lie in: from the first on, before the second. */
  readonly fromMs: number;
  readonly beforeMs: number;
  /**
   * All that is asked beside the span of time, when it concerns direction, type, line, archived state and being unreturned alone: the kept counts
   * then answer it. Null when more is asked.
   */
  readonly facet: FacetPlan<Sql> | null;
  /** The whole filter. */
  readonly whole: Sql;
  /** Ids of which every call has to have one; null when nothing of the kind is asked of every call. */
  readonly ids: readonly number[] | null;
  /** Who has every call to read still; null when nothing of the kind is asked of every call. */
  readonly unreadBy: string | null;
  /** Runs of digits of which one has to be in a number of the call; null when nothing of the kind is asked of every call. */
  readonly number: readonly string[] | null;
  /** Words that one note of every call has to have; null likewise. */
  readonly words: readonly string[] | null;
  /** Whether words are asked for anywhere: each call that is looked at then costs much more than reading it. */
  readonly isCostly: boolean;
};

/** A condition on the dimensions of the kept counts. */
export type FacetPlan<Sql> = Sql & {
  readonly isEmpty: boolean;
  readonly asksForLine: boolean;
  /** Whether it lets through nothing but calls that wait for a return, or asks for them in another way. */
  readonly waiting: "only" | "asked" | "ignored";
};

/** Numbers of contacts that one searched word is looked up to, at most; a word that more of them have is no way to find few calls. */
export const namedNumbersMax = 5_000;

/** @param sqlOf what the database asks for a filter */
export function planFilter<Sql>(filter: CallFilter | null, sqlOf: (filter: CallFilter) => Sql): FilterPlan<Sql> {
  const parts = conjuncts(filter);
  const rest = parts.filter((part) => part.kind !== "created");
  const times = parts.filter((part) => part.kind === "created");
  const asksFor = (asked: CallFilter["kind"]) => !rest.every((part) => every(part, (kind) => kind !== asked));
  return {
    fromMs: Math.max(Number.MIN_SAFE_INTEGER, ...times.map(({ fromMs }) => fromMs)),
    beforeMs: Math.min(Number.MAX_SAFE_INTEGER, ...times.map(({ beforeMs }) => beforeMs)),
    facet: rest.every((part) => every(part, (kind) => facetKinds.has(kind)))
      ? {
          ...sqlOf({ kind: "and", of: rest }),
          isEmpty: rest.length === 0,
          asksForLine: asksFor("line"),
          waiting: rest.some((part) => part.kind === "unreturned" && part.is)
            ? "only"
            : asksFor("unreturned")
              ? "asked"
              : "ignored",
        }
      : null,
    whole: sqlOf({ kind: "and", of: parts }),
    ids: parts.find((part) => part.kind === "id")?.in ?? null,
    unreadBy: parts.filter((part) => part.kind === "unread").find(({ is }) => is)?.userId ?? null,
    number: parts.find((part) => part.kind === "number")?.anyOf ?? null,
    words: parts.find((part) => part.kind === "text")?.words ?? null,
    isCostly: !parts.every((part) => every(part, (kind) => kind !== "text")),
  };
}

const facetKinds: ReadonlySet<CallFilter["kind"]> = new Set(["direction", "type", "line", "archived", "unreturned"]);

/** Whether each condition in the filter is of a kind that passes. */
function every(filter: CallFilter, passes: (kind: CallFilter["kind"]) => boolean): boolean {
  if (filter.kind === "not") return every(filter.of, passes);
  if (filter.kind === "and" || filter.kind === "or") return filter.of.every((part) => every(part, passes));
  return passes(filter.kind);
}

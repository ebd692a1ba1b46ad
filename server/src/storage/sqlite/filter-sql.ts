import type { CallFilter } from "../../domain/filter.ts";
import { shownOf } from "./contact-rows.ts";
import { type FacetPlan, type FilterPlan, planFilter } from "../filter-plan.ts";

/** A condition on a row of `calls` (or, for facets, of `rollups`), and the values of its marks in their order. */
export type Sql = { readonly text: string; readonly values: readonly (string | number)[] };

export type Plan = FilterPlan<Sql>;
export type Facet = FacetPlan<Sql>;

export function planOf(filter: CallFilter | null): Plan {
  return planFilter(filter, filterSql);
}

/**
 * The filter as SQL, true for a row of `calls` exactly where `matches` is for its call. No condition can be null, so that `NOT` has
 * two values. The text depends on the filter's form alone, which makes prepared statements worth keeping.
 */
export function filterSql(filter: CallFilter): Sql {
  switch (filter.kind) {
    case "and":
      return joined(filter.of, " AND ", "1");
    case "or":
      return joined(filter.of, " OR ", "0");
    case "not": {
      const { text, values } = filterSql(filter.of);
      return { text: `NOT ${text}`, values };
    }
    case "direction":
      return oneOf("direction", filter.in);
    case "type":
      return oneOf("call_type", filter.in);
    case "line":
      return oneOf("via", filter.in);
    case "archived":
      return { text: "(is_archived = ?)", values: [filter.is ? 1 : 0] };
    case "number": {
      const each = filter.anyOf.map(() => `${hasRun("caller")} OR ${hasRun("callee")}`);
      return { text: `(${each.join(" OR ")})`, values: filter.anyOf.flatMap((run) => [run, run, run, run]) };
    }
    case "created":
      return { text: "(created_at_ms >= ? AND created_at_ms < ?)", values: [filter.fromMs, filter.beforeMs] };
    case "duration":
      return { text: "(duration_ms >= ? AND duration_ms <= ?)", values: [filter.minMs, filter.maxMs] };
    case "hasNotes":
      return { text: `(${filter.is ? "" : "NOT "}EXISTS (SELECT 1 ${ofThisCall}))`, values: [] };
    case "tag": {
      const { text, values } = oneOf("tag.value", filter.in);
      return { text: `(tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(tags) AS tag WHERE ${text}))`, values };
    }
    case "assignee":
      // Nobody has an empty id.
      return oneOf(
        "coalesce(assignee_id, '')",
        filter.in.map((id) => id ?? ""),
      );
    case "unreturned":
      return { text: filter.is ? "(return_state = 1)" : "(return_state <> 1)", values: [] };
    case "text": {
      const words = JSON.stringify(filter.words);
      return {
        text: `(EXISTS (SELECT 1 ${ofThisCall} AND has_words(content || char(10) || coalesce((SELECT ${nameOf} ${shownHere}), ''), ?))
          OR EXISTS (SELECT 1 ${shownHere} AND has_words(${nameOf}, ?)))`,
        values: [words, words],
      };
    }
  }
}

/** The function of ours is asked only for what is not plain digits, with or without a `+`: a call of it costs ten times the rest. */
function hasRun(column: string): string {
  return `CASE WHEN ${column} GLOB '[+0-9]*' AND substr(${column}, 2) NOT GLOB '*[^0-9]*' AND length(${column}) <= 40
    THEN instr(${column}, ?) ELSE instr(digits_of(${column}), ?) END > 0`;
}

const ofThisCall = "FROM notes WHERE notes.workspace_id = calls.workspace_id AND notes.call_id = calls.id";

/** The texts of a contact as `matches` reads them. */
const nameOf = "name || char(10) || coalesce(company, '')";

/** The contact that the call shows: two looks into indices. */
const shownHere = `FROM contacts WHERE contacts.workspace_id = calls.workspace_id AND contacts.id = ${shownOf("calls.workspace_id", "calls.other")}`;

function joined(filters: readonly CallFilter[], word: string, ofNone: string): Sql {
  const parts = filters.map((filter) => filterSql(filter));
  const text = parts.length === 0 ? ofNone : parts.map((part) => part.text).join(word);
  return { text: `(${text})`, values: parts.flatMap(({ values }) => values) };
}

function oneOf(column: string, values: readonly string[]): Sql {
  return { text: `(${column} IN (${values.map(() => "?").join(", ")}))`, values };
}

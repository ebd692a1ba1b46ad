import type { CallFilter } from "../../domain/filter.ts";
import { type FacetPlan, type FilterPlan, planFilter } from "../filter-plan.ts";
import { textList, type Value } from "./connection.ts";
import { shownOf } from "./contact-rows.ts";
import { lexemeOf, wordsQuery } from "./search-rows.ts";

/** A condition on a row of `calls` (or, for facets, of `rollups`), with a `?` for each of its values, in their order. */
export type Sql = { readonly text: string; readonly values: readonly Value[] };

export type Plan = FilterPlan<Sql> & {
  /** The same, asking for these numbers instead of what `number` asks for: they must be all that have such digits. */
  knowing(numbers: readonly string[]): Plan;
};
export type Facet = FacetPlan<Sql>;

export function planOf(workspaceId: number, filter: CallFilter | null): Plan {
  const plan = planFilter(filter, (part) => filterSql(workspaceId, part));
  return { ...plan, knowing };

  function knowing(numbers: readonly string[]): Plan {
    // Not ANY: only of an array that is a constant of the plan a hash is made.
    const each = ["caller", "callee"].map((column) => `${column} IN (SELECT unnest(?::text[]))`);
    const known = { text: `(${each.join(" OR ")})`, values: each.map(() => textList(numbers)) };
    const sqlOf = (part: CallFilter): Sql => {
      if (part.kind === "and") return joinedSql(part.of.map(sqlOf), " AND ", "true");
      return part.kind === "number" && part.anyOf === plan.number ? known : filterSql(workspaceId, part);
    };
    return { ...planFilter(filter, sqlOf), knowing };
  }
}

/**
 * The filter as SQL, true for a row of `calls` exactly where `matches` is for its call. No condition can be null, so that `NOT` has
 * two values.
 */
export function filterSql(workspaceId: number, filter: CallFilter): Sql {
  switch (filter.kind) {
    case "and":
      return joined(workspaceId, filter.of, " AND ", "true");
    case "or":
      return joined(workspaceId, filter.of, " OR ", "false");
    case "not": {
      const { text, values } = filterSql(workspaceId, filter.of);
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
      const each = filter.anyOf.map(
        () => `strpos(${digitsOf("caller")}, ?) > 0 OR strpos(${digitsOf("callee")}, ?) > 0`,
      );
      return { text: `(${each.join(" OR ")})`, values: filter.anyOf.flatMap((run) => [run, run]) };
    }
    case "created":
      return { text: "(created_at_ms >= ? AND created_at_ms < ?)", values: [filter.fromMs, filter.beforeMs] };
    case "duration":
      return { text: "(duration_ms >= ? AND duration_ms <= ?)", values: [filter.minMs, filter.maxMs] };
    case "hasNotes":
      return { text: `(${filter.is ? "" : "NOT "}EXISTS (SELECT ${ofThisCall}))`, values: [] };
    case "tag": {
      const { text, values } = oneOf("tag", filter.in);
      return {
        text: `(tags <> '[]' AND EXISTS (SELECT FROM json_array_elements_text(tags::json) AS tag WHERE ${text}))`,
        values,
      };
    }
    case "assignee":
      // Nobody has an empty id.
      return oneOf(
        "coalesce(assignee_id, '')",
        filter.in.map((id) => id ?? ""),
      );
    case "unreturned":
      return { text: filter.is ? "(return_state = 1)" : "(return_state <> 1)", values: [] };
    case "text":
      return {
        text: `(EXISTS (SELECT ${ofThisCall} AND (notes.words || ${wordsOfContact}) @@ ?::text::tsquery)
          OR ${wordsOfContact} @@ ?::text::tsquery)`,
        values: [wordsQuery(workspaceId, filter.words), wordsQuery(workspaceId, filter.words)],
      };
  }
}

/** As `digitsOf` of the domain has it. What is plain is told without a regular expression, which costs fifty times as much. */
export function digitsOf(column: string): string {
  return `left(CASE WHEN translate(${column}, '0123456789', '') IN ('', '+') THEN replace(${column}, '+', '')
    ELSE regexp_replace(normalize(${column}, NFKC), '[^0-9]', '', 'g') END, 40)`;
}

const ofThisCall = "FROM notes WHERE notes.workspace_id = calls.workspace_id AND notes.call_id = calls.id";

/** The words of the contact that the call shows, as notes have theirs. */
const wordsOfContact = `array_to_tsvector(ARRAY(SELECT ${lexemeOf("w.workspace_id", "w.word")} FROM contact_words w
  WHERE w.workspace_id = calls.workspace_id AND w.contact_id = ${shownOf("calls.workspace_id", "calls.other")}))`;

function joined(workspaceId: number, filters: readonly CallFilter[], word: string, ofNone: string): Sql {
  return joinedSql(
    filters.map((filter) => filterSql(workspaceId, filter)),
    word,
    ofNone,
  );
}

function joinedSql(parts: readonly Sql[], word: string, ofNone: string): Sql {
  const text = parts.length === 0 ? ofNone : parts.map((part) => part.text).join(word);
  return { text: `(${text})`, values: parts.flatMap(({ values }) => values) };
}

/** However many values there are, the text is the same: it is prepared once. */
function oneOf(column: string, values: readonly string[]): Sql {
  return { text: `(${column} = ANY(?::text[]))`, values: [textList(values)] };
}

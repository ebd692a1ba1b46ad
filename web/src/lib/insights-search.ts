import { textOf } from "./search-params.ts";

/** What the URL of the screen says. */
export type InsightsSearch = {
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
  readonly line?: string;
  /** `missed`: the hours show missed calls alone. */
  readonly heat?: string;
  /** `tables`: instead of charts. */
  readonly as?: string;
};

/** What to change of it; undefined takes something away. */
export type InsightsChange = { readonly [Name in keyof InsightsSearch]?: string | undefined };

/** What the URL says of what the screen knows. */
export function readInsightsSearch(search: Readonly<Record<string, unknown>>): InsightsSearch {
  const names = ["range", "from", "to", "line", "heat", "as"] as const;
  return Object.assign({}, ...names.map((name) => textOf(search, name))) as InsightsSearch;
}

import { textOf } from "./search-params.ts";

/** What the URL of the screen says. */
export type InsightsSearch = {
  readonly range?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly line?: string | undefined;
  /** `missed`: the hours show missed calls alone. */
  readonly heat?: string | undefined;
  /** `tables`: instead of charts. */
  readonly as?: string | undefined;
};

/** What the URL says of what the screen knows. */
export function readInsightsSearch(search: Readonly<Record<string, unknown>>): InsightsSearch {
  const names = ["range", "from", "to", "line", "heat", "as"] as const;
  return Object.assign({}, ...names.map((name) => textOf(search, name))) as InsightsSearch;
}

import { nothingSelected, type Selection } from "../lib/selection.ts";
import { createStore } from "../lib/store.ts";

/** What is selected in the list that is shown. */
export const selection = createStore<Selection>(nothingSelected);

let listName = "";

/** Selects nothing when another list is shown than before. */
export function beginSelection(list: string): void {
  if (list !== listName) clearSelection();
  listName = list;
}

/** Selects nothing. */
export function clearSelection(): void {
  selection.set(nothingSelected);
}

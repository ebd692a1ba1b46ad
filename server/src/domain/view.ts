import { DomainError } from "./errors.ts";
import type { Keep } from "./kept-answers.ts";
import type { Awaitable } from "./storage.ts";

/** A list that somebody gave a name: what the address of the web app says behind its `?`. */
export type SavedView = {
  readonly id: string;
  readonly workspaceId: number;
  readonly ownerId: string;
  readonly name: string;
  readonly query: string;
  /** Whether the whole workspace has it. */
  readonly isShared: boolean;
  readonly savedAtMs: number;
};

/** Views that one person may have. */
export const viewsOfOwnerMax = 100;
export const viewNameLengthMax = 100;
export const viewQueryLengthMax = 2_000;

/** The part of {@link Storage} that keeps views. */
export interface ViewStore {
  /** A person's own views and those that others share, by name, then by id. */
  list(workspaceId: number, userId: string): Awaitable<readonly SavedView[]>;
  /**
   * Saves a view; one of its owner with this name is replaced and keeps its id. The view as it is kept.
   * @throws DomainError CONFLICT when the owner has {@link viewsOfOwnerMax} others.
   */
  save(view: SavedView, keep?: Keep): Promise<SavedView>;
  /** Removes one of the owner's own; false when there is none of this id. */
  remove(workspaceId: number, ownerId: string, viewId: string, keep?: Keep): Promise<boolean>;
}

/**
 * The name of a view, without spaces at its ends, and its query without a `?` in front.
 * @throws DomainError BAD_USER_INPUT
 */
export function checkView(name: string, query: string): { readonly name: string; readonly query: string } {
  const plainName = checkLabel("name", name, viewNameLengthMax);
  const plainQuery = query.startsWith("?") ? query.slice(1) : query;
  if (plainQuery.length > viewQueryLengthMax || !/^[\u0021-\u007e]*$/.test(plainQuery) || plainQuery.includes("#")) {
    const message = `query must be the query of an address: at most ${viewQueryLengthMax} visible ASCII characters, without #`;
    throw new DomainError("BAD_USER_INPUT", message, { field: "query" });
  }
  return { name: plainName, query: plainQuery };
}

/** What people call something, without spaces at its ends. @throws DomainError BAD_USER_INPUT */
export function checkLabel(field: string, text: string, lengthMax: number): string {
  const label = text.trim();
  if (label === "" || label.length > lengthMax || !label.isWellFormed() || /[\u0000-\u001f\u007f]/.test(label)) {
    throw new DomainError("BAD_USER_INPUT", `${field} must be printable text of 1 to ${lengthMax} characters`, {
      field,
    });
  }
  return label;
}

import type { Call } from "./call.ts";
import { DomainError } from "./errors.ts";

export type ChangeKind = "call.logged" | "call.updated" | "call.archived" | "call.unarchived" | "note.added";

/** Who made a change. */
export type Actor =
  | { readonly kind: "user"; readonly id: string }
  | { readonly kind: "key"; readonly id: string }
  | { readonly kind: "source"; readonly id: string }
  | { readonly kind: "system" };

/** One committed fact, with the workspace's next revision: gapless and in commit order. */
export type Change = {
  readonly workspaceId: number;
  readonly revision: number;
  readonly kind: ChangeKind;
  /** When it was committed: milliseconds since the epoch. */
  readonly atMs: number;
  readonly actor: Actor;
  /** The call as it was right after this change. */
  readonly call: Call;
};

/** A place in a workspace's change log; opaque to clients as text. */
export type Cursor = { readonly epoch: string; readonly revision: number };

export function formatCursor(cursor: Cursor): string {
  return `${cursor.epoch}:${cursor.revision}`;
}

/** @throws DomainError BAD_USER_INPUT when the text is not a cursor. */
export function parseCursor(text: unknown): Cursor {
  const match = typeof text === "string" ? /^([a-z0-9]{1,32}):(0|[1-9][0-9]{0,15})$/.exec(text) : null;
  const revision = Number(match?.[2]);
  if (match?.[1] === undefined || !Number.isSafeInteger(revision)) {
    throw new DomainError("BAD_USER_INPUT", "This is not a cursor of this API.", { field: "cursor" });
  }
  return { epoch: match[1], revision };
}

export function actorText(actor: Actor): string {
  return actor.kind === "system" ? "system" : `${actor.kind}:${actor.id}`;
}

export function parseActor(text: string): Actor {
  const separator = text.indexOf(":");
  const kind = text.slice(0, Math.max(separator, 0));
  return kind === "user" || kind === "key" || kind === "source"
    ? { kind, id: text.slice(separator + 1) }
    : { kind: "system" };
}

import type { Call, Note, Person } from "./call.ts";
import { DomainError } from "./errors.ts";

export type ChangeKind =
  | "call.logged"
  | "call.updated"
  | "call.archived"
  | "call.unarchived"
  | "call.assigned"
  | "call.unassigned"
  | "note.added"
  | "note.edited"
  | "note.deleted"
  | "note.restored"
  | "tag.added"
  | "tag.removed"
  | "call.returned"
  | "call.unreturned"
  /** Also what any earlier change of a call has become once the call was deleted; see {@link deletedCall}. */
  | "call.deleted";

/** True for what people do to a call and what comes of it, false for what sources tell of it themselves and for its deletion. */
export function isPersonsKind(kind: ChangeKind): boolean {
  return kind !== "call.logged" && kind !== "call.updated" && kind !== "call.deleted";
}

/** What a change shows of a call that was deleted, then or since: its id. All else is empty, and it is archived, so that no list takes it up. */
export function deletedCall(id: number, revision: number): Call {
  return {
    id,
    direction: "inbound",
    from: "",
    to: "",
    via: "",
    durationMs: 0,
    callType: "missed",
    isArchived: true,
    createdAtMs: 0,
    notes: [],
    tags: [],
    assignee: null,
    returned: null,
    revision,
  };
}

/** The one thing of its call that a person's change altered, with what the call does not show any more. */
export type Altered =
  | { readonly part: "archived" }
  | { readonly part: "assignee"; readonly before: Person | null }
  /** `before` is the note as it was, null when it was not there. */
  | { readonly part: "note"; readonly noteId: number; readonly before: Note | null }
  | { readonly part: "tag"; readonly tag: string };

/** The kinds of change that alter one part of a call. */
export const kindsOfPart = {
  archived: ["call.archived", "call.unarchived"],
  assignee: ["call.assigned", "call.unassigned"],
  note: ["note.added", "note.edited", "note.deleted", "note.restored"],
  tag: ["tag.added", "tag.removed"],
} as const satisfies Record<Altered["part"], readonly ChangeKind[]>;

/** Which one of its part a change altered, where a call may have several: a note's id, a tag. */
export function subjectOf(altered: Altered | null): string | null {
  if (altered?.part === "note") return String(altered.noteId);
  return altered?.part === "tag" ? altered.tag : null;
}

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
  /** What the actor is called now; null for the product itself, and for a source that was removed. */
  readonly actorName: string | null;
  /** The call as it was right after this change. */
  readonly call: Call;
  /** What it altered; null for what sources tell, which cannot be undone. */
  readonly altered: Altered | null;
  /** The revision of the change that this one took back. */
  readonly undoes: number | null;
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

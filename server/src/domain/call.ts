import type { ReturnState } from "./returns.ts";

export type Direction = "inbound" | "outbound";

/**
 * `answered`: a person's leg was answered (an IVR, a queue or an announcement that picks up is not a person);
 * `voicemail`: a message was left; `missed`: all else.
 */
export type CallType = "answered" | "missed" | "voicemail";

/** One conversation as a person counts them, whatever number of legs the phone system saw. */
export type Call = {
  /** A whole number from 1 below 2^53, unique within the workspace. */
  readonly id: number;
  readonly direction: Direction;
  /** The caller's number, as the source gave it (E.164 where it could). */
  readonly from: string;
  /** The number that was called. */
  readonly to: string;
  /** The line of ours that the call used. */
  readonly via: string;
  /** Length of the whole call in milliseconds, whole, from 0. */
  readonly durationMs: number;
  readonly callType: CallType;
  readonly isArchived: boolean;
  /** When the call was made: milliseconds since the epoch, UTC. */
  readonly createdAtMs: number;
  /** Newest first. */
  readonly notes: readonly Note[];
  /** What people sorted it under: see `tag.ts`. In order of their code units, each once. */
  readonly tags: readonly string[];
  /** Who takes care of it. */
  readonly assignee: Person | null;
  /** Whether a missed call or voicemail was returned, and by which call: see `returns.ts`. */
  readonly returned: ReturnState;
  /** The revision of its last change. */
  readonly revision: number;
};

export type Note = {
  /** A whole number from 1 below 2^53, unique within the workspace; kept through editing, deleting and restoring. */
  readonly id: number;
  readonly content: string;
  /** Who wrote it; null when it came from a source or nobody knows. */
  readonly author: Person | null;
  /** When it was written first: milliseconds since the epoch. */
  readonly createdAtMs: number;
  /** When somebody last altered its text; null while it stands as it was written. */
  readonly editedAtMs: number | null;
};

/** A user as others see them. */
export type Person = { readonly id: string; readonly username: string };

/** What became of one call of a write to many. */
export type CallOutcome = {
  readonly callId: number;
  /**
   * `conflict`: it was altered after the revision that the write was bound to, and left alone; `too-many-tags`: it has as many as it
   * may, so that this one could not be added.
   */
  readonly outcome: "changed" | "unchanged" | "not-found" | "conflict" | "too-many-tags";
  /** The call as it is after the write; null when there is none of this id. */
  readonly call: Call | null;
};

/** A place in the feed's order (`created_at` descending, then `id` descending). */
export type FeedPosition = { readonly createdAtMs: number; readonly id: number };

/** A page of the feed; the nodes, the count and the revision belong to one snapshot. */
export type CallPage = {
  readonly calls: readonly Call[];
  readonly totalCount: number;
  /** The workspace's revision that this page shows. */
  readonly revision: number;
  /** Present when the look at the calls was ended at its bound: there may be more calls than `totalCount` says. */
  readonly isBounded?: true;
};

/** A page of the feed as ids; they, the count and the revision belong to one snapshot. */
export type CallPlaces = {
  readonly callIds: readonly number[];
  readonly totalCount: number;
  readonly revision: number;
};

/** A call as it is first logged: storage assigns the ids. */
export type NewCall = Omit<Call, "id" | "notes" | "tags" | "assignee" | "returned" | "revision"> & {
  readonly notes: readonly string[];
};

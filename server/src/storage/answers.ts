import type { CallOutcome } from "../domain/call.ts";
import { DomainError } from "../domain/errors.ts";
import type { Verdict } from "../domain/source.ts";
import { viewsOfOwnerMax } from "../domain/view.ts";

/** What the product says in the same words whatever database stands behind it. */

/** How long a used idempotency key answers for its write: 24 hours. */
export const idempotencyKeptMs = 24 * 60 * 60 * 1_000;

/** Why a delivery was a duplicate: the very same thing came before. */
export const repeatReason = "This delivery was here before.";

/** Why a delivery was a duplicate: its call is known and nothing on it changed. */
export const nothingNewReason = "It tells nothing new about its call.";

/** Why a delivery was conflicting. */
export const conflictReason = "A delivery with this key came before with other content; the first is kept.";

/** Why a delivery was ignored and nothing kept of it: its call was deleted. */
export const deletedReason = "Its call was deleted.";

/** Why a delivery was ignored and nothing kept of it: calls of that age are deleted. */
export const tooOldReason = "Its call is older than the calls that the workspace keeps.";

/** The verdict on a delivery that must not bring a call back. */
export function barredVerdict(reason: typeof deletedReason | typeof tooOldReason): Verdict {
  return { verdict: "ignored", callId: null, reason };
}

/** Whether nothing of the delivery is kept. */
export function isBarred({ reason }: Verdict): boolean {
  return reason === deletedReason || reason === tooOldReason;
}

export function idempotencyMismatch(): DomainError {
  return new DomainError("BAD_USER_INPUT", "This idempotency key was used before for another request.");
}

/** Somebody asked twice at the same moment, and the other one was first. */
export function answerKept(): DomainError {
  return new DomainError(
    "CONFLICT",
    "A request with this idempotency key has just been done: ask again for its answer.",
  );
}

export function resumeGap(): DomainError {
  return new DomainError(
    "RESUME_GAP",
    "The changes after this cursor are no longer kept: fetch the calls again, then follow from now.",
  );
}

export function changeNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such change, or it is no longer kept.", { field: "revision" });
}

export function notUndoable(): DomainError {
  return new DomainError("BAD_USER_INPUT", "Only what people do can be undone, not what a source told.", {
    field: "revision",
  });
}

/** What a failed undoing is as the outcome of one among many. @throws the error itself where it is a fault of the whole request */
export function outcomeOfUndo(error: unknown): CallOutcome["outcome"] {
  if (error instanceof DomainError) {
    if (error.code === "NOT_FOUND") return "not-found";
    if (error.code === "CONFLICT") return "conflict";
    if (error.code === "BAD_USER_INPUT" && error.field === "tag") return "too-many-tags";
  }
  throw error;
}

export function nameTaken(): DomainError {
  return new DomainError("CONFLICT", "There is a user of this name already.", { field: "username" });
}

export function sourceTaken(): DomainError {
  return new DomainError("CONFLICT", "The workspace has a source of this name already.", { field: "name" });
}

export function keyNameTaken(): DomainError {
  return new DomainError("CONFLICT", "The workspace has a key of this name already.", { field: "name" });
}

export function workspaceNameTaken(): DomainError {
  return new DomainError("CONFLICT", "There is a workspace of this name already.", { field: "name" });
}

export function userNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such user.");
}

export function workspaceNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such workspace.");
}

export function storageClosed(): DomainError {
  return new DomainError("UNAVAILABLE", "The database is closed: the server is stopping.");
}

export function sourceNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such source.");
}

export function deliveryNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such delivery.");
}

export function deliveriesMoved(): DomainError {
  return new DomainError("CONFLICT", "More of this call came in meanwhile; try again.");
}

export function tooManyViews(): DomainError {
  return new DomainError("CONFLICT", `You have ${viewsOfOwnerMax} views: delete one first.`);
}

/**
 * Under which key a delivery is kept that is no sound one. No sender's key is like it, for those have no control characters; the
 * same thing again has the same.
 */
export function keyAmiss(verdict: "refused" | "conflicting", digest: string): string {
  return `\u0001${verdict}:${digest}`;
}

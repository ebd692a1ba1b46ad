import { DomainError } from "../domain/errors.ts";

/** What the product says in the same words whatever database stands behind it. */

/** How long a used idempotency key answers for its write: 24 hours. */
export const idempotencyKeptMs = 24 * 60 * 60 * 1_000;

/** Why a delivery was a duplicate: the very same thing came before. */
export const repeatReason = "This delivery was here before.";

/** Why a delivery was a duplicate: its call is known and nothing on it changed. */
export const nothingNewReason = "It tells nothing new about its call.";

/** Why a delivery was conflicting. */
export const conflictReason = "A delivery with this key came before with other content; the first is kept.";

export function idempotencyMismatch(): DomainError {
  return new DomainError("BAD_USER_INPUT", "This idempotency key was used before for another request.");
}

export function resumeGap(): DomainError {
  return new DomainError(
    "RESUME_GAP",
    "The changes after this cursor are no longer kept: fetch the calls again, then follow from now.",
  );
}

export function nameTaken(): DomainError {
  return new DomainError("CONFLICT", "There is a user of this name already.", { field: "username" });
}

export function sourceTaken(): DomainError {
  return new DomainError("CONFLICT", "The workspace has a source of this name already.", { field: "name" });
}

export function userNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such user.");
}

export function sourceNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such source.");
}

export function workspaceNotFound(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such workspace.");
}

export function storageClosed(): DomainError {
  return new DomainError("UNAVAILABLE", "The database is closed: the server is stopping.");
}

import type { Cursor } from "./change.ts";
import { DomainError } from "./errors.ts";

/** Whoever is further behind than this is told to fetch everything again, which is cheaper for both sides. */
export const resumeChangesMax = 100_000;

/**
 * Whether the changes after a cursor can be given, as far as the head of the log tells; the log itself says which are pruned.
 * @throws DomainError RESUME_GAP for another history or one too far back, BAD_USER_INPUT for a cursor that lies in the future.
 */
export function checkResume(after: Cursor, head: Cursor): void {
  if (after.epoch !== head.epoch) throw resumeGap("This cursor belongs to another history of the workspace");
  if (after.revision > head.revision) {
    throw new DomainError("BAD_USER_INPUT", "This cursor lies in the future.", { field: "cursor" });
  }
  if (head.revision - after.revision > resumeChangesMax) throw resumeGap("This cursor is too far behind");
}

/** The answer to whoever asks for a history that cannot be given any more. */
export function resumeGap(reason: string): DomainError {
  return new DomainError("RESUME_GAP", `${reason}: fetch again, then follow from now.`);
}

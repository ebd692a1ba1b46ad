import { DomainError } from "./errors.ts";

/** Longest note, in Unicode code points. */
export const noteCodePointsMax = 10_000;

/**
 * Returns the content exactly as given (no trimming, no normalisation) once it is known to be storable: not empty or
 * blank, at most 10,000 code points, no U+0000 (PostgreSQL cannot store it), no lone surrogate.
 * @throws DomainError BAD_USER_INPUT.
 */
export function checkNoteContent(content: string): string {
  const refuse = (message: string) => new DomainError("BAD_USER_INPUT", message, { field: "content" });
  if (content.trim() === "") throw refuse("content should not be empty");
  if (content.includes("\u0000")) throw refuse("content must not contain the character U+0000");
  if (!content.isWellFormed()) throw refuse("content must be well-formed Unicode (it has a lone surrogate)");
  // oxlint-disable-next-line no-misused-spread -- code points are what is counted
  if (content.length > noteCodePointsMax && [...content].length > noteCodePointsMax) {
    throw refuse(`content must have at most ${noteCodePointsMax} characters`);
  }
  return content;
}

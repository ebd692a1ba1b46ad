import { DomainError } from "./errors.ts";

/** Longest tag, in Unicode code points. */
export const tagCodePointsMax = 50;

/** Most tags that one call has. */
export const tagsPerCallMax = 20;

/**
 * A tag as it is kept: in Unicode's form NFC, without spaces at its ends, so that two spellings that look the same are one
 * tag; case counts. 1 to 50 characters, none of them a control character, no lone surrogate.
 * @throws DomainError BAD_USER_INPUT
 */
export function readTag(text: string): string {
  const refuse = (message: string) => new DomainError("BAD_USER_INPUT", message, { field: "tag" });
  if (!text.isWellFormed()) throw refuse("tag must be well-formed Unicode (it has a lone surrogate)");
  const tag = text.normalize("NFC").trim();
  if (tag === "") throw refuse("tag should not be empty");
  if (/\p{Cc}/u.test(tag)) throw refuse("tag must not contain control characters");
  // oxlint-disable-next-line no-misused-spread -- code points are what is counted
  if (tag.length > 2 * tagCodePointsMax || [...tag].length > tagCodePointsMax) {
    throw refuse(`tag must have at most ${tagCodePointsMax} characters`);
  }
  return tag;
}

/** The tags with this one among them, in order; the very same list when it is there already. @throws DomainError BAD_USER_INPUT */
export function withTag(tags: readonly string[], tag: string): readonly string[] {
  if (tags.includes(tag)) return tags;
  if (tags.length >= tagsPerCallMax) {
    throw new DomainError("BAD_USER_INPUT", `A call has at most ${tagsPerCallMax} tags.`, { field: "tag" });
  }
  return [...tags, tag].toSorted();
}

/** The tags without this one; the very same list when it is not among them. */
export function withoutTag(tags: readonly string[], tag: string): readonly string[] {
  return tags.includes(tag) ? tags.filter((other) => other !== tag) : tags;
}

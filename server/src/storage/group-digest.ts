import { createHash } from "node:crypto";

/** What is kept of the group of a call that was deleted, so that whatever comes later of it is known: SHA-256, in hex, of its UTF-8. */
export function groupDigest(groupKey: string): string {
  return createHash("sha256").update(groupKey.toWellFormed()).digest("hex");
}

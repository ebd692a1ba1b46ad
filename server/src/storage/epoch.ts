import { randomBytes } from "node:crypto";

/** A random epoch: cursors of another history never fit it. */
export function newEpoch(): string {
  return randomBytes(8).toString("hex");
}

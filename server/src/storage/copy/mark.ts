import { DomainError } from "../../domain/errors.ts";

/** What a copy writes into a database that is not to be served: the one row of the table `copy_mark`, which is there only then. */
export type Mark = {
  /** Of the copy: the same on both sides. */
  readonly id: string;
  /** `filling` and `ready` mark the copy before it is finished, `moved` the original afterwards. */
  readonly state: "filling" | "ready" | "moved";
  /** The other side, without secrets. */
  readonly place: string;
  readonly atMs: number;
};

export const markTable = "copy_mark";

/** @throws DomainError BAD_CONFIGURATION with a sentence for the operator, where a database is marked. */
export function refuseMarked(mark: Mark | null): void {
  if (mark !== null)
    throw new DomainError("BAD_CONFIGURATION", mark.state === "moved" ? movedText(mark) : unfinished(mark));
}

/** What is said of a database that was left for another one. */
export function movedText({ place, atMs }: Pick<Mark, "place" | "atMs">): string {
  return `This database was moved to ${place} (${new Date(atMs).toISOString()}): serve that one. "ringback copy --reopen" takes the move back.`;
}

function unfinished({ place }: Mark): string {
  return `This database is an unfinished copy of ${place}: run the same "ringback copy" again.`;
}

/** What a write to a database is answered that was moved meanwhile. */
export const movedMessage =
  "The database was moved: this server is about to end. Try again with the one that follows it.";

import { concerns } from "./change-filter.ts";
import { type Change, type Cursor, parseCursor } from "./change.ts";
import { DomainError } from "./errors.ts";
import type { CallFilter } from "./filter.ts";
import { otherEndsFor, nobody } from "./other-end.ts";
import { checkResume, resumeGap } from "./resuming.ts";
import type { CallStore, ChangeLog } from "./storage.ts";

/** More changes than this are never returned by one page. */
export const changePageMax = 1_000;
export const changePageDefault = 100;

/** A page ends early once the notes in it have so many characters: the same long call may have changed a thousand times. */
const pageCharactersMax = 1 << 20;
/** Changes read at a time, which bounds what is read beyond the end of a page. */
const readChangesMax = 64;
/** Changes that one page looks at for those that a filter concerns. */
const examinedChangesMax = 5_000;

export type ChangePage = {
  /** In order, the first right after the cursor that was given. */
  readonly changes: readonly Change[];
  /** After the last of them: where the next page starts. */
  readonly cursor: Cursor;
  /** Whether there were more changes when the page was read. */
  readonly hasMore: boolean;
  /** True when more than {@link changePageMax} were asked for. */
  readonly isCapped: boolean;
};

/**
 * The changes after a cursor, as many as `first` says (a whole number from 0, by default 100) or fewer where notes are long or
 * there is a filter (see {@link concerns}); only `hasMore` tells whether that was all.
 * @param filtered what the changes are to concern, and where calls are looked up for it; null for all changes.
 * @throws DomainError RESUME_GAP, BAD_USER_INPUT
 */
export async function readChangePage(
  log: Pick<ChangeLog, "head" | "after">,
  workspaceId: number,
  after: unknown,
  first: number | null | undefined,
  filtered: { readonly filter: CallFilter; readonly calls: Pick<CallStore, "otherEnds"> } | null = null,
): Promise<ChangePage> {
  const { filter, calls } = filtered ?? { filter: null, calls: null };
  const start = parseCursor(after);
  const asked = first ?? changePageDefault;
  if (!Number.isSafeInteger(asked) || asked < 0) {
    throw new DomainError("BAD_USER_INPUT", "first must be a whole number from 0.", { field: "first" });
  }
  const count = Math.min(asked, changePageMax);
  const head = await log.head(workspaceId);
  checkResume(start, head);

  const changes: Change[] = [];
  let { revision } = start;
  let characters = 0;
  let isPastHead = revision >= head.revision;
  const lastExamined = filter === null ? Infinity : start.revision + examinedChangesMax;
  while (changes.length < count && characters < pageCharactersMax && !isPastHead && revision < lastExamined) {
    const wanted = filter === null ? count - changes.length : readChangesMax;
    const batch = await log.after(workspaceId, revision, Math.min(readChangesMax, wanted));
    if (batch.length > 0 && batch[0]?.revision !== revision + 1) {
      throw resumeGap("The changes after this cursor are no longer kept");
    }
    const others = calls && (await otherEndsFor(filter, calls, workspaceId, callsOf(batch)));
    for (const change of batch) {
      if (characters >= pageCharactersMax || changes.length >= count) break;
      ({ revision } = change);
      if (filter !== null && !concerns(filter, change, others?.get(change.call.id) ?? nobody)) continue;
      changes.push(change);
      for (const { content } of change.call.notes) characters += content.length;
    }
    isPastHead = batch.length === 0 || revision >= head.revision;
  }
  const hasMore = revision < head.revision;
  return { changes, cursor: { epoch: head.epoch, revision }, hasMore, isCapped: asked > changePageMax };
}

function callsOf(changes: readonly Change[]) {
  return changes.map(({ call }) => call);
}

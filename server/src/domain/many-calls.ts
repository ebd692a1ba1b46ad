import type { Call, CallOutcome, FeedPosition } from "./call.ts";
import { DomainError } from "./errors.ts";
import type { CallFilter } from "./filter.ts";
import type { Storage, Writing } from "./storage.ts";
import { tagsPerCallMax } from "./tag.ts";

/** What a write to many calls makes of each. */
export type Wanted =
  | { readonly part: "archived"; readonly is: boolean }
  /** The tag as it is kept: see `readTag`. */
  | { readonly part: "tag"; readonly tag: string; readonly is: boolean }
  /** Null for nobody. */
  | { readonly part: "assignee"; readonly userId: string | null };

/** Most calls of one transaction: those of others wait no longer than for these. */
export const callsPerWriteMax = 500;

/** Most calls that one request alters by a filter. */
export const filteredCallsMax = 2 * callsPerWriteMax;

/** How often a walk that was ended at its bound is gone on with for one transaction: longer than that takes, no request lasts. */
const walksMax = 100;

/** Which of the calls that a filter lets through a write is for: the first of them after a place in the feed. */
export type Stretch = { readonly first?: number; readonly after?: FeedPosition | null };

/**
 * What becomes of one call of a write to many: `changed` where it is to be written, else why it is left alone.
 * @param call as it is before, null when there is none
 */
export function outcomeFor(
  call: Call | null,
  wanted: Wanted,
  { ifRevision }: Pick<Writing, "ifRevision">,
): CallOutcome["outcome"] {
  if (call === null) return "not-found";
  if (isSo(call, wanted)) return "unchanged";
  if (call.revision > (ifRevision ?? call.revision)) return "conflict";
  return wanted.part === "tag" && wanted.is && call.tags.length >= tagsPerCallMax ? "too-many-tags" : "changed";
}

/**
 * Makes the newest calls that the filter lets through what is wanted, those that are not so yet, `first` at most: one outcome each,
 * newest first. What alters between the look and the write is left alone, as a conflict.
 *
 * Each transaction leaves its outcomes under the key of the request, and the next one begins after the last of them. So a retry after
 * a crash in between is answered what was done, does the rest, and touches nothing twice.
 * @throws DomainError BAD_USER_INPUT when too many calls would have to be looked at; NOT_FOUND for an unknown user
 */
export async function setWhere(
  storage: Pick<Storage, "calls" | "changes">,
  writing: Writing,
  filter: CallFilter | null,
  wanted: Wanted,
  { first = filteredCallsMax, after: start = null }: Stretch = {},
): Promise<readonly CallOutcome[]> {
  const { workspaceId, idempotency } = writing;
  const meant: CallFilter = { kind: "and", of: [...(filter === null ? [] : [filter]), notYet(wanted)] };
  const outcomes: CallOutcome[] = [];
  let after = start;
  for (let at = 0; at < first; at += callsPerWriteMax) {
    const limit = Math.min(callsPerWriteMax, first - at);
    const key = idempotency && {
      ...idempotency,
      part: at === 0 ? idempotency.part : `${idempotency.part} ${at}`,
    };
    // oxlint-disable no-await-in-loop -- one after the other, each beginning where the one before ended
    const { revision } = await storage.changes.head(workspaceId);
    const callIds = await found(storage, workspaceId, meant, after, limit);
    if (callIds.length === 0 && key === undefined) break;
    // Without any to write as well: a retry may have been answered by then.
    const bound = { ...writing, idempotency: key, ifRevision: revision };
    const done = await storage.calls.setMany(bound, callIds, wanted);
    // oxlint-enable no-await-in-loop
    outcomes.push(...done);
    after = endOf(done);
    if (done.length < limit || after === null) break;
  }
  return outcomes;
}

/** Whether the same request may find more to do: it did all that one may, or left some alone that were altered meanwhile. */
export function mayHaveMore(
  outcomes: readonly { readonly outcome: CallOutcome["outcome"] }[],
  first: number = filteredCallsMax,
): boolean {
  return outcomes.length >= first || outcomes.some(({ outcome }) => outcome === "conflict");
}

/** The place of the last of the calls; null when there are none. */
export function endOf(outcomes: readonly { readonly call: Call | null }[]): FeedPosition | null {
  return outcomes.findLast(({ call }) => call !== null)?.call ?? null;
}

function isSo(call: Call, wanted: Wanted): boolean {
  switch (wanted.part) {
    case "archived":
      return call.isArchived === wanted.is;
    case "tag":
      return call.tags.includes(wanted.tag) === wanted.is;
    case "assignee":
      return (call.assignee?.id ?? null) === wanted.userId;
  }
}

function notYet(wanted: Wanted): CallFilter {
  switch (wanted.part) {
    case "archived":
      return { kind: "archived", is: !wanted.is };
    case "tag": {
      const tagged: CallFilter = { kind: "tag", in: [wanted.tag] };
      return wanted.is ? { kind: "not", of: tagged } : tagged;
    }
    case "assignee":
      return { kind: "not", of: { kind: "assignee", in: [wanted.userId] } };
  }
}

/** The next calls after a place, `count` at most. */
async function found(
  storage: Pick<Storage, "calls">,
  workspaceId: number,
  filter: CallFilter,
  position: FeedPosition | null,
  count: number,
): Promise<readonly number[]> {
  const callIds: number[] = [];
  let after = position;
  for (let walk = 0; walk < walksMax; walk += 1) {
    const limit = count - callIds.length;
    const part = { filter, order: "newest-first", after, before: null, limit } as const;
    // oxlint-disable-next-line no-await-in-loop -- each begins where the one before ended
    const { calls, stoppedAt } = await storage.calls.walk(workspaceId, part);
    callIds.push(...calls.map(({ id }) => id));
    if (stoppedAt === null || callIds.length >= count) return callIds;
    after = stoppedAt;
    // oxlint-disable-next-line no-await-in-loop -- for everybody else
    await turn();
  }
  const message = "Too many calls would have to be looked at: narrow the filter, to a span of time for instance.";
  throw new DomainError("BAD_USER_INPUT", message, { field: "filter" });
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

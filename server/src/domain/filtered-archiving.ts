import type { CallOutcome, FeedPosition } from "./call.ts";
import { DomainError } from "./errors.ts";
import type { CallFilter } from "./filter.ts";
import type { Storage, Writing } from "./storage.ts";

/** Most calls of one transaction: those of others wait no longer than for these. */
export const callsPerWriteMax = 500;

/** Most calls that one request archives or restores by a filter. */
export const filteredCallsMax = 2 * callsPerWriteMax;

/** How often a walk that was ended at its bound is gone on with for one transaction: longer than that takes, no request lasts. */
const walksMax = 100;

/**
 * Archives or restores the newest calls that the filter lets through and that are not so yet, `first` at most: one outcome each,
 * newest first. What alters between the look and the write is left alone, as a conflict.
 *
 * Each transaction leaves its outcomes under the key of the request, and the next one begins after the last of them. So a retry after
 * a crash in between is answered what was done, does the rest, and touches nothing twice.
 * @throws DomainError BAD_USER_INPUT when too many calls would have to be looked at
 */
export async function archiveWhere(
  storage: Pick<Storage, "calls" | "changes">,
  writing: Writing,
  filter: CallFilter | null,
  isArchived: boolean,
  first: number = filteredCallsMax,
): Promise<readonly CallOutcome[]> {
  const { workspaceId, idempotency } = writing;
  const wanted: CallFilter = { kind: "and", of: [...(filter === null ? [] : [filter]), archived(!isArchived)] };
  const outcomes: CallOutcome[] = [];
  let after: FeedPosition | null = null;
  for (let at = 0; at < first; at += callsPerWriteMax) {
    const limit = Math.min(callsPerWriteMax, first - at);
    const key = idempotency && {
      ...idempotency,
      part: at === 0 ? idempotency.part : `${idempotency.part} ${at}`,
    };
    // oxlint-disable no-await-in-loop -- one after the other, each beginning where the one before ended
    const { revision } = await storage.changes.head(workspaceId);
    const callIds = await found(storage, workspaceId, wanted, after, limit);
    if (callIds.length === 0 && key === undefined) break;
    // Without any to write as well: a retry may have been answered by then.
    const bound = { ...writing, idempotency: key, ifRevision: revision };
    const done = await storage.calls.setArchived(bound, callIds, isArchived);
    // oxlint-enable no-await-in-loop
    outcomes.push(...done);
    after = done.at(-1)?.call ?? null;
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

function archived(is: boolean): CallFilter {
  return { kind: "archived", is };
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

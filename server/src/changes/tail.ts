import type { Change, Cursor } from "../domain/change.ts";
import { DomainError } from "../domain/errors.ts";
import type { Doorbell, Follower, Following, Log } from "../domain/ports.ts";
import { resumeGap } from "../domain/resuming.ts";
import type { Storage } from "../domain/storage.ts";

/**
 * How many changes are read and delivered within one turn of the event loop. Half of what a socket may queue, so that a
 * healthy reader is never taken for a slow one because many changes came at once.
 */
export const batchChangesMax = 128;

export type TailDeps = {
  readonly storage: Pick<Storage, "changes">;
  readonly doorbell: Doorbell;
  readonly log: Pick<Log, "warn" | "error">;
  /** How long to wait before the log is read again that could not be read. */
  readonly pollMs: number;
  readonly workspaceId: number;
  /** The log's head, read just before. */
  readonly head: Cursor;
  /** Called once when the last follower has stopped or failed; the tail is closed then. */
  readonly onDeserted: () => void;
};

/** The one reader of a workspace's log, with its followers. */
export type Tail = {
  readonly epoch: string;
  /** Delivers the changes after `start` (of which `first` are the first), beginning in a later turn. */
  join(start: Cursor, first: readonly Change[], follower: Follower): Following;
  /** Looks whether the log went on without a ring, or is another one. Never rejects. */
  look(): Promise<void>;
  /** Ends every follower with this error, and so the tail. */
  fail(error: unknown): void;
  close(): void;
};

/** A follower with the revision that it has; it is live once that is the tail's position or more. */
type Place = { readonly follower: Follower; at: number; isStopped: boolean };

/**
 * Reads on from its position after each ring and each look that finds more, one read at a time, and hands the same array to every live
 * follower. A place that is behind replays the log by itself and goes live in the very turn in which it has caught up, so
 * that nothing fits in between; whatever the tail then reads of what the place has already is left out for it.
 */
export function createTail(deps: TailDeps): Tail {
  const { storage, doorbell, log, pollMs, workspaceId, head, onDeserted } = deps;
  const places = new Set<Place>();
  const live = new Set<Place>();
  let position = head.revision;
  let isScheduled = false;
  let isReading = false;
  let isWanted = false;
  let isLooking = false;
  let isTroubled = false;
  let isClosed = false;

  const unlisten = doorbell.listen(workspaceId, (revision) => {
    if (revision > position) schedule();
  });
  schedule(); // for what was committed between reading the head and listening

  return { epoch: head.epoch, join, look, fail, close };

  function join(start: Cursor, first: readonly Change[], follower: Follower): Following {
    const place: Place = { follower, at: start.revision, isStopped: false };
    places.add(place);
    void replay(place, first);
    return { start, stop: () => leave(place) };
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    unlisten();
    for (const place of places) place.isStopped = true;
    places.clear();
    live.clear();
  }

  function leave(place: Place): void {
    place.isStopped = true;
    live.delete(place);
    if (!places.delete(place) || places.size > 0) return;
    close();
    onDeserted();
  }

  function schedule(): void {
    if (isScheduled || isClosed) return;
    isScheduled = true;
    // A later turn: whoever made the change is answered first, and commits that follow at once share the read.
    setImmediate(() => {
      isScheduled = false;
      void read();
    });
  }

  async function read(): Promise<void> {
    if (isClosed) return;
    if (isReading) {
      isWanted = true;
      return;
    }
    isReading = true;
    isWanted = false;
    try {
      const batch = await storage.changes.after(workspaceId, position, batchChangesMax);
      isTroubled = false;
      if (batch.length > 0) advance(batch);
      if (batch.length === batchChangesMax) isWanted = true;
    } catch (error) {
      trouble(error);
    }
    isReading = false;
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- set by a ring while the log was read
    if (isWanted) schedule();
  }

  function advance(batch: readonly Change[]): void {
    if (isClosed) return;
    if (batch[0]?.revision !== position + 1) {
      fail(resumeGap("The change log does not go on where it was read last"));
      return;
    }
    position = batch.at(-1)?.revision ?? position;
    for (const place of live) deliver(place, batch);
  }

  async function look(): Promise<void> {
    if (isLooking || places.size === 0) return;
    isLooking = true;
    const known = position;
    try {
      const now = await storage.changes.head(workspaceId);
      isTroubled = false;
      if (now.epoch !== head.epoch || now.revision < known) fail(resumeGap("The workspace's history was replaced"));
      else if (now.revision > position) schedule();
    } catch (error) {
      trouble(error);
    } finally {
      isLooking = false;
    }
  }

  async function replay(place: Place, first: readonly Change[]): Promise<void> {
    let batch = first;
    while (!place.isStopped) {
      try {
        await turn();
        if (batch.length > 0) {
          if (batch[0]?.revision !== place.at + 1) throw resumeGap("The changes after this cursor are no longer kept");
          await deliverPaced(place, batch);
        }
        if (place.isStopped) return;
        if (place.at >= position) {
          live.add(place);
          return;
        }
        batch = await storage.changes.after(workspaceId, place.at, batchChangesMax);
        if (batch.length === 0) await pause(); // a reader of the database that lags behind
      } catch (error) {
        if (isGap(error)) return failOne(place, error);
        trouble(error);
        batch = [];
        await pause();
      }
    }
  }

  /** Whoever can say that its reader is behind gets one change after the other, since one may already be large. */
  async function deliverPaced(place: Place, batch: readonly Change[]): Promise<void> {
    if (place.follower.drained === undefined) {
      deliver(place, batch);
      return;
    }
    for (const change of batch) {
      deliver(place, [change]);
      const drained = place.follower.drained();
      if (drained !== null) await drained;
    }
  }

  function deliver(place: Place, batch: readonly Change[]): void {
    if (place.isStopped) return;
    const isNext = batch[0]?.revision === place.at + 1;
    const changes = isNext ? batch : batch.filter(({ revision }) => revision > place.at);
    const last = changes.at(-1);
    if (last === undefined) return;
    place.at = last.revision;
    try {
      place.follower.changes(changes);
    } catch (error) {
      log.error({ err: error, workspaceId }, "a follower of the change feed threw");
    }
  }

  function failOne(place: Place, error: unknown): void {
    if (place.isStopped) return;
    leave(place);
    try {
      place.follower.failed(error);
    } catch (thrown) {
      log.error({ err: thrown, workspaceId }, "a follower of the change feed threw");
    }
  }

  function fail(error: unknown): void {
    for (const place of places) failOne(place, error);
  }

  /** The database did not answer: nothing is lost, the next poll or ring reads on. Said once until it answers again. */
  function trouble(error: unknown): void {
    if (isClosed) return;
    if (isGap(error)) return fail(error);
    if (!isTroubled) log.warn({ err: error, workspaceId }, "the change log cannot be read; it is tried again");
    isTroubled = true;
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, pollMs).unref();
    });
  }
}

function isGap(error: unknown): boolean {
  return error instanceof DomainError && error.code === "RESUME_GAP";
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

import type { DatabaseSync } from "node:sqlite";
import type { Call, CallPage, CallPlaces, FeedPosition } from "../../domain/call.ts";
import { createFeed } from "./feed.ts";
import { callOfRows, noteColumns, type NoteRow } from "./note-rows.ts";
import { callColumns, type CallRow } from "../rows.ts";
import type { CountQuestion } from "../../domain/call-counts.ts";
import type { CallFilter } from "../../domain/filter.ts";
import type { CallStretch, CallWalk } from "../../domain/storage.ts";
import { createCountReader } from "./read-counts.ts";
import { createOtherEndReader } from "./read-other-ends.ts";
import { createReturnReader } from "./read-returns.ts";
import { createFilteredReader, type Found, scanBounds, type ScanBounds } from "./read-filtered.ts";
import type { Snapshot } from "./snapshot.ts";
import { createStatements } from "./statements.ts";

/** The reading half of `CallStore`: synchronous, each answer of one snapshot. */
export function createCallReader(db: DatabaseSync, snapshot: Snapshot, bounds: ScanBounds = scanBounds) {
  const feed = createFeed(db);
  const prepare = createStatements(db);
  const filtered = createFilteredReader(prepare, bounds);
  const counts = createCountReader(prepare, filtered);
  const returns = createReturnReader(filtered);
  const otherEnds = createOtherEndReader(db);
  const revision = db.prepare("SELECT revision FROM workspaces WHERE id = ?");
  // Skips within the index alone (calls_feed ends with the rowid), then fetches the rows of the page only.
  const page = db.prepare(`SELECT ${callColumns}
    FROM calls JOIN (SELECT row FROM calls WHERE workspace_id = ? AND created_at_ms < ?
      ORDER BY created_at_ms DESC, id DESC LIMIT ? OFFSET ?) USING (row)
    ORDER BY created_at_ms DESC, id DESC`);
  // Both read calls_feed alone.
  const headIds = db.prepare(`SELECT id FROM calls WHERE workspace_id = ?
    ORDER BY created_at_ms DESC, id DESC LIMIT ?`);
  const pageIds = db.prepare(`SELECT id FROM calls WHERE workspace_id = ? AND created_at_ms < ?
    ORDER BY created_at_ms DESC, id DESC LIMIT ? OFFSET ?`);
  headIds.setReturnArrays(true);
  pageIds.setReturnArrays(true);
  const head = db.prepare(`SELECT ${callColumns} FROM calls WHERE workspace_id = ?
    ORDER BY created_at_ms DESC, id DESC LIMIT ?`);
  // The row value comparison is one range of calls_feed.
  const after = db.prepare(`SELECT ${callColumns} FROM calls
    WHERE workspace_id = ? AND (created_at_ms, id) < (?, ?) ORDER BY created_at_ms DESC, id DESC LIMIT ?`);
  const many = db.prepare(`SELECT ${callColumns} FROM calls
    WHERE workspace_id = ? AND id IN (SELECT value FROM json_each(?))`);
  const one = db.prepare(`SELECT ${callColumns} FROM calls WHERE workspace_id = ? AND id = ?`);
  const byRow = db.prepare(`SELECT ${callColumns} FROM calls WHERE row IN (SELECT value FROM json_each(?))`);
  const notesOfOne = db.prepare(
    `SELECT ${noteColumns} FROM notes WHERE workspace_id = ? AND call_id = ? ORDER BY id DESC`,
  );
  const notesOfMany = db.prepare(`SELECT call_id, ${noteColumns} FROM notes
    WHERE workspace_id = ? AND call_id IN (SELECT value FROM json_each(?)) ORDER BY call_id, id DESC`);

  const unsettled = db.prepare(`SELECT (SELECT count(*) FROM return_work WHERE workspace_id = ?1)
    + (SELECT count(*) FROM key_work WHERE workspace_id = ?1) AS count`);

  return {
    otherEnds,

    page: (workspaceId: number, offset: number, limit: number, filter: CallFilter | null = null): CallPage =>
      snapshot(() => {
        if (filter !== null) return filteredPage(workspaceId, offset, limit, filter);
        const totalCount = feed.count(workspaceId);
        const at = revisionOf(workspaceId);
        const rows = offset < totalCount && limit > 0 ? pageRows(workspaceId, offset, limit, at) : [];
        return { calls: withNotes(workspaceId, rows), totalCount, revision: at };
      }),

    find: (workspaceId: number, callId: number): Call | null => snapshot(() => findOne(workspaceId, callId)),

    places: (workspaceId: number, offset: number, limit: number): CallPlaces =>
      snapshot(() => {
        const totalCount = feed.count(workspaceId);
        const at = revisionOf(workspaceId);
        const callIds = offset < totalCount && limit > 0 ? idsOfPage(workspaceId, offset, limit, at) : [];
        return { callIds, totalCount, revision: at };
      }),

    some: (workspaceId: number, callIds: readonly number[]) =>
      snapshot(() => {
        const calls = callIds.length === 1 ? single(workspaceId, callIds[0] as number) : several(workspaceId, callIds);
        return { calls, revision: revisionOf(workspaceId) };
      }),

    walk: (workspaceId: number, walk: CallWalk): CallStretch =>
      snapshot(() => {
        const { found, stoppedAt } = filtered.walk(workspaceId, { ...walk, limit: walk.limit + 1 });
        const hasMore = stoppedAt !== null || found.length > walk.limit;
        return { calls: callsOf(workspaceId, found.slice(0, walk.limit)), hasMore, stoppedAt };
      }),

    count: (workspaceId: number, filter: CallFilter | null) => snapshot(() => filtered.count(workspaceId, filter)),

    returns: (workspaceId: number, filter: CallFilter | null) => snapshot(() => returns(workspaceId, filter)),

    unsettled: (workspaceId: number): number => (unsettled.get(workspaceId) as { count: number }).count,

    counts: (workspaceId: number, question: CountQuestion) => snapshot(() => counts(workspaceId, question)),

    after: (
      workspaceId: number,
      position: FeedPosition | null,
      limit: number,
      filter: CallFilter | null = null,
    ): readonly Call[] =>
      snapshot(() => {
        if (filter !== null) return filteredAfter(workspaceId, position, limit, filter);
        const rows =
          position === null
            ? head.all(workspaceId, limit)
            : after.all(workspaceId, position.createdAtMs, position.id, limit);
        return withNotes(workspaceId, rows as CallRow[]);
      }),
  };

  function filteredPage(workspaceId: number, offset: number, limit: number, filter: CallFilter): CallPage {
    const { count: totalCount, isExact } = filtered.count(workspaceId, filter);
    const { found, stoppedAt } = filtered.page(workspaceId, filter, offset, limit, totalCount);
    const page = { calls: callsOf(workspaceId, found), totalCount, revision: revisionOf(workspaceId) };
    return isExact && stoppedAt === null ? page : { ...page, isBounded: true };
  }

  function filteredAfter(
    workspaceId: number,
    position: FeedPosition | null,
    limit: number,
    filter: CallFilter,
  ): readonly Call[] {
    const all: Found[] = [];
    let after = position;
    do {
      const walk = { filter, order: "newest-first", after, before: null, limit: limit - all.length } as const;
      const { found, stoppedAt } = filtered.walk(workspaceId, walk);
      all.push(...found);
      after = stoppedAt;
    } while (after !== null && all.length < limit);
    return callsOf(workspaceId, all);
  }

  /** The calls that were found, in the same order. */
  function callsOf(workspaceId: number, found: readonly Found[]): readonly Call[] {
    if (found.length === 0) return [];
    const rows = byRow.all(JSON.stringify(found.map(({ row }) => row))) as CallRow[];
    const byId = new Map(rows.map((row) => [row.id, row]));
    return withNotes(
      workspaceId,
      found.flatMap(({ id }) => byId.get(id) ?? []),
    );
  }

  function revisionOf(workspaceId: number): number {
    return (revision.get(workspaceId) as { revision: number } | undefined)?.revision ?? 0;
  }

  function findOne(workspaceId: number, callId: number): Call | null {
    const row = one.get(workspaceId, callId) as CallRow | undefined;
    if (row === undefined) return null;
    return callOfRows(row, notesOfOne.all(workspaceId, callId) as NoteRow[]);
  }

  function single(workspaceId: number, callId: number): readonly Call[] {
    const call = findOne(workspaceId, callId);
    return call === null ? [] : [call];
  }

  function several(workspaceId: number, callIds: readonly number[]): readonly Call[] {
    const rows = many.all(workspaceId, JSON.stringify(callIds)) as CallRow[];
    const calls = new Map(withNotes(workspaceId, rows).map((call) => [call.id, call]));
    return callIds.flatMap((callId) => calls.get(callId) ?? []);
  }

  function idsOfPage(workspaceId: number, offset: number, limit: number, at: number): readonly number[] {
    const rows = offset === 0 ? headIds.all(workspaceId, limit) : deepIds(workspaceId, offset, limit, at);
    return (rows as unknown as readonly (readonly [number])[]).map(([id]) => id);
  }

  function deepIds(workspaceId: number, offset: number, limit: number, at: number) {
    const { beforeMs, skip } = feed.seek(workspaceId, offset, at);
    return pageIds.all(workspaceId, beforeMs, limit, skip);
  }

  function pageRows(workspaceId: number, offset: number, limit: number, at: number): CallRow[] {
    if (offset === 0) return head.all(workspaceId, limit) as CallRow[];
    const { beforeMs, skip } = feed.seek(workspaceId, offset, at);
    return page.all(workspaceId, beforeMs, limit, skip) as CallRow[];
  }

  function withNotes(workspaceId: number, rows: readonly CallRow[]): readonly Call[] {
    if (rows.length === 0) return [];
    const notes = new Map<number, NoteRow[]>();
    for (const row of notesOfMany.all(workspaceId, JSON.stringify(rows.map(({ id }) => id))) as NoteOfCall[]) {
      const list = notes.get(row.call_id);
      if (list === undefined) notes.set(row.call_id, [row]);
      else list.push(row);
    }
    return rows.map((row) => callOfRows(row, notes.get(row.id) ?? []));
  }
}

type NoteOfCall = NoteRow & { readonly call_id: number };

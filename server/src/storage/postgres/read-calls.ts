import type { Call, CallPage, CallPlaces, FeedPosition } from "../../domain/call.ts";
import type { CountQuestion } from "../../domain/call-counts.ts";
import type { CallFilter } from "../../domain/filter.ts";
import type { CallStretch, CallWalk } from "../../domain/storage.ts";
import { callOf, wholeCall, type WholeCallRow } from "./call-rows.ts";
import { list, type Statements } from "./connection.ts";
import { seek } from "./feed.ts";
import { readCounts } from "./read-counts.ts";
import { readOtherEnds } from "./read-other-ends.ts";
import { readReturns } from "./read-returns.ts";
import { createFilteredReader, scanBounds, type ScanBounds } from "./read-filtered.ts";

/** Runs what it is given in one read transaction: all its statements see the same commit. */
export type Snapshot = <T>(read: (tx: Statements) => Promise<T>) => Promise<T>;

/** The reading half of `CallStore`. Each answer is one statement or one transaction, and so of one snapshot. */
export function createCallReader(statements: Statements, snapshot: Snapshot, bounds: ScanBounds = scanBounds) {
  return {
    page: async (
      workspaceId: number,
      offset: number,
      limit: number,
      filter: CallFilter | null = null,
    ): Promise<CallPage> => {
      if (filter !== null) return snapshot((tx) => filteredPage(tx, workspaceId, offset, limit, filter));
      const rows = await feedRows(wholePage, deepWholePage, workspaceId, offset, limit);
      return { calls: rows.found.map(callOf), totalCount: rows.totalCount, revision: rows.revision };
    },

    places: async (workspaceId: number, offset: number, limit: number): Promise<CallPlaces> => {
      const rows = await feedRows(idPage, deepIdPage, workspaceId, offset, limit);
      return { callIds: rows.found.map(({ id }) => id), totalCount: rows.totalCount, revision: rows.revision };
    },

    find: async (workspaceId: number, callId: number): Promise<Call | null> => {
      const row = await statements.get<WholeCallRow>(one, workspaceId, callId);
      return row === undefined ? null : callOf(row);
    },

    some: async (workspaceId: number, callIds: readonly number[]) => {
      const rows = await statements.all<WholeCallRow & { readonly at_revision: number }>(
        some,
        workspaceId,
        list(callIds),
      );
      const calls = new Map<number, Call>();
      for (const { at_revision: _, ...row } of rows) if (row.id !== null) calls.set(row.id, callOf(row));
      return { calls: callIds.flatMap((id) => calls.get(id) ?? []), revision: rows[0]?.at_revision ?? 0 };
    },

    walk: (workspaceId: number, walk: CallWalk): Promise<CallStretch> =>
      snapshot(async (tx) => {
        const filtered = createFilteredReader(tx, workspaceId, bounds);
        const { found, stoppedAt } = await filtered.walk({ ...walk, limit: walk.limit + 1 });
        const hasMore = stoppedAt !== null || found.length > walk.limit;
        return { calls: await callsOf(tx, workspaceId, found.slice(0, walk.limit)), hasMore, stoppedAt };
      }),

    count: (workspaceId: number, filter: CallFilter | null) =>
      snapshot((tx) => createFilteredReader(tx, workspaceId, bounds).count(filter)),

    counts: (workspaceId: number, question: CountQuestion) =>
      snapshot((tx) => readCounts(tx, workspaceId, question, bounds)),

    otherEnds: (workspaceId: number, callIds: readonly number[]) => readOtherEnds(statements, workspaceId, callIds),

    unsettled: async (workspaceId: number): Promise<number> => {
      const text = `SELECT (SELECT count(*) FROM return_work WHERE workspace_id = $1)
        + (SELECT count(*) FROM key_work WHERE workspace_id = $1) AS count`;
      return (await statements.get<{ count: number }>(text, workspaceId))?.count ?? 0;
    },

    returns: (workspaceId: number, filter: CallFilter | null) =>
      snapshot((tx) => readReturns(tx, workspaceId, filter, bounds)),

    after: async (
      workspaceId: number,
      position: FeedPosition | null,
      limit: number,
      filter: CallFilter | null = null,
    ): Promise<readonly Call[]> => {
      if (filter !== null) return snapshot((tx) => filteredAfter(tx, workspaceId, position, limit, filter));
      const rows = await (position === null
        ? statements.all<WholeCallRow>(head, workspaceId, limit)
        : statements.all<WholeCallRow>(after, workspaceId, limit, position.createdAtMs, position.id));
      return rows.map(callOf);
    },
  };

  async function filteredPage(
    tx: Statements,
    workspaceId: number,
    offset: number,
    limit: number,
    filter: CallFilter,
  ): Promise<CallPage> {
    const filtered = createFilteredReader(tx, workspaceId, bounds);
    const at = tx.get<{ revision: number }>(revisionOf, workspaceId);
    const [{ count: totalCount, isExact }, row] = await Promise.all([filtered.count(filter), at]);
    const { found, stoppedAt } = await filtered.page(filter, offset, limit, totalCount);
    const page = { calls: await callsOf(tx, workspaceId, found), totalCount, revision: row?.revision ?? 0 };
    return isExact && stoppedAt === null ? page : { ...page, isBounded: true };
  }

  async function filteredAfter(
    tx: Statements,
    workspaceId: number,
    position: FeedPosition | null,
    limit: number,
    filter: CallFilter,
  ): Promise<readonly Call[]> {
    const filtered = createFilteredReader(tx, workspaceId, bounds);
    const all: FeedPosition[] = [];
    let after = position;
    do {
      const walk = { filter, order: "newest-first", after, before: null, limit: limit - all.length } as const;
      // oxlint-disable-next-line no-await-in-loop -- each goes on where the one before was given up
      const { found, stoppedAt } = await filtered.walk(walk);
      all.push(...found);
      after = stoppedAt;
    } while (after !== null && all.length < limit);
    return callsOf(tx, workspaceId, all);
  }

  /** The calls that were found, in the same order. */
  async function callsOf(
    tx: Statements,
    workspaceId: number,
    found: readonly FeedPosition[],
  ): Promise<readonly Call[]> {
    if (found.length === 0) return [];
    const rows = await tx.all<WholeCallRow>(many, workspaceId, list(found.map(({ id }) => id)));
    const calls = new Map(rows.map((row) => [row.id, callOf(row)]));
    return found.flatMap(({ id }) => calls.get(id) ?? []);
  }

  async function feedRows(first: string, deep: string, workspaceId: number, offset: number, limit: number) {
    const rows = await (offset === 0
      ? statements.all<WholeCallRow & OfFeed>(first, workspaceId, limit)
      : statements.all<WholeCallRow & OfFeed>(deep, workspaceId, limit, offset));
    // The workspace's row comes without a call where the page is empty.
    const found = rows.filter(({ id }) => id !== null);
    return { found, totalCount: rows[0]?.total ?? 0, revision: rows[0]?.at_revision ?? 0 };
  }
}

type OfFeed = { readonly at_revision: number; readonly total: number };

const order = "ORDER BY calls.created_at_ms DESC, calls.id DESC";

const one = `SELECT ${wholeCall} FROM calls WHERE workspace_id = $1 AND id = $2`;

const many = `SELECT ${wholeCall} FROM calls WHERE workspace_id = $1 AND id = ANY($2::text::bigint[])`;

const revisionOf = "SELECT revision FROM workspaces WHERE workspace_id = $1";

const some = `SELECT w.revision AS at_revision, c.* FROM workspaces w LEFT JOIN LATERAL
  (SELECT ${wholeCall} FROM calls WHERE calls.workspace_id = $1 AND calls.id = ANY($2::text::bigint[])) c ON true
  WHERE w.workspace_id = $1`;

// Both walk calls_feed from their place on.
const head = `SELECT ${wholeCall} FROM calls WHERE workspace_id = $1 ${order} LIMIT $2`;
const after = `SELECT ${wholeCall} FROM calls WHERE workspace_id = $1 AND (created_at_ms, id) < ($3, $4) ${order} LIMIT $2`;

/** A page with the count and the revision beside it; an empty one is a row without a call. */
function page(columns: string, from: string): string {
  return `SELECT w.revision AS at_revision,
      coalesce((SELECT count FROM feed_counts WHERE workspace_id = $1 AND span = 0 AND bucket = 0), 0) AS total, c.*
    FROM workspaces w LEFT JOIN LATERAL (SELECT ${columns} FROM calls WHERE calls.workspace_id = $1 ${from}) c ON true
    WHERE w.workspace_id = $1 ORDER BY c.created_at_ms DESC, c.id DESC`;
}

const headOf = `${order} LIMIT $2`;
const wholePage = page(wholeCall, headOf);
const idPage = page("calls.id, calls.created_at_ms", headOf);

// The place is found by counts; what is left to skip lies within one hour and is skipped in the index.
// As an array: whatever the planner thinks of a limit that it does not know, it then reads the key of so many calls.
const fromPlace = (ids: string) => `AND calls.id = ANY(ARRAY(${ids})) ${order}`;
const placed = `SELECT id FROM calls WHERE workspace_id = $1
  AND created_at_ms < (SELECT before_ms FROM place) ORDER BY created_at_ms DESC, id DESC
  LIMIT $2 OFFSET (SELECT skip FROM place)`;
const counts = (span: number, condition: string) =>
  `SELECT bucket, count FROM feed_counts WHERE workspace_id = $1 AND span = ${span} AND ${condition}`;
const deep = (columns: string) => `WITH ${seek("$3", counts)} ${page(columns, fromPlace(placed))}`;
const deepWholePage = deep(wholeCall);
const deepIdPage = deep("calls.id, calls.created_at_ms");

import type { DatabaseSync } from "node:sqlite";
import type { Call, Direction, FeedPosition } from "../../domain/call.ts";
import { actorText, parseActor } from "../../domain/change.ts";
import { type CallReturn, otherKey, returnedBy, type ReturnState, sameState, settles } from "../../domain/returns.ts";
import {
  joinedSpan,
  lastOf,
  type SettlingAuthor,
  type SettlingBounds,
  type Span,
  spanOf,
  type Spans,
  spansOf,
  touch,
  workColumns,
  workRowsMax,
  type WorkRow,
} from "../settling.ts";
import { type ReturnColumns, stateOfRow } from "../return-rows.ts";

/** Gives a call another state, whatever that takes. */
export type SetReturned = (author: SettlingAuthor, callId: number, state: ReturnState) => void;

/**
 * Keeps which calls were returned by which, within the transaction that the caller has begun. The state of a call is a function of
 * the calls of its number: a call that comes or is told anew looks for the next one that settles it; one that settles (or did)
 * is remembered until {@link ReturnWriter.settle}, which looks again at those between it and the one that settled before it. Both
 * are a few looks into `calls_by_other`, however many calls a number has.
 */
export function createReturnWriter(db: DatabaseSync, bounds: SettlingBounds) {
  const next = db.prepare(`SELECT id, direction, created_at_ms FROM calls INDEXED BY calls_by_other
    WHERE workspace_id = ? AND other = ? AND settles = 1 AND (created_at_ms, id) > (?, ?) AND id <> ?
    ORDER BY created_at_ms, id LIMIT 1`);
  const previous = db.prepare(`SELECT created_at_ms, id FROM calls INDEXED BY calls_by_other
    WHERE workspace_id = ? AND other = ? AND settles = 1 AND (created_at_ms, id) < (?, ?)
    ORDER BY created_at_ms DESC, id DESC LIMIT 1`);
  const between = db.prepare(`SELECT id, created_at_ms, returned_by, returned_at_ms, returned_how
    FROM calls INDEXED BY calls_by_other WHERE workspace_id = ? AND other = ? AND settles = 0
    AND (created_at_ms, id) < (?, ?) AND (created_at_ms, id) > (?, ?)
    ORDER BY created_at_ms DESC, id DESC LIMIT ?`);
  const work = db.prepare(`SELECT ${workColumns} FROM return_work LIMIT 1`);
  const workBy = db.prepare(`SELECT ${workColumns} FROM return_work WHERE workspace_id = ? AND actor = ?
    ORDER BY other LIMIT ${workRowsMax}`);
  const workOf = db.prepare(`SELECT ${workColumns} FROM return_work WHERE workspace_id = ? AND other = ?`);
  const leave = db.prepare(`INSERT OR REPLACE INTO return_work (${workColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const done = db.prepare("DELETE FROM return_work WHERE workspace_id = ? AND other = ?");
  let touched: Spans = new Map();

  return {
    /** A write about what sources tell begins. */
    begin(): void {
      touched = new Map();
    },

    /** The key of a call that is told anew, and its state. Remembers the call where it settles, or did before. */
    told(
      workspaceId: number,
      before: Told | null,
      after: Told,
    ): { readonly other: string | null; readonly returned: ReturnState } {
      if (before !== null && settles(before)) touch(touched, otherKey(before), before);
      const other = otherKey(after);
      if (!settles(after)) return { other, returned: other === null ? null : nextOf(workspaceId, other, after) };
      touch(touched, other, after);
      return { other, returned: null };
    },

    /** Settles what the write has come to, and leaves the rest to {@link settleMore}. */
    settle(author: SettlingAuthor, set: SetReturned): void {
      if (touched.size === 0) return;
      settleSpans(author, touched, set);
      touched = new Map();
    },

    /** Does as much as fits one transaction of what was left by one author; false when nothing was. */
    settleMore(set: SetReturned): boolean {
      const row = work.get() as WorkRow | undefined;
      if (row === undefined) return false;
      const { workspace_id: workspaceId, actor } = row;
      const rows = workBy.all(workspaceId, actor) as WorkRow[];
      for (const { other } of rows) done.run(workspaceId, other);
      settleSpans({ workspaceId, actor: parseActor(actor), atMs: lastOf(rows) }, spansOf(rows), set);
      return true;
    },

    hasMore: (): boolean => work.get() !== undefined,
  };

  function settleSpans(author: SettlingAuthor, spans: ReadonlyMap<string, Span>, set: SetReturned): void {
    const { workspaceId } = author;
    const altered: { readonly id: number; readonly state: ReturnState }[] = [];
    let looked = 0;
    for (const [other, { from, before }] of spans) {
      const limit = altered.length < bounds.settled ? bounds.looked - looked : 0;
      const rows = limit > 0 ? rowsWithin(workspaceId, other, { from, before }, limit) : [];
      looked += rows.length;
      let rest = rows.length < limit ? null : placeOf(rows.at(-1) ?? null, before);
      for (const row of rows) {
        const state = nextOf(workspaceId, other, { createdAtMs: row.created_at_ms, id: row.id });
        if (sameState(state, stateOfRow(row))) continue;
        if (altered.length === bounds.settled) {
          rest = { createdAtMs: row.created_at_ms, id: row.id + 1 };
          break;
        }
        altered.push({ id: row.id, state });
      }
      if (rest !== null) leaveToLater(author, other, { from, before: rest });
    }
    // In an order that does not depend on how they were found.
    for (const { id, state } of altered.toSorted((a, b) => a.id - b.id)) set(author, id, state);
  }

  /** From the newest back to the call that settled what lies before: those further back were settled by that one already. */
  function rowsWithin(workspaceId: number, other: string, { from, before }: Span, limit: number) {
    const last = previous.get(workspaceId, other, from.createdAtMs, from.id) as PlaceRow | undefined;
    const after = last ?? { created_at_ms: Number.MIN_SAFE_INTEGER, id: 0 };
    const ends = [before.createdAtMs, before.id, after.created_at_ms, after.id] as const;
    return between.all(workspaceId, other, ...ends, limit) as WantingRow[];
  }

  function leaveToLater({ workspaceId, actor, atMs }: SettlingAuthor, other: string, span: Span): void {
    const known = workOf.get(workspaceId, other) as WorkRow | undefined;
    const { from, before } = known === undefined ? span : joinedSpan(spanOf(known), span);
    const places = [from.createdAtMs, from.id, before.createdAtMs, before.id] as const;
    leave.run(workspaceId, other, ...places, actorText(actor), atMs);
  }

  function nextOf(workspaceId: number, other: string, { createdAtMs, id }: FeedPosition): CallReturn | "waiting" {
    const row = next.get(workspaceId, other, createdAtMs, id, id) as SettlingRow | undefined;
    if (row === undefined) return "waiting";
    return { by: returnedBy(row.direction), callId: row.id, atMs: row.created_at_ms };
  }
}

export type ReturnWriter = ReturnType<typeof createReturnWriter>;

type Told = Pick<Call, "id" | "direction" | "callType" | "from" | "to" | "createdAtMs">;

type PlaceRow = { readonly created_at_ms: number; readonly id: number };

type SettlingRow = PlaceRow & { readonly direction: Direction };

type WantingRow = PlaceRow & ReturnColumns;

function placeOf(row: PlaceRow | null, otherwise: FeedPosition): FeedPosition {
  return row === null ? otherwise : { createdAtMs: row.created_at_ms, id: row.id };
}

import type { Call, Direction, FeedPosition } from "../../domain/call.ts";
import { actorText, parseActor } from "../../domain/change.ts";
import { type CallReturn, otherKey, returnedBy, type ReturnState, sameState, settles } from "../../domain/returns.ts";
import { type ReturnColumns, stateOfRow } from "../return-rows.ts";
import {
  joinedSpan,
  lastOf,
  type SettlingAuthor,
  settlingBounds,
  type Span,
  spanOf,
  type Spans,
  spansOf,
  touch,
  workColumns,
  workRowsMax,
  type WorkRow,
} from "../settling.ts";
import type { Tx } from "./group-commit.ts";

/** Gives a call another state, whatever that takes. */
export type SetReturned = (tx: Tx, author: SettlingAuthor, callId: number, state: ReturnState) => Promise<void>;

/**
 * Keeps which calls were returned by which, within the transaction of the caller. The state of a call is a function of the calls of its
 * number: a call that comes or is told anew looks for the next one that settles it; one that settles (or did) is remembered in the
 * ledger until {@link settle}, which looks again at those between it and the one that settled before it.
 */

/** The key of a call that is told anew, and its state. Remembers the call where it settles, or did before. */
export async function told(
  tx: Tx,
  workspaceId: number,
  before: Told | null,
  after: Told,
): Promise<{ readonly other: string | null; readonly returned: ReturnState }> {
  const { touched } = tx.ledger;
  if (before !== null && settles(before)) touch(touched, otherKey(before), before);
  const other = otherKey(after);
  if (!settles(after)) return { other, returned: other === null ? null : await nextOf(tx, workspaceId, other, after) };
  touch(touched, other, after);
  return { other, returned: null };
}

/** Settles what the write has come to; true when something is left to {@link settleMore}. */
export async function settle(tx: Tx, author: SettlingAuthor, set: SetReturned): Promise<boolean> {
  const spans = new Map(tx.ledger.touched);
  tx.ledger.touched.clear();
  return settleSpans(tx, author, spans, set);
}

/** Does as much as fits one transaction of what was left in a workspace by one author; false when nothing is left any more. */
export async function settleMore(tx: Tx, workspaceId: number, set: SetReturned): Promise<boolean> {
  const rows = await tx.all<WorkRow>(
    `DELETE FROM return_work WHERE workspace_id = $1 AND other IN (SELECT other FROM return_work
        WHERE workspace_id = $1 AND actor = (SELECT actor FROM return_work WHERE workspace_id = $1 ORDER BY other LIMIT 1)
        ORDER BY other LIMIT ${workRowsMax})
      RETURNING ${workColumns}`,
    workspaceId,
  );
  const [row] = rows;
  if (row === undefined) return false;
  const author = { workspaceId, actor: parseActor(row.actor), atMs: lastOf(rows) };
  await settleSpans(tx, author, spansOf(rows), set);
  return true;
}

async function settleSpans(tx: Tx, author: SettlingAuthor, spans: Spans, set: SetReturned): Promise<boolean> {
  const altered: { readonly id: number; readonly state: ReturnState }[] = [];
  let looked = 0;
  let isLeft = false;
  for (const [other, { from, before }] of spans) {
    const limit = altered.length < settlingBounds.settled ? settlingBounds.looked - looked : 0;
    // oxlint-disable-next-line no-await-in-loop -- one connection
    const rows = limit > 0 ? await rowsWithin(tx, author.workspaceId, other, { from, before }, limit) : [];
    looked += rows.length;
    let rest = rows.length < limit ? null : placeOf(rows.at(-1) ?? null, before);
    for (const row of rows) {
      const state = stateOfNext(row);
      if (sameState(state, stateOfRow(row))) continue;
      if (altered.length === settlingBounds.settled) {
        rest = { createdAtMs: row.created_at_ms, id: row.id + 1 };
        break;
      }
      altered.push({ id: row.id, state });
    }
    if (rest === null) continue;
    isLeft = true;
    // oxlint-disable-next-line no-await-in-loop
    await leaveToLater(tx, author, other, { from, before: rest });
  }
  // In an order that does not depend on how they were found.
  for (const { id, state } of altered.toSorted((a, b) => a.id - b.id)) {
    // oxlint-disable-next-line no-await-in-loop -- each has the next revision
    await set(tx, author, id, state);
  }
  return isLeft;
}

/** From the newest back to the call that settled what lies before: those further back were settled by that one already. */
function rowsWithin(tx: Tx, workspaceId: number, other: string, { from, before }: Span, limit: number) {
  return tx.all<WantingRow>(
    `SELECT m.id, m.created_at_ms, m.returned_by, m.returned_at_ms, m.returned_how,
        s.id AS next_id, s.created_at_ms AS next_at_ms, s.direction AS next_direction
      FROM calls m LEFT JOIN LATERAL (SELECT n.id, n.created_at_ms, n.direction FROM calls n
        WHERE n.workspace_id = $1 AND n.other = $2 AND n.settles = 1
          AND (n.created_at_ms, n.id) > (m.created_at_ms, m.id) ORDER BY n.created_at_ms, n.id LIMIT 1) AS s ON true
      WHERE m.workspace_id = $1 AND m.other = $2 AND m.settles = 0 AND (m.created_at_ms, m.id) < ($5, $6)
        AND (m.created_at_ms, m.id) > (
          coalesce((SELECT created_at_ms ${previous}), ${Number.MIN_SAFE_INTEGER}), coalesce((SELECT id ${previous}), 0))
      ORDER BY m.created_at_ms DESC, m.id DESC LIMIT $7`,
    workspaceId,
    other,
    from.createdAtMs,
    from.id,
    before.createdAtMs,
    before.id,
    limit,
  );
}

const previous = `FROM calls WHERE workspace_id = $1 AND other = $2 AND settles = 1 AND (created_at_ms, id) < ($3, $4)
  ORDER BY created_at_ms DESC, id DESC LIMIT 1`;

async function nextOf(
  tx: Tx,
  workspaceId: number,
  other: string,
  { createdAtMs, id }: FeedPosition,
): Promise<CallReturn | "waiting"> {
  const row = await tx.get<SettlingRow>(
    `SELECT id AS next_id, created_at_ms AS next_at_ms, direction AS next_direction FROM calls
      WHERE workspace_id = $1 AND other = $2 AND settles = 1 AND (created_at_ms, id) > ($3, $4) AND id <> $4
      ORDER BY created_at_ms, id LIMIT 1`,
    workspaceId,
    other,
    createdAtMs,
    id,
  );
  return row === undefined ? "waiting" : stateOfNext(row);
}

async function leaveToLater(tx: Tx, author: SettlingAuthor, other: string, span: Span): Promise<void> {
  const { workspaceId, actor, atMs } = author;
  const known = await tx.get<WorkRow>(
    `SELECT ${workColumns} FROM return_work WHERE workspace_id = $1 AND other = $2`,
    workspaceId,
    other,
  );
  const { from, before } = known === undefined ? span : joinedSpan(spanOf(known), span);
  await tx.run(
    `INSERT INTO return_work (${workColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (workspace_id, other) DO UPDATE SET from_ms = excluded.from_ms, from_id = excluded.from_id,
        before_ms = excluded.before_ms, before_id = excluded.before_id, actor = excluded.actor, at_ms = excluded.at_ms`,
    workspaceId,
    other,
    from.createdAtMs,
    from.id,
    before.createdAtMs,
    before.id,
    actorText(actor),
    atMs,
  );
}

type Told = Pick<Call, "id" | "direction" | "callType" | "from" | "to" | "createdAtMs">;

type SettlingRow = {
  readonly next_id: number | null;
  readonly next_at_ms: number;
  readonly next_direction: Direction;
};

type WantingRow = SettlingRow & ReturnColumns & { readonly id: number; readonly created_at_ms: number };

function stateOfNext({ next_id: callId, next_at_ms: atMs, next_direction: direction }: SettlingRow) {
  return callId === null ? "waiting" : { by: returnedBy(direction), callId, atMs };
}

function placeOf(row: WantingRow | null, otherwise: FeedPosition): FeedPosition {
  return row === null ? otherwise : { createdAtMs: row.created_at_ms, id: row.id };
}

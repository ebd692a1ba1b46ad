import type { Call, Direction, FeedPosition } from "../../domain/call.ts";
import { actorText, parseActor } from "../../domain/change.ts";
import { type CallReturn, otherText, returnedBy, type ReturnState, sameState, settles } from "../../domain/returns.ts";
import { type ReturnColumns, stateOfRow } from "../return-rows.ts";
import {
  isBefore,
  joinedSpan,
  lastOf,
  type SettlingAuthor,
  settlingBounds,
  type Span,
  type Spans,
  spansOf,
  touch,
  workColumns,
  workRowsMax,
  type WorkRow,
} from "../settling.ts";
import { keysFor } from "./call-keys.ts";
import { textList } from "./connection.ts";
import type { Tx } from "./group-commit.ts";
import { type Columns, givenRows, insertRows, listsOf } from "./many-rows.ts";
import { newestOfNumber, oldestOfNumber } from "./order-of-number.ts";

/** Gives calls another state, in the order given, whatever that takes. */
export type SetReturned = (tx: Tx, author: SettlingAuthor, altered: readonly Altered[]) => Promise<void>;

type Altered = { readonly id: number; readonly state: ReturnState };

/*
 * All looks at the calls of a number are in an order that `calls_by_other` alone has (`order-of-number.ts`): so the plan is the same whatever the
 * statistics say, and those of a database into which calls are brought are always behind.
 */

/**
 * Keeps which calls were returned by which, within the transaction of the caller. The state of a call is a function of the calls of its
 * number: a call that comes or is told anew looks for the next one that settles it; one that settles (or did) is remembered in the
 * ledger until {@link settle}, which looks again at those between it and the one that settled before it.
 */

/** The key of a call that its source tells anew, and its state. Remembers the call where it settles, or did before. */
export async function told(
  tx: Tx,
  workspaceId: number,
  sourceId: string | null,
  before: Told,
  after: Told,
): Promise<{ readonly other: string | null; readonly returned: ReturnState }> {
  if (settles(before)) touch(tx.ledger.touched, await keptKey(tx, workspaceId, before.id), before);
  const [other = null] = await keysFor(tx, workspaceId, sourceId, [otherText(after)]);
  const [returned = null] = await toldTogether(tx, workspaceId, [{ ...after, other }]);
  return { other, returned };
}

/**
 * The states of calls that are told in one go and are yet to be written as that: by what is written already and by each other. Remembers
 * those that settle.
 */
export async function toldTogether(
  tx: Tx,
  workspaceId: number,
  calls: readonly Keyed[],
): Promise<readonly ReturnState[]> {
  const settling = new Map<string, Keyed[]>();
  for (const call of calls) {
    if (call.other === null || !settles(call)) continue;
    touch(tx.ledger.touched, call.other, call);
    const others = settling.get(call.other);
    if (others === undefined) settling.set(call.other, [call]);
    else others.push(call);
  }
  for (const others of settling.values()) others.sort(byPlace);
  const known = await statesOf(
    tx,
    workspaceId,
    calls.filter((call) => !settles(call)),
  );
  return calls.map((call) => {
    if (call.other === null || settles(call)) return null;
    const state = known.get(call.id) ?? "waiting";
    const next = settling.get(call.other)?.find((other) => isBefore(call, other));
    if (next === undefined) return state;
    const isSettledBefore = state !== "waiting" && isBefore({ createdAtMs: state.atMs, id: state.callId }, next);
    return isSettledBefore ? state : { by: returnedBy(next.direction), callId: next.id, atMs: next.createdAtMs };
  });
}

/** The key under which a call is kept. */
async function keptKey(tx: Tx, workspaceId: number, callId: number): Promise<string | null> {
  const text = "SELECT other FROM calls WHERE workspace_id = $1 AND id = $2";
  return (await tx.get<{ other: string | null }>(text, workspaceId, callId))?.other ?? null;
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
    `SELECT ${workColumns} FROM return_work
      WHERE workspace_id = $1 AND actor = (SELECT actor FROM return_work WHERE workspace_id = $1 ORDER BY other LIMIT 1)
      ORDER BY other LIMIT ${workRowsMax}`,
    workspaceId,
  );
  const [row] = rows;
  if (row === undefined) return false;
  const others = textList(rows.map(({ other }) => other));
  await tx.run(
    "DELETE FROM return_work WHERE workspace_id = $1 AND other = ANY($2::text::text[])",
    workspaceId,
    others,
  );
  const author = { workspaceId, actor: parseActor(row.actor), atMs: lastOf(rows) };
  await settleSpans(tx, author, spansOf(rows), set);
  return true;
}

async function settleSpans(tx: Tx, author: SettlingAuthor, spans: Spans, set: SetReturned): Promise<boolean> {
  const { workspaceId } = author;
  const altered: Altered[] = [];
  const left = new Map<string, Span>();
  let looked = 0;
  const all = [...spans];
  for (let from = 0; from < all.length; from += spansPerLook) {
    const part = all.slice(from, from + spansPerLook);
    const isDone = looked >= settlingBounds.looked || altered.length >= settlingBounds.settled;
    // oxlint-disable-next-line no-await-in-loop -- one connection
    const first = isDone ? null : await rowsWithin(tx, workspaceId, part, firstRows);
    for (const [other, span] of part) {
      const limit = altered.length < settlingBounds.settled ? settlingBounds.looked - looked : 0;
      let rows = first?.get(other)?.slice(0, limit) ?? [];
      if (rows.length === firstRows && limit > firstRows) {
        // oxlint-disable-next-line no-await-in-loop
        rows = (await rowsWithin(tx, workspaceId, [[other, span]], limit)).get(other) ?? [];
      }
      looked += rows.length;
      let rest = rows.length < limit ? null : placeOf(rows.at(-1) ?? null, span.before);
      for (const row of rows) {
        const state = stateOfNext(row);
        if (sameState(state, stateOfRow(row))) continue;
        if (altered.length === settlingBounds.settled) {
          rest = { createdAtMs: row.created_at_ms, id: row.id + 1 };
          break;
        }
        altered.push({ id: row.id, state });
      }
      if (rest !== null) left.set(other, { from: span.from, before: rest });
    }
  }
  await leaveToLater(tx, author, left);
  // In an order that does not depend on how they were found.
  await set(
    tx,
    author,
    altered.toSorted((a, b) => a.id - b.id),
  );
  return left.size > 0;
}

/** Numbers that are looked at by one statement, and how many calls of each; most have no more between two calls that settle. */
const spansPerLook = 500;
const firstRows = 10;

/**
 * By number, from the newest back to the call that settled what lies before, `limit` of each at most: those further back were settled by that one
 * already.
 */
async function rowsWithin(
  tx: Tx,
  workspaceId: number,
  spans: readonly (readonly [other: string, Span])[],
  limit: number,
): Promise<ReadonlyMap<string, WantingRow[]>> {
  const rows = await tx.all<WantingRow & { readonly other: string }>(
    `SELECT given.other, m.* FROM ${givenRows(spanColumns, 3)} CROSS JOIN LATERAL
      (SELECT m.id, m.created_at_ms, m.returned_by, m.returned_at_ms, m.returned_how,
          s.id AS next_id, s.created_at_ms AS next_at_ms, s.direction AS next_direction
        FROM calls m LEFT JOIN LATERAL (SELECT n.id, n.created_at_ms, n.direction FROM calls n
          WHERE n.workspace_id = $1 AND n.other = given.other AND n.settles = 1
            AND (n.created_at_ms, n.id) > (m.created_at_ms, m.id) ORDER BY ${oldestOfNumber("n")} LIMIT 1) AS s ON true
        WHERE m.workspace_id = $1 AND m.other = given.other AND m.settles = 0
          AND (m.created_at_ms, m.id) < (given.before_ms, given.before_id) AND (m.created_at_ms, m.id) > (
            coalesce((SELECT p.created_at_ms ${previous}), ${Number.MIN_SAFE_INTEGER}), coalesce((SELECT p.id ${previous}), 0))
        ORDER BY ${newestOfNumber("m")} LIMIT $2) AS m`,
    workspaceId,
    limit,
    ...listsOf(
      spanColumns,
      spans.map(([other, { from, before }]) => [other, from.createdAtMs, from.id, before.createdAtMs, before.id]),
    ),
  );
  return Map.groupBy(
    rows.toSorted((a, b) => b.created_at_ms - a.created_at_ms || b.id - a.id),
    ({ other }) => other,
  );
}

const spanColumns: Columns = {
  ...({ other: "text", from_ms: "bigint", from_id: "bigint", before_ms: "bigint", before_id: "bigint" } as const),
};

const previous = `FROM calls p WHERE p.workspace_id = $1 AND p.other = given.other AND p.settles = 1
  AND (p.created_at_ms, p.id) < (given.from_ms, given.from_id) ORDER BY ${newestOfNumber("p")} LIMIT 1`;

/** What becomes of calls that do not settle others themselves, by what is written; those that nothing settles are left out. */
async function statesOf(
  tx: Tx,
  workspaceId: number,
  calls: readonly Place[],
): Promise<ReadonlyMap<number, CallReturn>> {
  const keyed = calls.filter(({ other }) => other !== null);
  if (keyed.length === 0) return new Map();
  const rows = await tx.all<SettlingRow & { readonly id: number }>(
    `SELECT given.id, s.* FROM ${givenRows(placeColumns, 2)} CROSS JOIN LATERAL
      (SELECT n.id AS next_id, n.created_at_ms AS next_at_ms, n.direction AS next_direction FROM calls n
        WHERE n.workspace_id = $1 AND n.other = given.other AND n.settles = 1
          AND (n.created_at_ms, n.id) > (given.created_at_ms, given.id) AND n.id <> given.id
        ORDER BY ${oldestOfNumber("n")} LIMIT 1) AS s`,
    workspaceId,
    ...listsOf(
      placeColumns,
      keyed.map(({ other, createdAtMs, id }) => [other, createdAtMs, id]),
    ),
  );
  return new Map(rows.map((row) => [row.id, settledBy(row)]));
}

const placeColumns: Columns = { other: "text", created_at_ms: "bigint", id: "bigint" };

/** Adds to what is left of the numbers already. */
async function leaveToLater(tx: Tx, { workspaceId, actor, atMs }: SettlingAuthor, spans: Spans): Promise<void> {
  if (spans.size === 0) return;
  const known = spansOf(
    await tx.all<WorkRow>(
      `SELECT ${workColumns} FROM return_work WHERE workspace_id = $1 AND other = ANY($2::text::text[])`,
      workspaceId,
      textList([...spans.keys()]),
    ),
  );
  const rows = [...spans].map(([other, span]) => {
    const before = known.get(other);
    const { from, before: to } = before === undefined ? span : joinedSpan(before, span);
    return [workspaceId, other, from.createdAtMs, from.id, to.createdAtMs, to.id, actorText(actor), atMs];
  });
  const conflict = `ON CONFLICT (workspace_id, other) DO UPDATE SET from_ms = excluded.from_ms, from_id = excluded.from_id,
    before_ms = excluded.before_ms, before_id = excluded.before_id, actor = excluded.actor, at_ms = excluded.at_ms`;
  await insertRows(tx, "return_work", workTypes, rows, conflict);
}

const workTypes: Columns = { workspace_id: "bigint", ...spanColumns, actor: "text", at_ms: "bigint" };

type Told = Pick<Call, "id" | "direction" | "callType" | "from" | "to" | "createdAtMs">;

/** With the key of the other end's number. */
type Keyed = Told & { readonly other: string | null };

type Place = FeedPosition & { readonly other: string | null };

type SettlingRow = {
  readonly next_id: number;
  readonly next_at_ms: number;
  readonly next_direction: Direction;
};

type WantingRow = { readonly [Column in keyof SettlingRow]: SettlingRow[Column] | null } & ReturnColumns & {
    readonly id: number;
    readonly created_at_ms: number;
  };

function stateOfNext({ next_id, next_at_ms, next_direction }: WantingRow): ReturnState {
  if (next_id === null || next_at_ms === null || next_direction === null) return "waiting";
  return settledBy({ next_id, next_at_ms, next_direction });
}

function settledBy({ next_id: callId, next_at_ms: atMs, next_direction: direction }: SettlingRow): CallReturn {
  return { by: returnedBy(direction), callId, atMs };
}

function byPlace(a: FeedPosition, b: FeedPosition): number {
  return a.createdAtMs - b.createdAtMs || a.id - b.id;
}

function placeOf(row: WantingRow | null, otherwise: FeedPosition): FeedPosition {
  return row === null ? otherwise : { createdAtMs: row.created_at_ms, id: row.id };
}

import type { ChangeKind } from "../../domain/change.ts";
import { newsOf } from "../../domain/unread.ts";
import type { BareCall } from "../rows.ts";
import { floorSql, isUnreadSql, newsOfPersonSql } from "../unread-sql.ts";
import { list, type Statements } from "./connection.ts";
import type { Tx } from "./group-commit.ts";
import type { Columns } from "./many-rows.ts";
import type { Author } from "./write-calls.ts";

const among = `SELECT n.call_id AS id FROM ${newsOfPersonSql("$2")}
  WHERE n.workspace_id = $1 AND n.call_id = ANY($3::text::bigint[]) AND ${isUnreadSql("$2", floorSql("$2"))}`;

/** The reading half of `UnreadStore`. */
export function createUnreadReader(statements: Statements) {
  return {
    among: async (workspaceId: number, userId: string, callIds: readonly number[]): Promise<readonly number[]> =>
      inOrder(callIds, await statements.all<Row>(among, workspaceId, userId, list(callIds))),
  };
}

/** The news of a change, written with it. Sent at once: nothing that is sent later overtakes it. */
export async function tellNews(tx: Tx, author: Author, kind: ChangeKind, call: BareCall): Promise<void> {
  const { workspaceId } = author;
  const news = newsOf(kind, author, call);
  if (news === null) return;
  if (news.kind === "for-all") await tx.run(setNews, workspaceId, call.id, call.revision, news.by ?? "");
  else if (news.kind === "for-one") {
    const ids = list([call.id]);
    await Promise.all([tx.run(carry, workspaceId, ids), tx.run(mark, workspaceId, news.userId, ids, call.revision, 1)]);
  } else {
    await tx.run(drop, workspaceId, call.id);
  }
}

/** What people read and make unread, within the transaction of the caller. */

export async function setUnread(
  tx: Tx,
  workspaceId: number,
  userId: string,
  callIds: readonly number[],
  isUnread: boolean,
): Promise<readonly number[]> {
  const revision = tx.ledger.revision();
  const unread = inOrder(callIds, await tx.all<Row>(among, workspaceId, userId, list(callIds)));
  if (!isUnread) {
    if (unread.length === 0) return unread;
    await tx.run(mark, workspaceId, userId, list(unread), revision, 0);
    await raiseFloor(tx, workspaceId, userId, revision, unread);
    return unread;
  }
  const known = new Set(unread);
  const open = await tx.all<Row>(
    "SELECT id FROM calls WHERE workspace_id = $1 AND id = ANY($2::text::bigint[]) AND is_archived = 0",
    workspaceId,
    list(callIds),
  );
  const altered = inOrder(callIds, open).filter((callId) => !known.has(callId));
  await tx.run(carry, workspaceId, list(altered));
  await tx.run(mark, workspaceId, userId, list(altered), revision, 1);
  return altered;
}

export async function readAll(tx: Tx, workspaceId: number, userId: string): Promise<number> {
  const counted = await tx.get<{ count: number }>(
    `SELECT count(*) AS count FROM ${newsOfPersonSql("$2")}
      WHERE n.workspace_id = $1 AND ${isUnreadSql("$2", floorSql("$2"))}`,
    workspaceId,
    userId,
  );
  await tx.run("DELETE FROM call_reads WHERE workspace_id = $1 AND user_id = $2", workspaceId, userId);
  await tx.run(setFloor, workspaceId, userId, tx.ledger.revision());
  return counted?.count ?? 0;
}

/** Up to before the first news that the person has not seen: the exceptions below, of those just read too, are needed no more. */
async function raiseFloor(
  tx: Tx,
  workspaceId: number,
  userId: string,
  head: number,
  read: readonly number[],
): Promise<void> {
  const floor = await tx.get<Floor>(
    "SELECT revision FROM read_floors WHERE workspace_id = $1 AND user_id = $2",
    workspaceId,
    userId,
  );
  const before = floor?.revision ?? 0;
  // From the floor upwards by the index of the order, to the first that was not seen: what is passed is dropped right after.
  const first = await tx.get<Floor>(
    `SELECT n.revision FROM ${newsOfPersonSql("$2")}
      WHERE n.workspace_id = $1 AND n.revision > $3 AND n.actor_id <> $2 AND n.revision > coalesce(r.revision, $3)
      ORDER BY n.revision LIMIT 1`,
    workspaceId,
    userId,
    before,
  );
  const after = first === undefined ? head : first.revision - 1;
  if (after > before) await tx.run(setFloor, workspaceId, userId, after);
  await tx.run(
    `DELETE FROM call_reads WHERE workspace_id = $1 AND user_id = $2 AND is_unread = 0
      AND call_id IN (SELECT call_id FROM call_news WHERE workspace_id = $1 AND revision <= $4
        AND (revision > $3 OR call_id = ANY($5::text::bigint[])))`,
    workspaceId,
    userId,
    before,
    after,
    list(read),
  );
}

/** What is there already is nothing new to somebody who comes. */
export const welcome = `INSERT INTO read_floors (workspace_id, user_id, revision)
  SELECT workspace_id, $2::text, revision FROM workspaces WHERE workspace_id = $1`;

/** For many rows at once. */
export const newsColumns: Columns = { workspace_id: "bigint", call_id: "bigint", revision: "bigint", actor_id: "text" };
export const replaceNews =
  "ON CONFLICT (workspace_id, call_id) DO UPDATE SET revision = excluded.revision, actor_id = excluded.actor_id";

const setNews = `INSERT INTO call_news (workspace_id, call_id, revision, actor_id) VALUES ($1, $2, $3, $4) ${replaceNews}`;

const drop = `WITH handled AS (DELETE FROM call_news WHERE workspace_id = $1 AND call_id = $2)
  DELETE FROM call_reads WHERE workspace_id = $1 AND call_id = $2`;

const carry = `INSERT INTO call_news (workspace_id, call_id, revision, actor_id)
  SELECT $1::bigint, id, 0, '' FROM unnest($2::text::bigint[]) AS given (id)
  ON CONFLICT (workspace_id, call_id) DO NOTHING`;

const mark = `INSERT INTO call_reads (workspace_id, user_id, call_id, revision, is_unread)
  SELECT $1::bigint, $2::text, id, $4::bigint, $5::integer FROM unnest($3::text::bigint[]) AS given (id)
  ON CONFLICT (workspace_id, user_id, call_id) DO UPDATE
    SET revision = excluded.revision, is_unread = excluded.is_unread`;

const setFloor = `INSERT INTO read_floors (workspace_id, user_id, revision) VALUES ($1, $2, $3)
  ON CONFLICT (workspace_id, user_id) DO UPDATE SET revision = excluded.revision`;

type Row = { readonly id: number };
type Floor = { readonly revision: number };

function inOrder(callIds: readonly number[], rows: readonly Row[]): readonly number[] {
  const found = new Set(rows.map(({ id }) => id));
  return callIds.filter((callId) => found.has(callId));
}

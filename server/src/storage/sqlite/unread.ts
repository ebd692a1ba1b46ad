import type { DatabaseSync } from "node:sqlite";
import type { ChangeKind } from "../../domain/change.ts";
import { newsOf } from "../../domain/unread.ts";
import type { BareCall } from "../rows.ts";
import { floorSql, isUnreadSql, newsOfPersonSql } from "../unread-sql.ts";
import type { Ledger } from "./ledger.ts";
import type { Author } from "./write-calls.ts";

const among = `SELECT n.call_id AS id FROM json_each(?3) t CROSS JOIN ${newsOfPersonSql("?2")}
  WHERE n.workspace_id = ?1 AND n.call_id = t.value AND ${isUnreadSql("?2", floorSql("?2"))}`;

/** The reading half of `UnreadStore`. */
export function createUnreadReader(db: DatabaseSync) {
  const unreadAmong = db.prepare(among);
  return {
    among: (workspaceId: number, userId: string, callIds: readonly number[]): readonly number[] =>
      inOrder(callIds, unreadAmong.all(workspaceId, userId, JSON.stringify(callIds)) as Row[]),
  };
}

/** The news of changes, written with them. */
export function createNewsWriter(db: DatabaseSync) {
  const setNews = db.prepare(`INSERT INTO call_news (workspace_id, call_id, revision, actor_id) VALUES (?, ?, ?, ?)
    ON CONFLICT (workspace_id, call_id) DO UPDATE SET revision = excluded.revision, actor_id = excluded.actor_id`);
  const carry = db.prepare(carryText);
  const dropNews = db.prepare("DELETE FROM call_news WHERE workspace_id = ? AND call_id = ?");
  const dropReads = db.prepare("DELETE FROM call_reads WHERE workspace_id = ? AND call_id = ?");
  const mark = db.prepare(markText);

  return (author: Author, kind: ChangeKind, call: BareCall): void => {
    const { workspaceId } = author;
    const news = newsOf(kind, author, call);
    if (news === null) return;
    if (news.kind === "for-all") setNews.run(workspaceId, call.id, call.revision, news.by ?? "");
    else if (news.kind === "for-one") {
      carry.run(workspaceId, call.id);
      mark.run(workspaceId, news.userId, call.id, call.revision, 1);
    } else if (dropNews.run(workspaceId, call.id).changes > 0) dropReads.run(workspaceId, call.id);
  };
}

/** What people read and make unread, within the transaction that the caller has begun. */
export function createUnreadWriter(db: DatabaseSync, ledger: Ledger) {
  const { among: unreadAmong } = createUnreadReader(db);
  const open = db.prepare(`SELECT calls.id FROM json_each(?2) t CROSS JOIN calls
    ON calls.workspace_id = ?1 AND calls.id = t.value AND is_archived = 0`);
  const carry = db.prepare(carryText);
  const mark = db.prepare(markText);
  const setFloor = db.prepare(`INSERT INTO read_floors (workspace_id, user_id, revision) VALUES (?, ?, ?)
    ON CONFLICT (workspace_id, user_id) DO UPDATE SET revision = excluded.revision`);
  const countUnread = db.prepare(`SELECT count(*) AS count FROM ${newsOfPersonSql("?2")}
    WHERE n.workspace_id = ?1 AND ${isUnreadSql("?2", floorSql("?2"))}`);
  const dropAll = db.prepare("DELETE FROM call_reads WHERE workspace_id = ? AND user_id = ?");
  const floor = db.prepare("SELECT revision FROM read_floors WHERE workspace_id = ? AND user_id = ?");
  // From the floor upwards by the index of the order, to the first that was not seen: what is passed is dropped right after.
  const firstUnseen =
    db.prepare(`SELECT n.revision FROM call_news n INDEXED BY call_news_in_order LEFT JOIN call_reads r
      ON r.workspace_id = n.workspace_id AND r.user_id = ?2 AND r.call_id = n.call_id
    WHERE n.workspace_id = ?1 AND n.revision > ?3 AND n.actor_id <> ?2 AND n.revision > coalesce(r.revision, ?3)
    ORDER BY n.revision LIMIT 1`);
  const dropPassed = db.prepare(`DELETE FROM call_reads WHERE workspace_id = ?1 AND user_id = ?2 AND is_unread = 0
    AND call_id IN (SELECT call_id FROM call_news INDEXED BY call_news_in_order
        WHERE workspace_id = ?1 AND revision > ?3 AND revision <= ?4
      UNION ALL SELECT n.call_id FROM json_each(?5) t CROSS JOIN call_news n
        ON n.workspace_id = ?1 AND n.call_id = t.value AND n.revision <= ?4)`);

  return {
    setUnread(workspaceId: number, userId: string, callIds: readonly number[], isUnread: boolean): readonly number[] {
      const revision = ledger.revision(workspaceId);
      const unread = unreadAmong(workspaceId, userId, callIds);
      if (!isUnread) {
        for (const callId of unread) mark.run(workspaceId, userId, callId, revision, 0);
        if (unread.length > 0) raiseFloor(workspaceId, userId, revision, unread);
        return unread;
      }
      const known = new Set(unread);
      const rest = inOrder(callIds, open.all(workspaceId, JSON.stringify(callIds)) as Row[]);
      const altered = rest.filter((callId) => !known.has(callId));
      for (const callId of altered) {
        carry.run(workspaceId, callId);
        mark.run(workspaceId, userId, callId, revision, 1);
      }
      return altered;
    },

    readAll(workspaceId: number, userId: string): number {
      const { count } = countUnread.get(workspaceId, userId) as { count: number };
      dropAll.run(workspaceId, userId);
      setFloor.run(workspaceId, userId, ledger.revision(workspaceId));
      return count;
    },
  };

  /** Up to before the first news that the person has not seen: the exceptions below, of those just read too, are needed no more. */
  function raiseFloor(workspaceId: number, userId: string, head: number, read: readonly number[]): void {
    const { revision: before } = (floor.get(workspaceId, userId) ?? { revision: 0 }) as { revision: number };
    const first = firstUnseen.get(workspaceId, userId, before) as { revision: number } | undefined;
    const after = first === undefined ? head : first.revision - 1;
    if (after > before) setFloor.run(workspaceId, userId, after);
    dropPassed.run(workspaceId, userId, before, after, JSON.stringify(read));
  }
}

/** What is there already is nothing new to somebody who comes. */
export const welcomeText = `INSERT INTO read_floors (workspace_id, user_id, revision)
  SELECT id, ?, revision FROM workspaces WHERE id = ?`;

const carryText = `INSERT INTO call_news (workspace_id, call_id, revision, actor_id) VALUES (?, ?, 0, '')
  ON CONFLICT (workspace_id, call_id) DO NOTHING`;

const markText = `INSERT INTO call_reads (workspace_id, user_id, call_id, revision, is_unread) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, user_id, call_id) DO UPDATE SET revision = excluded.revision, is_unread = excluded.is_unread`;

type Row = { readonly id: number };

function inOrder(callIds: readonly number[], rows: readonly Row[]): readonly number[] {
  const found = new Set(rows.map(({ id }) => id));
  return callIds.filter((callId) => found.has(callId));
}

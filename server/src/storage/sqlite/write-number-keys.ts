import type { DatabaseSync } from "node:sqlite";
import type { Call } from "../../domain/call.ts";
import { needsCountry } from "../../domain/phone-numbers.ts";
import { otherText, type ReturnState, sameState } from "../../domain/returns.ts";
import { type ReturnColumns, stateOfRow } from "../return-rows.ts";
import type { SettlingBounds } from "../settling.ts";
import type { CallKeys } from "./call-keys.ts";
import type { CallWriter } from "./write-calls.ts";
import type { ReturnWriter } from "./write-returns.ts";

/**
 * Makes the keys of calls anew after a country was set, in transactions of their own: a walk over the workspace's calls by their ids, of which
 * those written without a country code are read again. Calls told meanwhile are under their right key already, so the walk meets
 * each call once, and setting another country begins it anew.
 */
export function createNumberKeyWriter(
  db: DatabaseSync,
  keys: CallKeys,
  returns: ReturnWriter,
  setReturned: CallWriter["setReturned"],
  bounds: SettlingBounds,
) {
  const begin = db.prepare("INSERT OR REPLACE INTO key_work (workspace_id, after_id, at_ms) VALUES (?, 0, ?)");
  const work = db.prepare("SELECT workspace_id, after_id, at_ms FROM key_work LIMIT 1");
  const goOn = db.prepare("UPDATE key_work SET after_id = ? WHERE workspace_id = ?");
  const done = db.prepare("DELETE FROM key_work WHERE workspace_id = ?");
  const calls = db.prepare(`SELECT id, direction, caller AS "from", callee AS "to", call_type AS callType,
      created_at_ms AS createdAtMs, other, returned_by, returned_at_ms, returned_how,
      (SELECT s.source_id FROM source_calls s WHERE s.workspace_id = calls.workspace_id AND s.call_id = calls.id) AS source
    FROM calls WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?`);
  const setKey = db.prepare("UPDATE calls SET other = ? WHERE workspace_id = ? AND id = ?");

  return {
    /** Another country was set: all calls of the workspace are to be looked at. */
    begin: (workspaceId: number, atMs: number): void => void begin.run(workspaceId, atMs),

    hasMore: (): boolean => work.get() !== undefined,

    /** Does as much as fits one transaction; false when nothing was left to do. */
    rekeyMore(): boolean {
      const row = work.get() as WorkRow | undefined;
      if (row === undefined) return false;
      const { workspace_id: workspaceId, at_ms: atMs } = row;
      const states: { readonly call: KeyedCall; readonly stateNow: () => ReturnState }[] = [];
      let [looked, moved, lastId] = [0, 0, row.after_id];
      returns.begin();
      // Rows that are written meanwhile have been met: the walk only goes on.
      for (const call of calls.all(workspaceId, row.after_id, bounds.looked) as KeyedCall[]) {
        if (moved === bounds.settled) break;
        looked += 1;
        lastId = call.id;
        const text = otherText(call);
        if (!needsCountry(text)) continue;
        const key = keys.keyFor(workspaceId, call.source, text);
        if (key === call.other) continue;
        moved += 1;
        setKey.run(key, workspaceId, call.id);
        const stateNow = returns.moved(workspaceId, call, call.other, key);
        if (stateNow !== null) states.push({ call, stateNow });
      }
      const author = { workspaceId, actor: { kind: "system" }, atMs } as const;
      for (const { call, stateNow } of states) {
        const state = stateNow();
        if (!sameState(state, stateOfRow(call))) setReturned(author, call.id, state);
      }
      returns.settle(author, setReturned);
      if (looked < bounds.looked && moved < bounds.settled) done.run(workspaceId);
      else goOn.run(lastId, workspaceId);
      return true;
    },
  };
}

type WorkRow = { readonly workspace_id: number; readonly after_id: number; readonly at_ms: number };

type KeyedCall = Pick<Call, "id" | "direction" | "from" | "to" | "callType" | "createdAtMs"> &
  ReturnColumns & { readonly other: string | null; readonly source: string | null };

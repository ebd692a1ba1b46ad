import type { DatabaseSync } from "node:sqlite";
import type { RefusedDelivery, Remapping } from "../../domain/delivery-store.ts";
import { callFromFacts, foldFacts, notesBeyond } from "../../domain/folding.ts";
import type { CallFacts, Verdict } from "../../domain/source.ts";
import { deliveriesMoved, deliveryNotFound, keyAmiss, nothingNewReason } from "../answers.ts";
import { toldCall } from "../told-call.ts";
import { createBar } from "./barred.ts";
import type { Ledger } from "./ledger.ts";
import type { CallWriter } from "./write-calls.ts";
import type { GroupRow } from "./write-deliveries.ts";
import type { ReturnWriter } from "./write-returns.ts";

/** What is written about deliveries after they came, within the transaction that the caller has begun; see `DeliveryStore`. */
export function createKeptDeliveryWriter(db: DatabaseSync, ledger: Ledger, calls: CallWriter, returns: ReturnWriter) {
  const barred = createBar(db);
  // A row that takes another's place is a new one: it is the newest.
  const replaceRefused = db.prepare(`INSERT OR REPLACE INTO deliveries
    (workspace_id, source_id, delivery_key, group_key, digest, raw, verdict, reason, call_id, received_at_ms)
    VALUES (?, ?, ?, '', ?, ?, 'refused', ?, NULL, ?)`);
  const delivery = db.prepare(`SELECT verdict, call_id, received_at_ms FROM deliveries
    WHERE workspace_id = ? AND source_id = ? AND row = ?`);
  const groupSize = db.prepare(`SELECT count(*) AS count FROM deliveries
    WHERE workspace_id = ? AND call_id = ? AND source_id = ?`);
  const settle = db.prepare("UPDATE deliveries SET group_key = ?, verdict = ?, reason = ?, call_id = ? WHERE row = ?");
  const group = db.prepare(`SELECT call_id, facts, first_received_at_ms FROM source_calls
    WHERE workspace_id = ? AND source_id = ? AND group_key = ?`);
  const insertGroup = db.prepare(`INSERT INTO source_calls
    (workspace_id, source_id, group_key, call_id, facts, first_received_at_ms) VALUES (?, ?, ?, ?, ?, ?)`);
  const updateGroup = db.prepare(`UPDATE source_calls SET facts = ?
    WHERE workspace_id = ? AND source_id = ? AND group_key = ?`);
  const prunedTo = db.prepare("SELECT value FROM upkeep WHERE name = 'bodies'");
  const setPrunedTo = db.prepare("INSERT OR REPLACE INTO upkeep (name, value) VALUES ('bodies', ?)");
  const oldest = db.prepare("SELECT row, received_at_ms FROM deliveries WHERE row > ? ORDER BY row LIMIT ?");
  const forget = db.prepare(`UPDATE deliveries SET bytes = octet_length(raw), raw = ''
    WHERE row > ? AND row <= ? AND raw <> ''`);

  return {
    refuse(workspaceId: number, sourceId: string, refused: readonly RefusedDelivery[], receivedAtMs: number): void {
      ledger.checkWorkspace(workspaceId);
      for (const { raw, digest, reason } of refused) {
        replaceRefused.run(workspaceId, sourceId, keyAmiss("refused", digest), digest, raw, reason, receivedAtMs);
      }
    },

    remap(remapping: Remapping): Verdict {
      const { workspaceId, sourceId, deliveryId, groupKey, facts, problem } = remapping;
      const row = delivery.get(workspaceId, sourceId, deliveryId) as KeptRow | undefined;
      if (row === undefined) throw deliveryNotFound();
      if (row.call_id !== null && remapping.groupSize !== null) {
        const { count } = groupSize.get(workspaceId, row.call_id, sourceId) as { count: number };
        if (count !== remapping.groupSize) throw deliveriesMoved();
      }
      returns.begin();
      const verdict: Verdict =
        facts !== null
          ? refold(remapping, facts, row)
          : { verdict: row.call_id === null ? "ignored" : row.verdict, callId: row.call_id, reason: problem };
      returns.settle({ workspaceId, actor: { kind: "source", id: sourceId }, atMs: remapping.atMs }, calls.setReturned);
      settle.run(groupKey, verdict.verdict, verdict.reason, verdict.callId, deliveryId);
      return verdict;
    },

    pruneBodies(beforeMs: number, limit: number): number {
      const from = (prunedTo.get() as { value: number } | undefined)?.value ?? 0;
      let to = from;
      for (const each of oldest.iterate(from, limit)) {
        const { row, received_at_ms: receivedAtMs } = each as { row: number; received_at_ms: number };
        if (receivedAtMs >= beforeMs) break;
        to = row;
      }
      if (to === from) return 0;
      setPrunedTo.run(to);
      return Number(forget.run(from, to).changes);
    },
  };

  function refold(remapping: Remapping, facts: CallFacts, before: KeptRow): Verdict {
    const { workspaceId, sourceId, groupKey, isWhole, atMs } = remapping;
    const author = { workspaceId, actor: { kind: "source", id: sourceId }, atMs } as const;
    const row = group.get(workspaceId, sourceId, groupKey) as GroupRow | undefined;
    if (row === undefined) {
      const bar = barred(remapping, groupKey, facts, atMs);
      if (bar !== null) return bar;
      const { notes, ...fresh } = callFromFacts(facts, before.received_at_ms);
      const callId = calls.logCall(author, fresh, notes);
      insertGroup.run(workspaceId, sourceId, groupKey, callId, JSON.stringify(facts), before.received_at_ms);
      return { verdict: "new", callId, reason: null };
    }
    const callId = row.call_id;
    const known = JSON.parse(row.facts) as CallFacts;
    const call = calls.find(workspaceId, callId);
    if (call === null) throw new Error(`Call ${callId} of a source is missing in workspace ${workspaceId}.`);
    const isOfGroup = before.call_id === callId;
    const folded = isWhole && isOfGroup ? facts : foldFacts(known, facts);
    const added = notesBeyond(folded.notes, known.notes);
    // Notes stay on the call, so the source stays known as who put them there.
    const told = { ...folded, notes: [...known.notes, ...added].toSorted() };
    const after = toldCall(call, told, row.first_received_at_ms);
    updateGroup.run(JSON.stringify(told), workspaceId, sourceId, groupKey);
    const isAltered = after !== call || added.length > 0;
    if (isAltered) calls.updateCall(author, "call.updated", call, after, added);
    if (isOfGroup) return { verdict: before.verdict, callId, reason: null };
    return { verdict: isAltered ? "merged" : "duplicate", callId, reason: isAltered ? null : nothingNewReason };
  }
}

type KeptRow = {
  readonly verdict: Verdict["verdict"];
  readonly call_id: number | null;
  readonly received_at_ms: number;
};

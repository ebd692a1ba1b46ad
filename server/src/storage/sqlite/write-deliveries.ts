import type { DatabaseSync } from "node:sqlite";
import { callFromFacts, foldFacts, notesBeyond } from "../../domain/folding.ts";
import type { CallFacts, Delivery, Source, Verdict } from "../../domain/source.ts";
import { conflictReason, isBarred, keyAmiss, nothingNewReason, repeatReason } from "../answers.ts";
import { toldCall } from "../told-call.ts";
import { createBar } from "./barred.ts";
import type { Ledger } from "./ledger.ts";
import type { CallWriter } from "./write-calls.ts";
import type { ReturnWriter } from "./write-returns.ts";

/** Turns deliveries into calls within the transaction that the caller has begun; see `SourceStore.accept`. */
export function createDeliveryWriter(db: DatabaseSync, ledger: Ledger, calls: CallWriter, returns: ReturnWriter) {
  const barred = createBar(db);
  const seen = db.prepare(`SELECT digest, call_id FROM deliveries
    WHERE workspace_id = ? AND source_id = ? AND delivery_key = ?`);
  const insertDelivery =
    db.prepare(`INSERT INTO deliveries (workspace_id, source_id, delivery_key, group_key, digest, raw,
    verdict, reason, call_id, received_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const replaceAmiss = db.prepare(`INSERT OR REPLACE INTO deliveries (workspace_id, source_id, delivery_key, group_key,
    digest, raw, verdict, reason, call_id, received_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const group = db.prepare(`SELECT call_id, facts, first_received_at_ms FROM source_calls
    WHERE workspace_id = ? AND source_id = ? AND group_key = ?`);
  const insertGroup = db.prepare(`INSERT INTO source_calls
    (workspace_id, source_id, group_key, call_id, facts, first_received_at_ms) VALUES (?, ?, ?, ?, ?, ?)`);
  const updateGroup = db.prepare(`UPDATE source_calls SET facts = ?
    WHERE workspace_id = ? AND source_id = ? AND group_key = ?`);

  return {
    accept(source: Source, deliveries: readonly Delivery[], receivedAtMs: number): readonly Verdict[] {
      const { workspaceId, id } = source;
      ledger.checkWorkspace(workspaceId);
      returns.begin();
      const verdicts = deliveries.map((delivery) => acceptOne(source, delivery, receivedAtMs));
      returns.settle({ workspaceId, actor: { kind: "source", id }, atMs: receivedAtMs }, calls.setReturned);
      return verdicts;
    },
  };

  function acceptOne(source: Source, delivery: Delivery, receivedAtMs: number): Verdict {
    const { deliveryKey, groupKey, digest, raw } = delivery;
    const first = seen.get(source.workspaceId, source.id, deliveryKey) as SeenRow | undefined;
    if (first !== undefined) {
      const callId = first.call_id;
      if (first.digest === digest) return { verdict: "duplicate", callId, reason: repeatReason };
      const key = keyAmiss("conflicting", digest);
      const { workspaceId, id } = source;
      // Kept for whoever looks why, once; it is no delivery of the call.
      replaceAmiss.run(workspaceId, id, key, groupKey, digest, raw, "conflicting", conflictReason, null, receivedAtMs);
      return { verdict: "conflicting", callId, reason: conflictReason };
    }
    const verdict = fold(source, delivery, receivedAtMs);
    if (isBarred(verdict)) return verdict;
    insertDelivery.run(
      source.workspaceId,
      source.id,
      deliveryKey,
      groupKey,
      digest,
      raw,
      verdict.verdict,
      verdict.reason,
      verdict.callId,
      receivedAtMs,
    );
    return verdict;
  }

  function fold(source: Source, { facts, groupKey, problem }: Delivery, receivedAtMs: number): Verdict {
    if (facts === null) return { verdict: "ignored", callId: null, reason: problem };
    const { workspaceId, id } = source;
    const author = { workspaceId, actor: { kind: "source", id }, atMs: receivedAtMs } as const;
    const row = group.get(workspaceId, id, groupKey) as GroupRow | undefined;
    if (row === undefined) {
      const bar = barred({ workspaceId, sourceId: id }, groupKey, facts, receivedAtMs);
      if (bar !== null) return bar;
      const { notes, ...fresh } = callFromFacts(facts, receivedAtMs);
      const callId = calls.logCall(author, fresh, notes);
      insertGroup.run(workspaceId, id, groupKey, callId, JSON.stringify(facts), receivedAtMs);
      return { verdict: "new", callId, reason: null };
    }
    const callId = row.call_id;
    const before = calls.find(workspaceId, callId);
    if (before === null) throw new Error(`Call ${callId} of a source is missing in workspace ${workspaceId}.`);
    const known = JSON.parse(row.facts) as CallFacts;
    const folded = foldFacts(known, facts);
    // What a source has put on its call is what its facts hold: a person's note of the same words is another note.
    const notes = notesBeyond(facts.notes, known.notes);
    const after = toldCall(before, folded, row.first_received_at_ms);
    const text = JSON.stringify(folded);
    if (text !== row.facts) updateGroup.run(text, workspaceId, id, groupKey);
    if (after === before && notes.length === 0) return { verdict: "duplicate", callId, reason: nothingNewReason };
    calls.updateCall(author, "call.updated", before, after, notes);
    return { verdict: "merged", callId, reason: null };
  }
}

type SeenRow = { readonly digest: string; readonly call_id: number | null };
export type GroupRow = { readonly call_id: number; readonly facts: string; readonly first_received_at_ms: number };

import type { Call } from "../../domain/call.ts";
import type { RefusedDelivery, Remapping } from "../../domain/delivery-store.ts";
import { callFromFacts, foldFacts, notesBeyond } from "../../domain/folding.ts";
import type { CallFacts, Delivery, Source, Verdict } from "../../domain/source.ts";
import {
  conflictReason,
  deliveriesMoved,
  deliveryNotFound,
  keyAmiss,
  nothingNewReason,
  repeatReason,
} from "../answers.ts";
import { toldCall } from "../told-call.ts";
import { type Bar, readBar } from "./barred.ts";
import { textList, type Value } from "./connection.ts";
import type { Tx } from "./group-commit.ts";
import { type Columns, insertRows, together } from "./many-rows.ts";
import { changeCall, findCall, setReturned } from "./write-calls.ts";
import { createNewCalls, type NewCalls } from "./write-new-calls.ts";
import { settle } from "./write-returns.ts";

/** Turns deliveries into calls, and looks after them, within the transaction of the caller: `SourceStore`, `DeliveryStore`. */

/** @param left is told when a settling was too much for one transaction; see `write-returns.ts`. */
export async function accept(
  tx: Tx,
  source: Source,
  deliveries: readonly Delivery[],
  receivedAtMs: number,
  left: () => void,
): Promise<readonly Verdict[]> {
  tx.ledger.checkWorkspace();
  const actor = { kind: "source", id: source.id } as const;
  const author = { workspaceId: source.workspaceId, actor, atMs: receivedAtMs } as const;
  const batch: Batch = { ...(await readBatch(tx, source, deliveries)), ...emptyBatch(createNewCalls(tx, author)) };
  const verdicts: Verdict[] = [];
  for (const delivery of deliveries) {
    const verdict = takeNew(source, batch, delivery, receivedAtMs);
    // oxlint-disable-next-line no-await-in-loop -- it may be of the same call as the one before
    verdicts.push(verdict ?? (await acceptOne(tx, source, batch, delivery, receivedAtMs)));
  }
  await writeBatch(tx, batch);
  if (await settle(tx, author, setReturned)) left();
  return verdicts;
}

/**
 * What is known of the deliveries of one batch and of their calls, read in one go and kept up to date while they are accepted; and what
 * of them is to be written together. So new calls are neither asked about nor written one by one, ten times as fast.
 */
type Batch = {
  readonly seen: Map<string, SeenRow>;
  readonly groups: Map<string, GroupRow>;
  readonly bar: Bar;
  readonly newCalls: NewCalls;
  readonly newGroups: Value[][];
  readonly newDeliveries: Value[][];
};

function emptyBatch(newCalls: NewCalls) {
  return { newCalls, newGroups: [], newDeliveries: [] };
}

/** Writes what is known to be new; whoever reads it waits for this. */
async function writeBatch(tx: Tx, { newCalls, newGroups, newDeliveries }: Batch): Promise<void> {
  await newCalls.write();
  await together([
    insertRows(tx, "source_calls", groupColumns, newGroups.splice(0)),
    insertRows(tx, "deliveries", deliveryColumns, newDeliveries.splice(0)),
  ]);
}

async function readBatch(
  tx: Tx,
  { workspaceId, id: sourceId }: Source,
  deliveries: readonly Delivery[],
): Promise<Pick<Batch, "seen" | "groups" | "bar">> {
  // Each key by itself: of a join the statistics would decide whether all deliveries of the source are read for it.
  const [seen, groups, bar] = await Promise.all([
    tx.all<SeenRow & { readonly delivery_key: string }>(
      `SELECT d.* FROM unnest($3::text::text[]) AS given (key) CROSS JOIN LATERAL
        (SELECT delivery_key, digest, call_id FROM deliveries
          WHERE workspace_id = $1 AND source_id = $2 AND ${byKey("given.key")}) AS d`,
      workspaceId,
      sourceId,
      textList(deliveries.map(({ deliveryKey }) => deliveryKey)),
    ),
    tx.all<GroupRow & { readonly group_key: string }>(
      `SELECT g.* FROM unnest($3::text::text[]) AS given (key) CROSS JOIN LATERAL
        (SELECT group_key, call_id, facts, first_received_at_ms FROM source_calls
          WHERE workspace_id = $1 AND source_id = $2 AND group_key = given.key LIMIT 1) AS g`,
      workspaceId,
      sourceId,
      textList(deliveries.map(({ groupKey }) => groupKey)),
    ),
    readBar(
      tx,
      { workspaceId, sourceId },
      deliveries.map(({ groupKey }) => groupKey),
    ),
  ]);
  return {
    seen: new Map(seen.map((row) => [row.delivery_key, row])),
    groups: new Map(groups.map((row) => [row.group_key, row])),
    bar,
  };
}

/** The same again takes the place of the first, as a row of its own: it is the newest. */
export async function refuse(
  tx: Tx,
  workspaceId: number,
  sourceId: string,
  refused: readonly RefusedDelivery[],
  receivedAtMs: number,
): Promise<void> {
  tx.ledger.checkWorkspace();
  for (const { raw, digest, reason } of refused) {
    const row = {
      deliveryKey: keyAmiss("refused", digest),
      groupKey: "",
      digest,
      raw,
      verdict: "refused",
      reason,
    } as const;
    // oxlint-disable-next-line no-await-in-loop -- in the order they came
    await replaceDelivery(tx, workspaceId, sourceId, { ...row, callId: null, receivedAtMs });
  }
}

/** @param left see {@link accept}. */
export async function remap(tx: Tx, remapping: Remapping, left: () => void): Promise<Verdict> {
  const { workspaceId, sourceId, deliveryId, groupKey, facts, problem } = remapping;
  const row = await tx.get<KeptRow>(
    `SELECT verdict, call_id, received_at_ms FROM deliveries WHERE workspace_id = $1 AND source_id = $2 AND id = $3`,
    workspaceId,
    sourceId,
    deliveryId,
  );
  if (row === undefined) throw deliveryNotFound();
  if (row.call_id !== null && remapping.groupSize !== null) {
    const size = await tx.get<{ count: number }>(
      "SELECT count(*) AS count FROM deliveries WHERE workspace_id = $1 AND call_id = $2 AND source_id = $3",
      workspaceId,
      row.call_id,
      sourceId,
    );
    if (size?.count !== remapping.groupSize) throw deliveriesMoved();
  }
  const verdict: Verdict =
    facts !== null
      ? await refold(tx, remapping, facts, row)
      : { verdict: row.call_id === null ? "ignored" : row.verdict, callId: row.call_id, reason: problem };
  const author = { workspaceId, actor: { kind: "source", id: sourceId }, atMs: remapping.atMs } as const;
  if (await settle(tx, author, setReturned)) left();
  await tx.run(
    "UPDATE deliveries SET group_key = $3, verdict = $4, reason = $5, call_id = $6 WHERE workspace_id = $1 AND id = $2",
    workspaceId,
    deliveryId,
    groupKey,
    verdict.verdict,
    verdict.reason,
    verdict.callId,
  );
  return verdict;
}

export async function pruneBodies(tx: Tx, beforeMs: number, limit: number): Promise<number> {
  // Locked, so that two nodes that prune at once take turns.
  await tx.run("INSERT INTO upkeep (name, value) VALUES ('bodies', 0) ON CONFLICT (name) DO NOTHING");
  const from = await tx.get<{ value: number }>("SELECT value FROM upkeep WHERE name = 'bodies' FOR UPDATE");
  const start = from?.value ?? 0;
  const row = await tx.get<{ last: number }>(
    `SELECT coalesce(min(id) FILTER (WHERE received_at_ms >= $3) - 1, max(id), $1::bigint) AS last
      FROM (SELECT id, received_at_ms FROM deliveries WHERE id > $1 ORDER BY id LIMIT $2) AS oldest`,
    start,
    limit,
    beforeMs,
  );
  const last = row?.last ?? start;
  if (last === start) return 0;
  await tx.run("UPDATE upkeep SET value = $1 WHERE name = 'bodies'", last);
  return tx.run(
    "UPDATE deliveries SET bytes = octet_length(raw), raw = '' WHERE id > $1 AND id <= $2 AND octet_length(raw) > 0",
    start,
    last,
  );
}

/** Takes a delivery that is the first of its call, or of none; null for any other, which has to look at what is written. */
function takeNew(
  { workspaceId, id: sourceId }: Source,
  batch: Batch,
  delivery: Delivery,
  receivedAtMs: number,
): Verdict | null {
  const { facts, groupKey, problem } = delivery;
  const isKnown = facts !== null && batch.groups.has(groupKey.toWellFormed());
  if (isKnown || batch.seen.has(delivery.deliveryKey.toWellFormed())) return null;
  let verdict: Verdict = { verdict: "ignored", callId: null, reason: problem };
  if (facts !== null) {
    const bar = batch.bar(groupKey, facts, receivedAtMs);
    if (bar !== null) return bar;
    const { notes, ...fresh } = callFromFacts(facts, receivedAtMs);
    const callId = batch.newCalls.add(fresh, notes);
    const text = JSON.stringify(facts);
    batch.newGroups.push([workspaceId, sourceId, groupKey, callId, text, receivedAtMs]);
    batch.groups.set(groupKey.toWellFormed(), { call_id: callId, facts: text, first_received_at_ms: receivedAtMs });
    verdict = { verdict: "new", callId, reason: null };
  }
  keepDelivery(batch, workspaceId, sourceId, { ...delivery, ...verdict, receivedAtMs });
  return verdict;
}

function keepDelivery(batch: Batch, workspaceId: number, sourceId: string, row: NewDelivery): void {
  batch.newDeliveries.push(deliveryRow(workspaceId, sourceId, row));
  batch.seen.set(row.deliveryKey.toWellFormed(), { digest: row.digest, call_id: row.callId });
}

async function acceptOne(
  tx: Tx,
  source: Source,
  batch: Batch,
  delivery: Delivery,
  receivedAtMs: number,
): Promise<Verdict> {
  const { deliveryKey, groupKey, digest, raw } = delivery;
  const { workspaceId, id: sourceId } = source;
  const first = batch.seen.get(deliveryKey.toWellFormed());
  if (first?.digest === digest) return { verdict: "duplicate", callId: first.call_id, reason: repeatReason };
  await writeBatch(tx, batch);
  const kept = { groupKey, digest, raw, receivedAtMs };
  if (first !== undefined) {
    const callId = first.call_id;
    // Kept for whoever looks why, once; it is no delivery of the call.
    const amiss = {
      deliveryKey: keyAmiss("conflicting", digest),
      verdict: "conflicting",
      reason: conflictReason,
    } as const;
    await replaceDelivery(tx, workspaceId, sourceId, { ...kept, ...amiss, callId: null });
    return { verdict: "conflicting", callId, reason: conflictReason };
  }
  const verdict = await merge(tx, source, batch, delivery, receivedAtMs);
  keepDelivery(batch, workspaceId, sourceId, { ...kept, ...verdict, deliveryKey });
  return verdict;
}

async function merge(
  tx: Tx,
  { workspaceId, id }: Source,
  batch: Batch,
  { facts, groupKey }: Delivery,
  receivedAtMs: number,
): Promise<Verdict> {
  const author = { workspaceId, actor: { kind: "source", id }, atMs: receivedAtMs } as const;
  const row = batch.groups.get(groupKey.toWellFormed());
  if (facts === null || row === undefined)
    throw new Error("A delivery that tells nothing new of a call was taken for one.");
  const callId = row.call_id;
  const before = await knownCallOf(tx, workspaceId, callId);
  const known = JSON.parse(row.facts) as CallFacts;
  const folded = foldFacts(known, facts);
  // What a source has put on its call is what its facts hold: a person's note of the same words is another note.
  const notes = notesBeyond(facts.notes, known.notes);
  const after = toldCall(before, folded, row.first_received_at_ms);
  const text = JSON.stringify(folded);
  if (text !== row.facts) await tx.run(updateGroup, workspaceId, id, groupKey, text);
  batch.groups.set(groupKey.toWellFormed(), { ...row, facts: text });
  if (after === before && notes.length === 0) return { verdict: "duplicate", callId, reason: nothingNewReason };
  await changeCall(tx, author, "call.updated", before, after, notes);
  return { verdict: "merged", callId, reason: null };
}

async function refold(tx: Tx, remapping: Remapping, facts: CallFacts, before: KeptRow): Promise<Verdict> {
  const { workspaceId, sourceId, groupKey, isWhole, atMs } = remapping;
  const author = { workspaceId, actor: { kind: "source", id: sourceId }, atMs } as const;
  const row = await tx.get<GroupRow>(group, workspaceId, sourceId, groupKey);
  if (row === undefined) {
    const bar = (await readBar(tx, remapping, [groupKey]))(groupKey, facts, atMs);
    if (bar !== null) return bar;
    const { notes, ...fresh } = callFromFacts(facts, before.received_at_ms);
    const newCalls = createNewCalls(tx, author);
    const callId = newCalls.add(fresh, notes);
    await newCalls.write();
    const told = [workspaceId, sourceId, groupKey, callId, JSON.stringify(facts), before.received_at_ms];
    await insertRows(tx, "source_calls", groupColumns, [told]);
    return { verdict: "new", callId, reason: null };
  }
  const callId = row.call_id;
  const known = JSON.parse(row.facts) as CallFacts;
  const call = await knownCallOf(tx, workspaceId, callId);
  const isOfGroup = before.call_id === callId;
  const folded = isWhole && isOfGroup ? facts : foldFacts(known, facts);
  const added = notesBeyond(folded.notes, known.notes);
  // Notes stay on the call, so the source stays known as who put them there.
  const told = { ...folded, notes: [...known.notes, ...added].toSorted() };
  const after = toldCall(call, told, row.first_received_at_ms);
  await tx.run(updateGroup, workspaceId, sourceId, groupKey, JSON.stringify(told));
  const isAltered = after !== call || added.length > 0;
  if (isAltered) await changeCall(tx, author, "call.updated", call, after, added);
  if (isOfGroup) return { verdict: before.verdict, callId, reason: null };
  return { verdict: isAltered ? "merged" : "duplicate", callId, reason: isAltered ? null : nothingNewReason };
}

async function knownCallOf(tx: Tx, workspaceId: number, callId: number): Promise<Call> {
  const call = await findCall(tx, workspaceId, callId);
  if (call === null) throw new Error(`Call ${callId} of a source is missing in workspace ${workspaceId}.`);
  return call;
}

async function replaceDelivery(tx: Tx, workspaceId: number, sourceId: string, row: NewDelivery): Promise<void> {
  await tx.run(
    `DELETE FROM deliveries WHERE workspace_id = $1 AND id =
      (SELECT id FROM deliveries WHERE workspace_id = $1 AND source_id = $2 AND ${byKey("$3")})`,
    workspaceId,
    sourceId,
    row.deliveryKey,
  );
  await insertRows(tx, "deliveries", deliveryColumns, [deliveryRow(workspaceId, sourceId, row)]);
}

function deliveryRow(workspaceId: number, sourceId: string, row: NewDelivery): Value[] {
  const { deliveryKey, groupKey, digest, raw, verdict, reason, callId, receivedAtMs } = row;
  return [
    ...([workspaceId, sourceId, deliveryKey, groupKey, digest, Buffer.from(raw)] as const),
    ...([verdict, reason, callId, receivedAtMs] as const),
  ];
}

/** The one of a source with this key. Written as a range in order, which the index of keys alone has: see `write-returns.ts`. */
function byKey(key: string): string {
  return `delivery_key >= ${key} AND delivery_key <= ${key} ORDER BY delivery_key LIMIT 1`;
}

const deliveryColumns: Columns = {
  ...({ workspace_id: "bigint", source_id: "text", delivery_key: "text", group_key: "text", digest: "text" } as const),
  ...({ raw: "bytea", verdict: "text", reason: "text", call_id: "bigint", received_at_ms: "bigint" } as const),
};

const groupColumns: Columns = {
  ...({ workspace_id: "bigint", source_id: "text", group_key: "text" } as const),
  ...({ call_id: "bigint", facts: "text", first_received_at_ms: "bigint" } as const),
};

const group = `SELECT call_id, facts, first_received_at_ms FROM source_calls
  WHERE workspace_id = $1 AND source_id = $2 AND group_key = $3`;
const updateGroup = "UPDATE source_calls SET facts = $4 WHERE workspace_id = $1 AND source_id = $2 AND group_key = $3";

type NewDelivery = {
  readonly deliveryKey: string;
  readonly groupKey: string;
  readonly digest: string;
  readonly raw: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly callId: number | null;
  readonly receivedAtMs: number;
};

type SeenRow = { readonly digest: string; readonly call_id: number | null };
type GroupRow = { readonly call_id: number; readonly facts: string; readonly first_received_at_ms: number };
type KeptRow = {
  readonly verdict: Verdict["verdict"];
  readonly call_id: number | null;
  readonly received_at_ms: number;
};

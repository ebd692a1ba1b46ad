import type { DatabaseSync } from "node:sqlite";
import type {
  DeliveryFilter,
  DeliveryPosition,
  KeptBody,
  KeptDelivery,
  SourceFacts,
} from "../../domain/delivery-store.ts";
import { eventsCountedMax, type SourceCard } from "../../domain/source-register.ts";
import type { CallFacts } from "../../domain/source.ts";
import { amiss, deliveryOf, type DeliveryRow } from "../desk-rows.ts";
import { sourceOf, type SourceRow } from "../rows.ts";
import type { Snapshot } from "./snapshot.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The reading halves of `SourceRegister` and `DeliveryStore`. */
export function createDeliveryReader(db: DatabaseSync, snapshot: Snapshot) {
  const cardColumns = "id, workspace_id, name, kind, created_at_ms, key_hint, is_disabled";
  const sources = db.prepare(`SELECT ${cardColumns} FROM sources WHERE workspace_id = ? ORDER BY name`);
  const source = db.prepare(`SELECT ${cardColumns} FROM sources WHERE workspace_id = ? AND id = ?`);
  // deliveries_by_source alone.
  const newest = db.prepare(`SELECT received_at_ms FROM deliveries
    WHERE workspace_id = ? AND source_id = ? ORDER BY received_at_ms DESC LIMIT 1`);
  const since = db.prepare(`SELECT count(*) AS count FROM (SELECT 1 FROM deliveries
    WHERE workspace_id = ? AND source_id = ? AND received_at_ms > ? LIMIT ${eventsCountedMax})`);
  // deliveries_amiss alone: SQLite takes it only where its own condition is repeated.
  const isAmiss = "verdict IN ('refused', 'conflicting', 'ignored')";
  const amissSince = db.prepare(`SELECT count(*) AS count FROM (SELECT 1 FROM deliveries INDEXED BY deliveries_amiss
    WHERE workspace_id = ? AND source_id = ? AND ${isAmiss} AND verdict IN ('refused', 'conflicting') AND received_at_ms > ?
    LIMIT ${eventsCountedMax})`);
  const columns = `row AS id, source_id, group_key, verdict, reason, call_id, received_at_ms,
    coalesce(bytes, octet_length(raw)) AS bytes`;
  // Both walk an index from the place on; a verdict that stands for something amiss has an index of its own.
  const page = db.prepare(`SELECT ${columns} FROM deliveries WHERE workspace_id = ? AND source_id = ?
    AND (received_at_ms, row) < (?, ?) ORDER BY received_at_ms DESC, row DESC LIMIT ?`);
  const pageOf = db.prepare(`SELECT ${columns} FROM deliveries WHERE workspace_id = ? AND source_id = ?
    AND verdict = ? AND (received_at_ms, row) < (?, ?) ORDER BY received_at_ms DESC, row DESC LIMIT ?`);
  const pageAmiss = db.prepare(`SELECT ${columns} FROM deliveries INDEXED BY deliveries_amiss
    WHERE workspace_id = ? AND source_id = ? AND ${isAmiss} AND verdict = ? AND (received_at_ms, row) < (?, ?)
    ORDER BY received_at_ms DESC, row DESC LIMIT ?`);
  const one = db.prepare(`SELECT ${columns}, delivery_key, raw FROM deliveries WHERE row = ? AND workspace_id = ?`);
  const ofCall = db.prepare(`SELECT ${columns}, delivery_key, raw FROM deliveries
    WHERE workspace_id = ? AND call_id = ? ORDER BY row LIMIT ?`);
  // A handful of rows, by source_calls_of_call: without it the planner reads every call of the source.
  const factsOfCall = db.prepare(`SELECT source_id, facts FROM source_calls INDEXED BY source_calls_of_call
    WHERE workspace_id = ?1 AND call_id = ?2 ORDER BY source_id, group_key`);
  // What has been pruned is passed over in the index, without a look at its rows.
  const bodiesAfter = db.prepare(`SELECT received_at_ms, row FROM deliveries INDEXED BY deliveries_by_source
    WHERE workspace_id = ? AND source_id = ? AND (received_at_ms, row) > (?, ?)
    AND row > coalesce((SELECT value FROM upkeep WHERE name = 'bodies'), 0) AND raw <> ''
    ORDER BY received_at_ms, row LIMIT ?`);

  return {
    cards: (workspaceId: number, nowMs: number): readonly SourceCard[] =>
      snapshot(() => (sources.all(workspaceId) as CardRow[]).map((row) => cardOf(row, nowMs))),
    card: (workspaceId: number, sourceId: string, nowMs: number): SourceCard | null =>
      snapshot(() => {
        const row = source.get(workspaceId, sourceId) as CardRow | undefined;
        return row === undefined ? null : cardOf(row, nowMs);
      }),
    page: (
      workspaceId: number,
      { sourceId, verdict }: DeliveryFilter,
      after: DeliveryPosition | null,
      limit: number,
    ): readonly KeptDelivery[] => {
      const place = [after?.receivedAtMs ?? Number.MAX_SAFE_INTEGER, after?.id ?? 0] as const;
      const rows =
        verdict === null
          ? page.all(workspaceId, sourceId, ...place, limit)
          : (amiss.has(verdict) ? pageAmiss : pageOf).all(workspaceId, sourceId, verdict, ...place, limit);
      return (rows as DeliveryRow[]).map(deliveryOf);
    },
    find: (workspaceId: number, deliveryId: number): KeptBody | null => {
      const row = one.get(deliveryId, workspaceId) as BodyRow | undefined;
      return row === undefined ? null : bodyOf(row);
    },
    ofCall: (workspaceId: number, callId: number, limit: number): readonly KeptBody[] =>
      (ofCall.all(workspaceId, callId, limit) as BodyRow[]).map(bodyOf),
    factsOfCall: (workspaceId: number, callId: number): readonly SourceFacts[] =>
      (factsOfCall.all(workspaceId, callId) as { source_id: string; facts: string }[]).map((row) => ({
        sourceId: row.source_id,
        facts: JSON.parse(row.facts) as CallFacts,
      })),
    bodiesAfter: (
      workspaceId: number,
      sourceId: string,
      after: DeliveryPosition | null,
      limit: number,
    ): readonly DeliveryPosition[] => {
      const rows = bodiesAfter.all(workspaceId, sourceId, after?.receivedAtMs ?? -1, after?.id ?? 0, limit);
      return (rows as { received_at_ms: number; row: number }[]).map((row) => ({
        receivedAtMs: row.received_at_ms,
        id: row.row,
      }));
    },
  };

  function cardOf(row: CardRow, nowMs: number): SourceCard {
    const { workspace_id: workspaceId, id } = row;
    const last = newest.get(workspaceId, id) as { received_at_ms: number } | undefined;
    const count = (of: typeof since, fromMs: number) => (of.get(workspaceId, id, fromMs) as { count: number }).count;
    return {
      ...sourceOf(row),
      keyHint: row.key_hint,
      isDisabled: row.is_disabled === 1,
      lastEventAtMs: last?.received_at_ms ?? null,
      eventsLastHour: count(since, nowMs - hourMs),
      eventsLastDay: count(since, nowMs - dayMs),
      errorsLastDay: count(amissSince, nowMs - dayMs),
    };
  }
}

type CardRow = SourceRow & { readonly key_hint: string | null; readonly is_disabled: number };

type BodyRow = DeliveryRow & { readonly delivery_key: string; readonly raw: string };

function bodyOf(row: BodyRow): KeptBody {
  return { ...deliveryOf(row), deliveryKey: row.delivery_key, raw: row.raw === "" ? null : row.raw };
}

import type { KeptDelivery, KeptVerdict } from "../domain/delivery-store.ts";
import type { SavedView } from "../domain/view.ts";

/** Verdicts that stand for something amiss: an index of its own has their deliveries. */
export const amiss: ReadonlySet<KeptVerdict> = new Set(["refused", "conflicting", "ignored"]);

export type DeliveryRow = {
  readonly id: number;
  readonly source_id: string;
  readonly group_key: string;
  readonly verdict: KeptVerdict;
  readonly reason: string | null;
  readonly call_id: number | null;
  readonly received_at_ms: number;
  readonly bytes: number;
};

export function deliveryOf(row: DeliveryRow): KeptDelivery {
  return {
    id: row.id,
    sourceId: row.source_id,
    groupKey: row.group_key,
    verdict: row.verdict,
    reason: row.reason,
    callId: row.call_id,
    receivedAtMs: row.received_at_ms,
    bytes: row.bytes,
  };
}

export type ViewRow = {
  readonly workspace_id: number;
  readonly id: string;
  readonly owner_id: string;
  readonly name: string;
  readonly query: string;
  readonly is_shared: number;
  readonly saved_at_ms: number;
};

export function viewOf(row: ViewRow): SavedView {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    ownerId: row.owner_id,
    name: row.name,
    query: row.query,
    isShared: row.is_shared === 1,
    savedAtMs: row.saved_at_ms,
  };
}

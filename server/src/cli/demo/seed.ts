import type { DemoCall } from "./calls.ts";

/** A made-up call in the product's own format, as a phone system would send it. */
export function demoRecord(call: DemoCall): Readonly<Record<string, unknown>> {
  return {
    id: call.id,
    direction: call.direction,
    from: call.from,
    to: call.to,
    via: call.via,
    duration: call.durationMs,
    call_type: call.callType,
    created_at: new Date(call.createdAtMs).toISOString(),
    is_archived: call.isArchived,
    notes: call.notes,
  };
}

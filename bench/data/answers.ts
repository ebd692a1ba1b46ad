import { callAt, type GeneratedCall } from "./calls.ts";

/** A call as the documented API answers it, without the ids of notes, which every server counts its own way. */
export type CallAnswer = {
  readonly id: string;
  readonly direction: string;
  readonly from: string;
  readonly to: string;
  readonly duration: number;
  readonly is_archived: boolean;
  readonly call_type: string;
  readonly via: string;
  readonly created_at: string;
  readonly notes: readonly { readonly content: string }[];
};

export type PageAnswer = {
  readonly nodes: readonly CallAnswer[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
};

/** The page that every server must answer over the first `count` generated calls: what equality is checked against. */
export function pageAnswer(count: number, offset: number, limit: number): PageAnswer {
  const length = Math.max(0, Math.min(limit, count - offset));
  return {
    nodes: Array.from({ length }, (_, row) => callAnswer(callAt(count - 1 - offset - row))),
    totalCount: count,
    hasNextPage: offset + limit < count,
  };
}

export function callAnswer(call: GeneratedCall): CallAnswer {
  return {
    id: String(call.id),
    direction: call.direction,
    from: call.from,
    to: call.to,
    duration: call.durationMs,
    is_archived: call.isArchived,
    call_type: call.callType,
    via: call.via,
    created_at: new Date(call.createdAtMs).toISOString(),
    notes: call.notes.map((content) => ({ content })),
  };
}

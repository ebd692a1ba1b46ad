import type { CallReturn, ReturnState } from "../domain/returns.ts";

/** The columns of a call that tell its return; see migration 7. */
export type ReturnColumns = {
  readonly returned_by: number | null;
  readonly returned_at_ms: number | null;
  readonly returned_how: CallReturn["by"] | null;
};

export function stateOfRow({
  returned_by: callId,
  returned_at_ms: atMs,
  returned_how: by,
}: ReturnColumns): ReturnState {
  if (callId === null) return null;
  return atMs === null || by === null ? "waiting" : { by, callId, atMs };
}

/** The columns in their order: by, at, how. */
export function returnColumns(state: ReturnState) {
  if (state === null) return [null, null, null] as const;
  return state === "waiting" ? ([0, null, null] as const) : ([state.callId, state.atMs, state.by] as const);
}

/** What `return_state` has. */
export function returnStateNumber(state: ReturnState): 0 | 1 | 2 {
  if (state === null) return 0;
  return state === "waiting" ? 1 : 2;
}

/** As a snapshot keeps it. */
export type ReturnText = 0 | readonly [callId: number, atMs: number, by: CallReturn["by"]];

export function returnText(state: Exclude<ReturnState, null>): ReturnText {
  return state === "waiting" ? 0 : [state.callId, state.atMs, state.by];
}

export function stateOfText(text: ReturnText | null): ReturnState {
  if (text === null) return null;
  if (text === 0) return "waiting";
  const [callId, atMs, by] = text;
  return { by, callId, atMs };
}

import { callAnswer, type CallAnswer, pageAnswer } from "../data/answers.ts";
import { callAt } from "../data/calls.ts";

/** What our server answers to a page, note ids and all: the bytes that the limit sends. */
export function pageBody(calls: number, offset: number, limit: number): unknown {
  const page = pageAnswer(calls, offset, limit);
  return { paginatedCalls: { ...page, nodes: page.nodes.map(withNoteIds) } };
}

/** What our server answers to a call in the middle. */
export function callBody(calls: number): unknown {
  return { call: withNoteIds(callAnswer(callAt(Math.floor(calls / 2)))) };
}

function withNoteIds(call: CallAnswer): unknown {
  return { ...call, notes: call.notes.map(({ content }) => ({ id: call.id, content })) };
}

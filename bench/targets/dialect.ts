import type { CallAnswer, PageAnswer } from "../data/answers.ts";

/** How one target is asked, and how its answers are read back into the documented form for comparison. */
export type Dialect = {
  /** `$offset`, `$limit`; null where it has no such query. */
  readonly page: string;
  /** `$limit` 0 and the count alone. */
  readonly count: string;
  /** `$id`, of the type that {@link callId} makes. */
  readonly call: string;
  /** `$id` as text. */
  readonly archive: string;
  /** `$id` as text, `$content`. */
  readonly note: string;
  readonly readPage: (data: unknown) => PageAnswer;
  readonly readCall: (data: unknown) => CallAnswer | null;
};

const callFields = "id direction from to duration is_archived call_type via created_at notes { id content }";

/** The documented API. */
export const documented: Dialect = {
  page: `query Page($offset: Float, $limit: Float) { paginatedCalls(offset: $offset, limit: $limit) { nodes { ${callFields} } totalCount hasNextPage } }`,
  count: "query Count { paginatedCalls(limit: 0) { totalCount } }",
  call: `query Call($id: Float!) { call(id: $id) { ${callFields} } }`,
  archive: `mutation Archive($id: ID!) { archiveCall(id: $id) { ${callFields} } }`,
  note: `mutation Note($id: ID!, $content: String!) { addNote(input: { activityId: $id, content: $content }) { ${callFields} } }`,
  readPage: (data) => {
    const { nodes, totalCount, hasNextPage } = (data as { paginatedCalls: PageAnswer }).paginatedCalls;
    return { nodes: nodes.map(withoutNoteIds), totalCount, hasNextPage };
  },
  readCall: (data) => {
    const { call } = data as { call: CallAnswer | null };
    return call === null ? null : withoutNoteIds(call);
  },
};

/** The subscription of the documented API with the usual fields. */
export const liveDocument = `subscription Live { onUpdateCall { ${callFields} } }`;

type Note = { readonly content: string };

function withoutNoteIds(call: CallAnswer): CallAnswer {
  return { ...call, notes: call.notes.map(({ content }: Note) => ({ content })) };
}

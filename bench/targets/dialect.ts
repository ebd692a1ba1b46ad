import type { CallAnswer, PageAnswer } from "../data/answers.ts";

/** How one target is asked, and how its answers are read back into the documented form for comparison. */
export type Dialect = {
  /** `$offset`, `$limit`. */
  readonly page: string;
  /** `$limit` 0 and the count alone. */
  readonly count: string;
  /** `$id`, a number. */
  readonly call: string;
  /** `$id`. */
  readonly archive: string;
  /** `$id`, `$content`. */
  readonly note: string;
  /** Whether `$id` of the two mutations is text. */
  readonly idsAreText: boolean;
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
  idsAreText: true,
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

const pgFields =
  "rowId direction from to duration isArchived callType via createdAt notesByCallId(orderBy: ROW_ID_DESC) { nodes { rowId content } }";

/** What PostGraphile makes of the two tables and two functions that its data consists of. */
export const postgraphile: Dialect = {
  page: `query Page($offset: Int, $limit: Int) { allCalls(offset: $offset, first: $limit, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { nodes { ${pgFields} } totalCount pageInfo { hasNextPage } } }`,
  count: "query Count { allCalls(first: 0) { totalCount } }",
  call: `query Call($id: Int!) { callByRowId(rowId: $id) { ${pgFields} } }`,
  archive: `mutation Archive($id: Int!) { archiveCall(input: { wanted: $id }) { result { ${pgFields} } } }`,
  note: `mutation Note($id: Int!, $content: String!) { addNote(input: { wanted: $id, content: $content }) { result { ${pgFields} } } }`,
  idsAreText: false,
  readPage: (data) => {
    const { nodes, totalCount, pageInfo } = (
      data as { allCalls: { nodes: PgCall[]; totalCount: number; pageInfo: { hasNextPage: boolean } } }
    ).allCalls;
    return { nodes: nodes.map(fromPg), totalCount, hasNextPage: pageInfo.hasNextPage };
  },
  readCall: (data) => {
    const { callByRowId } = data as { callByRowId: PgCall | null };
    return callByRowId === null ? null : fromPg(callByRowId);
  },
};

type PgCall = {
  readonly rowId: number;
  readonly direction: string;
  readonly from: string;
  readonly to: string;
  readonly duration: number;
  readonly isArchived: boolean;
  readonly callType: string;
  readonly via: string;
  readonly createdAt: string;
  readonly notesByCallId: { readonly nodes: readonly Note[] };
};

function fromPg(call: PgCall): CallAnswer {
  return {
    id: String(call.rowId),
    direction: call.direction,
    from: call.from,
    to: call.to,
    duration: call.duration,
    is_archived: call.isArchived,
    call_type: call.callType,
    via: call.via,
    created_at: new Date(call.createdAt).toISOString(),
    notes: call.notesByCallId.nodes.map(({ content }) => ({ content })),
  };
}

type Note = { readonly content: string };

function withoutNoteIds(call: CallAnswer): CallAnswer {
  return { ...call, notes: call.notes.map(({ content }: Note) => ({ content })) };
}

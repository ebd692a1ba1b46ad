import { type Example, example } from "./example.ts";

/** Tabs for calls: looking at them and changing them. */
export const callExamples: readonly Example[] = [
  example(
    `# Sign in above, then press Ctrl+Enter.
# Each tab shows one operation of the API.
query PaginatedCalls($offset: Float, $limit: Float) {
  paginatedCalls(offset: $offset, limit: $limit) {
    totalCount
    hasNextPage
    nodes {
      id
      direction
      from
      to
      via
      duration
      is_archived
      call_type
      created_at
      notes {
        id
        content
      }
    }
  }
}
`,
    { offset: 0, limit: 10 },
  ),
  example(
    `query Call($id: ID!) {
  call(id: $id) {
    id
    direction
    from
    to
    via
    duration
    is_archived
    call_type
    created_at
    notes {
      id
      content
    }
  }
}
`,
    { id: "1" },
  ),
  example(
    `# Archives the call, or restores it when it is archived.
mutation ArchiveCall($id: ID!) {
  archiveCall(id: $id) {
    id
    is_archived
  }
}
`,
    { id: "1" },
  ),
  example(
    `mutation AddNote($input: AddNoteInput!) {
  addNote(input: $input) {
    id
    notes {
      id
      content
    }
  }
}
`,
    { input: { activityId: "1", content: "Called back." } },
  ),
  example(
    `mutation SetCallsArchived($ids: [ID!], $archived: Boolean!) {
  setCallsArchived(ids: $ids, archived: $archived) {
    changedCount
    results {
      id
      outcome
    }
  }
}
`,
    { ids: ["1", "2"], archived: true },
  ),
  example(
    `mutation SetCallsTag($filter: CallFilter, $tag: String!, $present: Boolean!) {
  setCallsTag(filter: $filter, first: 100, tag: $tag, present: $present) {
    changedCount
    hasMore
    endCursor
    results {
      id
      outcome
    }
  }
}
`,
    { filter: { type: ["MISSED"] }, tag: "call back", present: true },
  ),
  example(
    `mutation SetCallsAssignee($ids: [ID!], $userId: ID) {
  setCallsAssignee(ids: $ids, userId: $userId) {
    changedCount
    results {
      id
      outcome
      call {
        revision
      }
    }
  }
}
`,
    { ids: ["1", "2"], userId: null },
  ),
  example(
    `mutation UndoChanges($revisions: [Float!]!) {
  undoChanges(revisions: $revisions) {
    changedCount
    results {
      revision
      outcome
    }
  }
}
`,
    { revisions: [1, 2] },
  ),
  example(
    `mutation EditNote($id: ID!, $content: String!) {
  editNote(id: $id, content: $content) {
    id
    revision
  }
}
`,
    { id: "1", content: "Called back twice." },
  ),
  example(
    `mutation DeleteNote($id: ID!) {
  deleteNote(id: $id) {
    id
    revision
  }
}
`,
    { id: "1" },
  ),
  example(
    `mutation AddTag($id: ID!, $tag: String!) {
  addTag(id: $id, tag: $tag) {
    id
    revision
  }
}
`,
    { id: "1", tag: "vip" },
  ),
  example(
    `mutation RemoveTag($id: ID!, $tag: String!) {
  removeTag(id: $id, tag: $tag) {
    id
    revision
  }
}
`,
    { id: "1", tag: "vip" },
  ),
  example(
    `mutation AssignCall($id: ID!, $userId: ID) {
  assignCall(id: $id, userId: $userId) {
    id
    revision
  }
}
`,
    { id: "1", userId: null },
  ),
  example(
    `mutation UndoChange($revision: Float!) {
  undoChange(revision: $revision) {
    id
    revision
  }
}
`,
    { revision: 1 },
  ),
  example(
    `query Activity {
  activity {
    nodes {
      revision
      kind
      at
      actor {
        name
      }
    }
  }
}
`,
  ),
];

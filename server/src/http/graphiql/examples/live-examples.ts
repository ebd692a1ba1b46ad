import { type Example, example } from "./example.ts";

/** Tabs for following changes. */
export const liveExamples: readonly Example[] = [
  example(
    `# Runs until you stop it: archive a call or add a note
# in another window of the browser.
subscription OnUpdateCall {
  onUpdateCall {
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
  ),
  example(
    `# The name that existing clients use; with an id it follows one call.
subscription OnUpdatedCall($id: ID) {
  onUpdatedCall(id: $id) {
    id
    is_archived
    notes {
      content
    }
  }
}
`,
    { id: "1" },
  ),
  example(
    `# Every change, new calls included.
# Hand a cursor back as "after" to resume behind it.
subscription Changes($after: Cursor) {
  changes(after: $after) {
    cursor
    kind
    at
    call {
      id
      from
      to
      call_type
      is_archived
    }
  }
}
`,
    { after: null },
  ),
  example(
    `# Says first where it starts, and how far it has come
# when changes go by that were not asked for.
subscription ChangeStream($after: Cursor, $kinds: [ChangeKind!]) {
  changeStream(after: $after, kinds: $kinds) {
    __typename
    cursor
    ... on Change {
      kind
      call {
        id
        is_archived
      }
    }
  }
}
`,
    { after: null, kinds: ["CALL_LOGGED", "NOTE_ADDED"] },
  ),
  example(
    `# Where the change log ends now: a value for "after".
query Cursor {
  cursor
}
`,
  ),
  example(
    `# The same changes for clients that ask now and then.
query ChangePage($after: Cursor!, $first: Int) {
  changes(after: $after, first: $first) {
    changes {
      cursor
      kind
      at
      call {
        id
        is_archived
      }
    }
    cursor
    hasMore
  }
}
`,
    { after: "", first: 100 },
  ),
];

import { type Example, example } from "./example.ts";

/** Tabs for colleagues and who is at which call. */
export const presenceExamples: readonly Example[] = [
  example(
    `# Whom calls can be given to.
query Colleagues {
  colleagues {
    id
    username
  }
}
`,
  ),
  example(
    `query Presence {
  presence {
    person {
      username
    }
    callId
    isWriting
    since
  }
}
`,
  ),
  example(
    `# Say it again within 45 seconds while it holds.
mutation AtCall($tab: ID!, $id: ID) {
  atCall(tab: $tab, id: $id, isWriting: false)
}
`,
    { tab: "graphiql", id: "1" },
  ),
  example(
    `subscription WatchPresence {
  presence {
    person {
      username
    }
    callId
    isWriting
  }
}
`,
  ),
];

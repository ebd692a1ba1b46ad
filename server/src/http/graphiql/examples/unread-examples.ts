import { type Example, example } from "./example.ts";

/** Tabs for what a person has not seen yet. */
export const unreadExamples: readonly Example[] = [
  example(
    `# Which of these calls you have not seen yet.
query UnreadCalls($ids: [ID!]!) {
  unreadCalls(ids: $ids)
}
`,
    { ids: ["1", "2"] },
  ),
  example(
    `mutation SetCallsUnread($ids: [ID!], $unread: Boolean!) {
  setCallsUnread(ids: $ids, unread: $unread) {
    ids
    changedCount
  }
}
`,
    { ids: ["1"], unread: false },
  ),
  example(
    `# What you read or make unread in other tabs.
subscription WatchUnread {
  unreadChanged
}
`,
  ),
];

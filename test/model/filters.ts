import type { CallView } from "./call-view.ts";

/** A filter as the API takes it, and as a client applies it to a call in its hands. */
export type ModelFilter = {
  readonly filter: object | null;
  readonly lets: (call: CallView) => boolean;
};

/** From no filter to some that calls enter and leave all the time. @param userId a person who is given calls. */
export function modelFilters(userId: string): readonly ModelFilter[] {
  return [
    { filter: null, lets: () => true },
    { filter: { archived: false }, lets: (call) => !call.is_archived },
    { filter: { type: ["missed", "voicemail"] }, lets: (call) => call.call_type !== "answered" },
    { filter: { tag: ["vip", "late"] }, lets: ({ tags }) => tags.includes("vip") || tags.includes("late") },
    { filter: { assignee: [null] }, lets: (call) => call.assignee === null },
    { filter: { hasNotes: true }, lets: (call) => call.notes.length > 0 },
    {
      filter: { and: [{ archived: false }, { not: { tag: ["vip"] } }] },
      lets: (call) => !call.is_archived && !call.tags.includes("vip"),
    },
    {
      filter: { or: [{ archived: true }, { assignee: [userId] }] },
      lets: (call) => call.is_archived || call.assignee?.id === userId,
    },
    { filter: { duration: { min: 60_000 } }, lets: (call) => call.duration >= 60_000 },
    {
      filter: { text: "green" },
      lets: (call) => call.notes.some(({ content }) => content.split(" ").some((word) => word.startsWith("green"))),
    },
    { filter: { not: { line: ["line 0"] } }, lets: (call) => call.via !== "line 0" },
  ];
}

/** How many there are. */
export const filterCount = modelFilters("").length;

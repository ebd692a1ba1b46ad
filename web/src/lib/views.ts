/** What a view or filter looks at of a call. */
export type Matched = {
  readonly is_archived: boolean;
  readonly call_type: string;
  readonly assignee: { readonly id: string } | null;
  /** Whether it waits for somebody to call back. */
  readonly unreturned: boolean;
};

/** The standing views of the left rail, by their place in the URL. `key` goes there after `g`. */
export const views = {
  inbox: { label: "Inbox", icon: "inbox", key: "i" },
  unread: { label: "Unread", icon: "unread", key: "r" },
  mine: { label: "Mine", icon: "person", key: "m" },
  unassigned: { label: "Unassigned", icon: "person-none", key: "u" },
  callback: { label: "To call back", icon: "callback", key: "c" },
  missed: { label: "Missed", icon: "missed", key: "x" },
  voicemail: { label: "Voicemail", icon: "voicemail", key: "v" },
  archived: { label: "Archived", icon: "archive", key: "a" },
  all: { label: "All calls", icon: "all", key: "l" },
} as const;

export type ViewName = keyof typeof views;

/** Whether there is such a view. */
export function isViewName(name: string): name is ViewName {
  return Object.hasOwn(views, name);
}

/** Whether a call belongs in a view. @param me the id of who looks */
export function belongsIn(view: ViewName, call: Matched, me: string): boolean {
  switch (view) {
    case "archived":
      return call.is_archived;
    case "all":
      return true;
    case "callback":
      return !call.is_archived && call.unreturned;
    case "missed":
      return !call.is_archived && call.call_type === "missed";
    case "voicemail":
      return !call.is_archived && call.call_type === "voicemail";
    case "mine":
      return !call.is_archived && call.assignee?.id === me;
    case "unassigned":
      return !call.is_archived && call.assignee === null;
    // Whether it was read, and by whom, is no part of a call.
    case "unread":
    case "inbox":
      return !call.is_archived;
  }
}

/** What counts by group are made of, in the SQL that both databases understand, and how much of it one answer reads. */

export const quarterMs = 15 * 60 * 1_000;
/** Calls are grouped by quarters of an hour in the database, and quarters by the clocks of a time zone here. */
export const quarterOfCall = `(created_at_ms - ((created_at_ms % ${quarterMs} + ${quarterMs}) % ${quarterMs})) / ${quarterMs}`;

export const columns = {
  type: "call_type",
  direction: "direction",
  line: "via",
  archived: "is_archived",
  unreturned: "return_state",
} as const;

/** No counts are kept of who takes care of calls: it alters often, and most calls have nobody. */
export const assigneeOfCall = "coalesce(assignee_id, '')";

/** Hours (or days) of kept counts that one answer reads: those of the feed are one row each, those under a filter dozens. */
export const bucketsMax = { feed: 100_000, facet: 10_000 } as const;

/** Hours that the clocks of a zone divide, whose calls are then looked at one by one. */
export const dividedHoursMax = 1_000;

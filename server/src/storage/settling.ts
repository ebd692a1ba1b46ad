import type { FeedPosition } from "../domain/call.ts";
import type { Actor } from "../domain/change.ts";

/** Who settles, for the changes that tell it. */
export type SettlingAuthor = { readonly workspaceId: number; readonly actor: Actor; readonly atMs: number };

export type SettlingBounds = {
  /** Calls that one transaction settles at most. */
  readonly settled: number;
  /** Calls that it looks at for that. */
  readonly looked: number;
};

/** What is more is done in transactions of their own. */
export const settlingBounds: SettlingBounds = { settled: 500, looked: 5_000 };

/** Calls of a number whose settling may have altered: those before `before`, back to the last one that settles before `from`. */
export type Span = { readonly from: FeedPosition; readonly before: FeedPosition };

/** What a write has touched, by the key of the number. */
export type Spans = Map<string, Span>;

/** Remembers a call that settles others, or did. */
export function touch(spans: Spans, other: string | null, { createdAtMs, id }: FeedPosition): void {
  if (other === null) return;
  const place = { from: { createdAtMs, id }, before: { createdAtMs, id } };
  const span = spans.get(other);
  spans.set(other, span === undefined ? place : joinedSpan(span, place));
}

/** What both hold, and what lies between them. */
export function joinedSpan(a: Span, b: Span): Span {
  return {
    from: isBefore(b.from, a.from) ? b.from : a.from,
    before: isBefore(a.before, b.before) ? b.before : a.before,
  };
}

/** Whether the one place of the feed is older than the other. */
export function isBefore(a: FeedPosition, b: FeedPosition): boolean {
  return a.createdAtMs < b.createdAtMs || (a.createdAtMs === b.createdAtMs && a.id < b.id);
}

/** The row of `return_work` for what is left of a settling. */
export type WorkRow = {
  readonly workspace_id: number;
  readonly other: string;
  readonly from_ms: number;
  readonly from_id: number;
  readonly before_ms: number;
  readonly before_id: number;
  readonly actor: string;
  readonly at_ms: number;
};

/** Numbers with something left that one transaction takes up: as much as its bounds allow of it is done. */
export const workRowsMax = 100;

export const workColumns = "workspace_id, other, from_ms, from_id, before_ms, before_id, actor, at_ms";

export function spanOf(row: WorkRow): Span {
  return {
    from: { createdAtMs: row.from_ms, id: row.from_id },
    before: { createdAtMs: row.before_ms, id: row.before_id },
  };
}

/** What is left of several numbers. */
export function spansOf(rows: readonly WorkRow[]): Spans {
  return new Map(rows.map((row) => [row.other, spanOf(row)]));
}

/** When the last of what they are left of was told: changes of one transaction have one time. */
export function lastOf(rows: readonly WorkRow[]): number {
  return rows.reduce((last, row) => Math.max(last, row.at_ms), 0);
}

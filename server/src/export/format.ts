import { stringify } from "csv-stringify/sync";
import { setImmediate as turn } from "node:timers/promises";
import type { Call, FeedPosition } from "../domain/call.ts";
import { type CallColumn, callColumns } from "../domain/exports.ts";
import type { CallFilter } from "../domain/filter.ts";
import type { CallStore } from "../domain/storage.ts";

/** `csv` and `ndjson` are exact: an import reads them back. `spreadsheet` is CSV for people. */
export type CallFormat = "csv" | "ndjson" | "spreadsheet";

const groupSize = 500;

/**
 * Every call that the workspace has when this starts, by id, in groups: the order in which they were logged, so that an empty
 * inbox that imports them gives each the same id again. Calls that come in meanwhile do not disturb it.
 */
export async function* callsInOrderOfLogging(
  calls: Pick<CallStore, "page" | "find">,
  workspaceId: number,
): AsyncGenerator<readonly Call[]> {
  let left = (await calls.page(workspaceId, 0, 0)).totalCount;
  for (let id = 1; left > 0; id += groupSize) {
    const ids = Array.from({ length: groupSize }, (_, index) => id + index);
    const found = await Promise.all(ids.map(async (each) => calls.find(workspaceId, each)));
    const group = found.filter((call) => call !== null).slice(0, left);
    left -= group.length;
    if (group.length > 0) yield group;
  }
}

/** The calls that a filter lets through, oldest first, in groups. Others are served between any two. */
export async function* callsOfFilter(
  calls: Pick<CallStore, "walk">,
  workspaceId: number,
  filter: CallFilter,
): AsyncGenerator<readonly Call[]> {
  let after: FeedPosition | null = null;
  for (;;) {
    const part = { filter, order: "oldest-first", after, before: null, limit: groupSize } as const;
    const found: Awaited<ReturnType<CallStore["walk"]>> = await calls.walk(workspaceId, part);
    if (found.calls.length > 0) yield found.calls;
    after = found.stoppedAt ?? found.calls.at(-1) ?? null;
    if (!found.hasMore || after === null) return;
    await turn();
  }
}

/**
 * The calls as text, piece by piece.
 * @param onProgress is told how many calls have been written out.
 * @param timeZone whose clocks a spreadsheet's times show, named in its header row; without it they are UTC, as in the exact forms
 * @param columns those of a spreadsheet
 */
export async function* formatCalls(
  groups: AsyncIterable<readonly Call[]>,
  format: CallFormat,
  onProgress: (count: number) => void,
  timeZone: string | null = null,
  columns: readonly CallColumn[] = callColumns,
): AsyncGenerator<string> {
  const clockText = timeZone === null ? null : localTime(timeZone);
  const heading = columns.map((column) =>
    column === "created_at" && timeZone !== null ? `${column} (${timeZone})` : column,
  );
  let count = 0;
  if (format === "csv") yield csv([callColumns]);
  // Without a byte order mark spreadsheets take the file for the encoding of the machine's country.
  if (format === "spreadsheet") yield `\uFEFF${csv([heading])}`;
  for await (const calls of groups) {
    if (format === "ndjson") yield calls.map((call) => `${JSON.stringify(callRecord(call))}\n`).join("");
    else
      yield csv(
        calls.map((call) =>
          cells(call, format === "spreadsheet" ? columns : callColumns, format === "spreadsheet", clockText),
        ),
      );
    count += calls.length;
    onProgress(count);
  }
}

function callRecord(call: Call) {
  return {
    id: String(call.id),
    direction: call.direction,
    from: call.from,
    to: call.to,
    via: call.via,
    duration: call.durationMs,
    call_type: call.callType,
    created_at: new Date(call.createdAtMs).toISOString(),
    is_archived: call.isArchived,
    notes: call.notes.map(({ content }) => content),
  } satisfies Record<CallColumn, unknown>;
}

function cells(
  call: Call,
  columns: readonly CallColumn[],
  isForSpreadsheet: boolean,
  clockText: ((ms: number) => string) | null,
): readonly string[] {
  const record = callRecord(call);
  return columns.map((column) => {
    if (column === "created_at" && isForSpreadsheet && clockText !== null) return clockText(call.createdAtMs);
    if (column !== "notes") return isForSpreadsheet ? spreadsheetSafe(String(record[column])) : String(record[column]);
    if (isForSpreadsheet) return spreadsheetSafe(record.notes.join("\n"));
    return record.notes.length === 0 ? "" : JSON.stringify(record.notes);
  });
}

/** With a `'` in front of what a spreadsheet would run as a formula (OWASP, CSV Injection) or turn into a number. */
function spreadsheetSafe(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** Date and time as spreadsheets read them: `2026-01-05 09:00:00`. */
function localTime(timeZone: string): (ms: number) => string {
  // The Swedish way of writing times is this very form.
  const form = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (ms) => form.format(ms);
}

function csv(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { record_delimiter: "\n", quoted_match: /[\r\n]/ });
}

import { stringify } from "csv-stringify/sync";
import type { Call } from "../domain/call.ts";
import type { CallStore } from "../domain/storage.ts";

/** The columns of an import and of an export, in the order that an export has them. */
export const callColumns = [
  "id",
  "direction",
  "from",
  "to",
  "via",
  "duration",
  "call_type",
  "created_at",
  "is_archived",
  "notes",
] as const;

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

/**
 * The calls as text, piece by piece.
 * @param onProgress is told how many calls have been written out.
 * @param timeZone whose clocks a spreadsheet's times show, named in its header row; without it they are UTC, as in the exact forms
 */
export async function* formatCalls(
  groups: AsyncIterable<readonly Call[]>,
  format: CallFormat,
  onProgress: (count: number) => void,
  timeZone: string | null = null,
): AsyncGenerator<string> {
  const clockText = timeZone === null ? null : localTime(timeZone);
  const heading = callColumns.map((column) =>
    column === "created_at" && timeZone !== null ? `${column} (${timeZone})` : column,
  );
  let count = 0;
  if (format === "csv") yield csv([callColumns]);
  // Without a byte order mark spreadsheets take the file for the encoding of the machine's country.
  if (format === "spreadsheet") yield `\uFEFF${csv([heading])}`;
  for await (const calls of groups) {
    if (format === "ndjson") yield calls.map((call) => `${JSON.stringify(callRecord(call))}\n`).join("");
    else yield csv(calls.map((call) => cells(call, format === "spreadsheet", clockText)));
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
  } satisfies Record<(typeof callColumns)[number], unknown>;
}

function cells(call: Call, isForSpreadsheet: boolean, clockText: ((ms: number) => string) | null): readonly string[] {
  const record = callRecord(call);
  return callColumns.map((column) => {
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

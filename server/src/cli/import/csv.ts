import { type Options, parse } from "csv-parse/sync";
import { DomainError } from "../../domain/errors.ts";
import { callColumns } from "../../domain/exports.ts";
import type { Entry } from "./entry.ts";
import { type Line, lineBytesMax } from "./lines.ts";

const columnsNeeded = callColumns.slice(0, 8);
const columnsKnown: ReadonlySet<string> = new Set([...callColumns, "event_id", "ended_at"]);

export type CsvHeader = {
  readonly delimiter: string;
  /** The columns as the file has them, in lower case with underscores; those that mean nothing here too. */
  readonly columns: readonly string[];
  readonly unknown: readonly string[];
};

/**
 * Calls in CSV by RFC 4180: a header row, columns in any order, separated by commas, semicolons or tabs, `"` around
 * fields where needed, line feeds inside them. A record that is not sound is refused alone: where its quotes do not close,
 * reading goes on at the line after the one it starts on, so that a stray quote costs one line and not the rest of the file.
 *
 * The cell `notes` is a JSON array of texts, the newest first; any other text is one note.
 *
 * @throws DomainError BAD_USER_INPUT when the header row has not all of the columns that a call needs.
 */
export async function* readCsv(
  lines: AsyncIterable<readonly Line[]>,
  onHeader: (header: CsvHeader) => void = () => {},
): AsyncGenerator<readonly Entry[]> {
  let header: CsvHeader | null = null;
  const waiting: Line[] = [];
  let delimiter: string | undefined;

  function takeEntries(header: CsvHeader, isEnd: boolean): readonly Entry[] {
    const pieces: Piece[] = [];
    let from = 0;
    while (from < waiting.length) {
      const piece = nextPiece(waiting, from, header, isEnd);
      if (piece === null) break;
      from += piece.lineCount;
      if (piece.text !== "" || piece.problem !== null) pieces.push(piece);
    }
    waiting.splice(0, from);
    return readPieces(pieces, header);
  }

  for await (const group of lines) {
    for (const line of group) waiting.push(line);
    while (header === null && waiting.length > 0) {
      const first = waiting.shift() as Line;
      const separator = /^sep=(.)\r?$/i.exec(first.text);
      // Spreadsheets may put the delimiter in front of the header in a line of its own.
      if (separator !== null) delimiter = separator[1];
      else if (first.text.trim() !== "" || first.problem !== null) header = readHeader(first, delimiter);
      if (header !== null) onHeader(header);
    }
    if (header !== null) yield takeEntries(header, false);
  }
  if (header === null) throw new DomainError("BAD_USER_INPUT", "The file is empty: not even a header row is there.");
  yield takeEntries(header, true);
}

/** Some lines that make one record, or the first line of what cannot be one. */
type Piece = {
  readonly number: number;
  readonly lineCount: number;
  readonly text: string;
  readonly problem: string | null;
};

/**
 * Lines up to the one on which the number of quotes is even; null when the next lines must be waited for. Several lines
 * count as one record only when they are sound as one: else the quote that joined them was a stray one.
 */
function nextPiece(lines: readonly Line[], from: number, header: CsvHeader, isEnd: boolean): Piece | null {
  const { number, text: firstText, problem: firstProblem } = lines[from] as Line;
  if (!hasOddQuotes(firstText)) {
    return { number, lineCount: 1, text: withoutReturn(firstText), problem: firstProblem };
  }
  const stray = { number, lineCount: 1, text: "", problem: firstProblem ?? "opens a quote that is never closed" };
  let length = firstText.length;
  for (let index = from + 1; index < lines.length; index += 1) {
    const { text } = lines[index] as Line;
    length += text.length + 1;
    if (length > lineBytesMax) return stray;
    if (!hasOddQuotes(text)) continue;
    const members = lines.slice(from, index + 1);
    const whole = withoutReturn(members.map((line) => line.text).join("\n"));
    const rows = parseText(whole, header.delimiter);
    if (rows?.length !== 1 || rows[0]?.length !== header.columns.length) return stray;
    const problem = members.find((line) => line.problem !== null)?.problem ?? null;
    return { number, lineCount: members.length, text: whole, problem };
  }
  return isEnd ? stray : null;
}

function withoutReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}

function readPieces(pieces: readonly Piece[], header: CsvHeader): readonly Entry[] {
  const rows = parseAll(
    pieces.filter(({ problem }) => problem === null).map(({ text }) => text),
    header.delimiter,
  );
  let row = 0;
  const entries: Entry[] = [];
  for (const { number, problem } of pieces) {
    const cells = problem === null ? (rows[row++] ?? null) : null;
    if (cells !== null) entries.push(...entriesOf(number, cells, header));
    else
      entries.push({ line: number, problem: `This line ${problem ?? "is not CSV: a quote stands where none may"}.` });
  }
  return entries;
}

/** The cells of each record, null for what is not CSV. Parsed together, for that is much faster, and alone if that fails. */
function parseAll(records: readonly string[], delimiter: string): readonly (readonly string[] | null)[] {
  const rows = parseText(records.join("\n"), delimiter);
  if (rows?.length === records.length) return rows;
  return records.map((text) => {
    const alone = parseText(text, delimiter);
    return alone?.length === 1 ? (alone[0] as string[]) : null;
  });
}

function parseText(text: string, delimiter: string): string[][] | null {
  const options: Options = { delimiter, record_delimiter: "\n", relax_column_count: true, max_record_size: 0 };
  try {
    return parse(text, options);
  } catch {
    return null;
  }
}

function entriesOf(line: number, cells: readonly string[], { columns }: CsvHeader): readonly Entry[] {
  if (cells.every((cell) => cell.trim() === "")) return [];
  if (cells.length < columns.length || cells.slice(columns.length).some((cell) => cell !== "")) {
    return [{ line, problem: `This line has ${cells.length} columns, the header row has ${columns.length}.` }];
  }
  const value: Record<string, unknown> = {};
  for (const [index, column] of columns.entries()) {
    if (!columnsKnown.has(column)) continue;
    const cell = cells[index] ?? "";
    value[column] = column === "notes" ? readNotes(cell) : cell;
  }
  return [{ line, value }];
}

function readNotes(cell: string): unknown {
  if (cell.trim() === "") return [];
  if (!cell.startsWith("[")) return [cell];
  try {
    const notes: unknown = JSON.parse(cell);
    return Array.isArray(notes) ? notes : [cell];
  } catch {
    return [cell];
  }
}

function readHeader(line: Line, given: string | undefined): CsvHeader {
  if (line.problem !== null) throw new DomainError("BAD_USER_INPUT", `The header row ${line.problem}.`);
  const text = line.text.replace(/\r$/, "");
  const delimiter = given ?? likeliestDelimiter(text);
  const columns = (parseText(text, delimiter)?.[0] ?? []).map((name) =>
    name.trim().toLowerCase().replace(/[ -]/g, "_"),
  );
  const missing = columnsNeeded.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `Line ${line.number} must be a header row with the columns ${columnsNeeded.join(", ")}; it has no ${missing.join(", ")}.`,
    );
  }
  const twice = columns.find((column, index) => columnsKnown.has(column) && columns.indexOf(column) !== index);
  if (twice !== undefined) throw new DomainError("BAD_USER_INPUT", `The header row has the column ${twice} twice.`);
  return { delimiter, columns, unknown: columns.filter((column) => !columnsKnown.has(column) && column !== "") };
}

function likeliestDelimiter(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

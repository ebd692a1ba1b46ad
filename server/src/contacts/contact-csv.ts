import { type CsvError, type Info, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { type Contact, contactNumbersMax } from "../domain/contact.ts";
import type { ContactRow } from "../domain/contact-files.ts";
import { DomainError } from "../domain/errors.ts";

type Record = { readonly record: readonly string[]; readonly info: Info };

/**
 * Contacts in CSV (RFC 4180) separated by commas, semicolons or tabs, a header row first, of which the columns of Google
 * Contacts, Outlook and plain lists are known by their names, in any order and case. A record whose quotes are not right is refused alone.
 * @throws DomainError BAD_USER_INPUT when the header row has no column for a name or none for a number.
 */
export function readContactCsv(text: string): readonly ContactRow[] {
  const rows: ContactRow[] = [];
  const skipped = new Set<number>();
  const records = parse(text, {
    bom: true,
    delimiter: likeliestDelimiter(text),
    info: true,
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip: (error?: CsvError) => {
      skipped.add(Number(error?.["lines"] ?? 1));
      return undefined;
    },
  }) as unknown as readonly Record[];
  const [head, ...body] = records;
  if (head === undefined) throw new DomainError("BAD_USER_INPUT", "The file is empty: not even a header row is there.");
  const columns = readHeader(head.record);
  for (const line of skipped) {
    rows.push({ line, problem: "This line is not CSV: a quote stands where none may, or is never closed." });
  }
  for (const { record, info } of body) {
    // Counted is the line that it ends on.
    const line = info.lines - (record.join("").match(/\r\n|\n|\r/g)?.length ?? 0);
    if (record.some((cell) => cell.trim() !== "")) rows.push(readRecord(line, record, columns));
  }
  return rows.toSorted((a, b) => a.line - b.line);
}

type Columns = {
  readonly name: number | null;
  /** Given, middle and family name, as far as there are any. */
  readonly nameParts: readonly number[];
  readonly company: number | null;
  readonly numbers: readonly { readonly at: number; readonly labelAt: number | null; readonly label: string | null }[];
};

const nameColumns = ["name", "full name", "display name", "file as", "contact"];
const namePartColumns = [
  ["first name", "given name", "firstname"],
  ["middle name", "additional name"],
  ["last name", "family name", "lastname", "surname"],
];
const companyColumns = [
  "company",
  "organization",
  "organisation",
  "organization name",
  "organization 1 - name",
  "firm",
];
const plainNumberColumns: ReadonlySet<string> = new Set([
  "number",
  "phone",
  "phone number",
  "telephone",
  "tel",
  "e164",
  "mobile",
  "numbers",
]);

function readHeader(cells: readonly string[]): Columns {
  const names = cells.map((cell) => cell.trim().toLowerCase().replaceAll("_", " "));
  const find = (wanted: readonly string[]) => {
    const at = wanted.map((name) => names.indexOf(name)).find((place) => place !== -1);
    return at ?? null;
  };
  const columns: Columns = {
    name: find(nameColumns),
    nameParts: namePartColumns.flatMap((wanted) => find(wanted) ?? []),
    company: find(companyColumns),
    numbers: names.flatMap((name, at) => numberColumn(name, at, names, cells) ?? []),
  };
  const hasName = columns.name !== null || columns.nameParts.length > 0 || columns.company !== null;
  if (!hasName || columns.numbers.length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `The first line must be a header row with ${hasName ? "a column for a number" : "a column for a name"}, such as name, company, number, or those of Google Contacts or Outlook.`,
    );
  }
  return columns;
}

function numberColumn(name: string, at: number, names: readonly string[], cells: readonly string[]) {
  // Google: "Phone 1 - Value" beside "Phone 1 - Label" (before 2024: "Phone 1 - Type").
  const google = /^(phone \d+) - value$/.exec(name)?.[1];
  if (google !== undefined) {
    const labelAt = names.findIndex((other) => other === `${google} - label` || other === `${google} - type`);
    return { at, labelAt: labelAt === -1 ? null : labelAt, label: null };
  }
  if (plainNumberColumns.has(name)) {
    const labelAt = names.indexOf("label");
    return { at, labelAt: labelAt === -1 ? null : labelAt, label: name === "mobile" ? "mobile" : null };
  }
  // Outlook: "Business Phone", "Home Phone 2", "Company Main Phone", "Business Fax" ...
  const outlook = /^([a-z' ]+) (?:phone|fax)(?: \d)?$/.test(name);
  return outlook ? { at, labelAt: null, label: (cells[at] ?? "").trim() } : null;
}

function readRecord(line: number, cells: readonly string[], columns: Columns): ContactRow {
  const cell = (at: number | null) => unguarded((at === null ? "" : (cells[at] ?? "")).trim());
  const company = cell(columns.company);
  const parts = columns.nameParts.map((at) => cell(at)).filter((part) => part !== "");
  const name = cell(columns.name) || parts.join(" ") || company;
  if (name === "") return { line, problem: "It has no name." };
  const numbers = columns.numbers.flatMap(({ at, labelAt, label }) =>
    // Google puts several values of one kind into one cell.
    cell(at)
      .split(" ::: ")
      .map((number) => number.trim())
      .filter((number) => number !== "")
      .map((number) => ({ number, label: (labelAt === null ? label : cell(labelAt).replace(/^\* /, "")) || null })),
  );
  return { line, name, company: company || null, numbers };
}

/** The columns of Google Contacts, which reads them too. */
export async function* contactCsv(contacts: AsyncIterable<Contact>): AsyncGenerator<string> {
  const all: Contact[] = [];
  let numbersMax = 1;
  for await (const contact of contacts) {
    all.push(contact);
    numbersMax = Math.min(contactNumbersMax, Math.max(numbersMax, contact.numbers.length));
  }
  const places = Array.from({ length: numbersMax }, (_, at) => at);
  const head = places.flatMap((at) => [`Phone ${at + 1} - Label`, `Phone ${at + 1} - Value`]);
  yield stringify([["Name", "Organization Name", ...head]], { record_delimiter: "\r\n" });
  for (const { name, company, numbers } of all) {
    const cells = places.flatMap((at) => [guarded(numbers[at]?.label ?? ""), numbers[at]?.e164 ?? ""]);
    yield stringify([[guarded(name), guarded(company ?? ""), ...cells]], { record_delimiter: "\r\n" });
  }
}

/** A spreadsheet would run what begins like a formula. */
function guarded(text: string): string {
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}

function unguarded(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

function likeliestDelimiter(text: string): string {
  const header = text.split("\n", 1)[0] ?? "";
  const count = (delimiter: string) => header.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

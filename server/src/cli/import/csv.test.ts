import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { array, assert as assertProperty, asyncProperty, nat } from "fast-check";
import { readCsv } from "./csv.ts";
import type { Entry } from "./entry.ts";
import { readLines } from "./lines.ts";

const header = "id,direction,from,to,via,duration,call_type,created_at,is_archived,notes";
const row = (id: string, rest = "") =>
  `${id},inbound,+442079460801,+442079460100,+442079460100,1200,missed,2026-07-04T14:31:42.731Z,false,${rest}`;

async function entriesOf(...chunks: readonly (string | Buffer)[]): Promise<Entry[]> {
  const stream = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  })();
  return (await Array.fromAsync(readCsv(readLines(stream)))).flat();
}

const ids = (entries: readonly Entry[]) =>
  entries.map((entry) => ("value" in entry ? (entry.value as { id: string }).id : `line ${entry.line} refused`));

const notesOf = (entry: Entry | undefined) =>
  entry !== undefined && "value" in entry ? (entry.value as { notes: unknown }).notes : entry;

describe("CSV", () => {
  it("is read with its columns by name, in any order, unknown ones left out", async () => {
    const [entry] = await entriesOf(
      "notes,Created At,call-type,duration,via,to,from,direction,agent,ID\nhi,2026-07-04T14:31:42Z,missed,5,+3,+2,+1,inbound,Bob,x7\n",
    );
    assert.deepEqual(entry, {
      line: 2,
      value: {
        notes: ["hi"],
        created_at: "2026-07-04T14:31:42Z",
        call_type: "missed",
        duration: "5",
        via: "+3",
        to: "+2",
        from: "+1",
        direction: "inbound",
        id: "x7",
      },
    });
  });

  it("may be separated by semicolons or tabs, begin with a byte order mark or a line sep=, and end lines with CRLF", async () => {
    for (const delimiter of [";", "\t"]) {
      const text = [header, row("1"), row("2")].join("\r\n").replaceAll(",", delimiter);
      assert.deepEqual(ids(await entriesOf(`\uFEFF${text}`)), ["1", "2"]);
    }
    assert.deepEqual(
      ids(await entriesOf(`sep=;\r\n${header.replaceAll(",", ";")}\r\n${row("1").replaceAll(",", ";")}`)),
      ["1"],
    );
  });

  it("has notes as a JSON array, or as any other text that is one note", async () => {
    const cases: [string, unknown][] = [
      ["", []],
      ['"[""new"",""old""]"', ["new", "old"]],
      ["[]", []],
      ["Called back", ["Called back"]],
      ["[sic] he said", ["[sic] he said"]],
      ['"first\nsecond, ""quoted"""', ['first\nsecond, "quoted"']],
    ];
    for (const [cell, notes] of cases) {
      const [entry, next] = await entriesOf(`${header}\n${row("1", cell)}\n${row("2")}\n`);
      assert.deepEqual(notesOf(entry), notes);
      assert.deepEqual(ids([next as Entry]), ["2"]);
    }
  });

  it("numbers a record by the line that it starts on, also after records of several lines and blank lines", async () => {
    const text = `${header}\n${row("1", '"a\nb\nc"')}\n\n,,,,,,,,,\n${row("2")}\n`;
    assert.deepEqual(
      (await entriesOf(text)).map(({ line }) => line),
      [2, 7],
    );
  });

  it("loses one line to a stray quote, not the rest of the file", async () => {
    const stray = row("2").replace(",missed", ',"missed');
    const cases: [string, string[]][] = [
      [
        [row("1"), stray, row("3"), row("4", '"two\nlines"'), row("5")].join("\n"),
        ["1", "line 3 refused", "3", "4", "5"],
      ],
      [[row("1"), stray, row("3"), stray, row("5")].join("\n"), ["1", "line 3 refused", "3", "line 5 refused", "5"]],
      [[row("1"), row("2").replace("inbound", 'in"bo"und'), row("3")].join("\n"), ["1", "line 3 refused", "3"]],
      [[row("1"), stray].join("\n"), ["1", "line 3 refused"]],
    ];
    for (const [text, expected] of cases) assert.deepEqual(ids(await entriesOf(`${header}\n${text}\n`)), expected);
  });

  it("refuses a line with more or fewer columns than the header row, but takes empty ones at the end", async () => {
    const entries = await entriesOf(`${header}\n${row("1")},,\n${row("2")},x\n3,inbound\n${row("4")}\n`);
    assert.deepEqual(ids(entries), ["1", "line 3 refused", "line 4 refused", "4"]);
    assert.match((entries[2] as { problem: string }).problem, /2 columns, the header row has 10/);
  });

  it("refuses a line that is not UTF-8 or longer than a mebibyte, and takes the others", async () => {
    const latin1 = Buffer.concat([Buffer.from(`${header}\n${row("1")}\n`), Buffer.from(row("2", "Léa"), "latin1")]);
    assert.deepEqual(ids(await entriesOf(latin1, `\n${row("3", "Léa")}\n`)), ["1", "line 3 refused", "3"]);
    const long = row("2", "x".repeat(1_100_000));
    assert.deepEqual(ids(await entriesOf(`${header}\n${row("1")}\n${long}\n${row("3")}\n`)), [
      "1",
      "line 3 refused",
      "3",
    ]);
  });

  it("without a header row, with a column missing or twice, or empty, is refused as a whole with what is missing", async () => {
    await assert.rejects(entriesOf(`${row("1")}\n`), /header row with the columns id, direction/);
    await assert.rejects(entriesOf(`${header.replace("via,", "")}\n`), /it has no via\./);
    await assert.rejects(entriesOf(`${header},from\n`), /the column from twice/);
    await assert.rejects(entriesOf(""), /empty/);
  });

  it("reads the same however the bytes are cut into pieces", async () => {
    const text = Buffer.from(
      `\uFEFF${header}\r\n${row("1", '"ä\n😀""q"""')}\r\n${row("2").replace("missed", '"missed')}\r\n${row("3")}\n\n${row("4")}`,
    );
    const whole = await entriesOf(text);
    assert.deepEqual(ids(whole), ["1", "line 4 refused", "3", "4"]);
    await assertProperty(
      asyncProperty(array(nat(text.length), { maxLength: 12 }), async (cuts) => {
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = bounds.slice(1).map((end, index) => text.subarray(bounds[index], end));
        assert.deepEqual(await entriesOf(...pieces), whole);
      }),
      { numRuns: 60 },
    );
  });
});

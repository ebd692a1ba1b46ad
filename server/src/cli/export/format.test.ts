import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Call } from "../../domain/call.ts";
import { createIntake } from "../../domain/intake.ts";
import { createInbox } from "../../domain/inbox.ts";
import type { Source } from "../../domain/source.ts";
import type { Storage } from "../../domain/storage.ts";
import { firstWorkspaceId, type Principal } from "../../domain/workspace.ts";
import { readGenericCall } from "../../ingest/generic.ts";
import { createMemoryStorage } from "../../storage/memory-model.ts";
import { readCsv } from "../import/csv.ts";
import { importCalls } from "../import/import-calls.ts";
import { readLines } from "../import/lines.ts";
import { readNdjson } from "../import/ndjson.ts";
import { type CallFormat, callsInOrderOfLogging, formatCalls } from "../../export/format.ts";

const clock = { now: () => Date.UTC(2026, 6, 4) };
const source: Source = { id: "s", workspaceId: firstWorkspaceId, name: "s", kind: "generic", createdAtMs: 0 };
const person: Principal = {
  kind: "user",
  workspaceId: firstWorkspaceId,
  userId: "u",
  username: "u",
  role: "member",
  scopes: ["read", "write"],
  sessionId: "s",
  expiresAtMs: Number.MAX_SAFE_INTEGER,
};

async function emptyStorage(): Promise<Storage> {
  const storage = createMemoryStorage();
  await storage.sources.add(source, "0".repeat(64));
  return storage;
}

async function textOf(storage: Storage, format: CallFormat): Promise<string> {
  const groups = callsInOrderOfLogging(storage.calls, firstWorkspaceId);
  return (await Array.fromAsync(formatCalls(groups, format, () => {}))).join("");
}

async function imported(text: string, format: CallFormat): Promise<Storage> {
  const storage = await emptyStorage();
  const intake = createIntake({ storage, clock });
  const lines = readLines(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
  const summary = { read: 0, new: 0, merged: 0, duplicate: 0, refused: 0, throughLine: 0 };
  await importCalls(format === "ndjson" ? readNdjson(lines) : readCsv(lines), summary, {
    readCall: (value, raw) => readGenericCall(value, { strict: true, raw }),
    accept: async (deliveries) => intake.accept(source, deliveries),
    onRefused: (line, problem) => assert.fail(`line ${line}: ${problem}`),
    onProgress: () => {},
    isStopped: () => false,
    batchSize: 3,
  });
  return storage;
}

/** Text that is likely to trip a writer or a reader of CSV. */
const awkward = fc.string({
  unit: fc.constantFrom(...Array.from("ab,;\"'\n\r\t=+-@[]{}\\ ü€😀\u2028\u202e0")),
  maxLength: 12,
});
const note = awkward.filter((text) => text.trim() !== "");
const number = awkward.map((text) => text.replace(/[\n\r\t]/g, ""));

const call = fc.record({
  direction: fc.constantFrom("inbound", "outbound"),
  from: number,
  to: number,
  via: number,
  duration: fc.nat(Number.MAX_SAFE_INTEGER),
  call_type: fc.constantFrom("answered", "missed", "voicemail"),
  // Few different times, so that many calls share one.
  created_at: fc.constantFrom(100_000_000_000, 1_780_000_000_123, 1_780_000_000_124, 253_402_300_799_999),
  is_archived: fc.boolean(),
  notes: fc.array(note, { maxLength: 3 }),
});

describe("an exact export", () => {
  for (const format of ["csv", "ndjson"] as const) {
    it(`as ${format}, imported into an empty inbox, gives every call back as it was, and the same bytes`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(call, { maxLength: 12 }),
          fc.array(fc.tuple(fc.nat(11), note)),
          async (calls, later) => {
            const storage = await emptyStorage();
            const intake = createIntake({ storage, clock });
            const inbox = createInbox({ storage, clock });
            for (const [index, value] of calls.entries()) {
              const reading = readGenericCall({ ...value, id: `source-${index}` }, { strict: true });
              assert.ok(reading.ok);
              await intake.accept(source, [reading.delivery]);
            }
            for (const [place, content] of later.filter(() => calls.length > 0)) {
              await inbox.addNote(person, (place % calls.length) + 1, content);
              await inbox.toggleArchived(person, (place % calls.length) + 1);
            }
            const text = await textOf(storage, format);
            const copy = await imported(text, format);
            assert.equal(await textOf(copy, format), text);
            const page = async ({ calls }: Storage) =>
              (await calls.page(firstWorkspaceId, 0, 100)).calls.map(withoutNoteIds);
            assert.deepEqual(await page(copy), await page(storage));
          },
        ),
        { numRuns: 150 },
      );
    });
  }

  it("for a spreadsheet has a ' before everything that would be run or mangled, and nothing else changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 4 }), async (calls) => {
        const storage = await emptyStorage();
        const readings = calls.map((value, index) => readGenericCall({ ...value, id: `${index}` }, { strict: true }));
        const deliveries = readings.flatMap((reading) => (reading.ok ? [reading.delivery] : []));
        await createIntake({ storage, clock }).accept(source, deliveries);
        const cells = parseRfc4180((await textOf(storage, "spreadsheet")).replace("\uFEFF", "")).flat();
        for (const cell of cells) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
      }),
      { numRuns: 100 },
    );
  });
});

/** What an export carries: ids of notes, authors and revisions belong to the inbox that the call is in. */
function withoutNoteIds({ notes, ...rest }: Call) {
  return { ...rest, revision: null, notes: notes.map(({ content }) => content) };
}

/** RFC 4180, character by character: an independent reader for what the product writes. */
function parseRfc4180(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === "," || character === "\n") {
      row.push(cell);
      cell = "";
      if (character === "\n") rows.push(row.splice(0));
    } else cell += character;
  }
  return rows;
}

import { readFileSync } from "node:fs";
import { DomainError } from "../domain/errors.ts";
import type { SourceMapping } from "../domain/source-desk.ts";
import type { SourceKind } from "../domain/source.ts";
import { splitBatch } from "./batch.ts";
import { mappers } from "./mappers.ts";

/** Bodies read as `POST /ingest/calls` reads them, one at a time. */
export const sourceMapping: SourceMapping = {
  read(kind, raw) {
    try {
      const { items } = splitBatch(new TextEncoder().encode(raw), "json");
      const [item] = items;
      if (item === undefined || items.length > 1) return { ok: false, problem: "This is not one call." };
      if ("problem" in item) return { ok: false, problem: item.problem };
      const reading = mappers[kind]({ value: item.value, raw });
      return reading.ok ? { ok: true, delivery: reading.delivery } : { ok: false, problem: reading.problem };
    } catch (error) {
      if (error instanceof DomainError) return { ok: false, problem: error.message };
      throw error;
    }
  },

  testCall: (kind, key, atMs) => JSON.stringify(testCalls[kind](key, atMs)),

  setUp(kind, address) {
    const { file, sections } = manuals[kind];
    const text = readFileSync(new URL(`../../../docs/sources/${file}`, import.meta.url), "utf8");
    const chosen = sections.map((heading) => section(text, heading));
    // What the manual's examples are for is a server on the reader's own machine.
    return chosen.join("\n").replaceAll("http://127.0.0.1:4000", address);
  },
};

/** Of the numbers that are set aside for fiction (ITU country code 1, exchange 555). */
const testNumbers = { from: "+12025550123", to: "+12025550100" };

const testCalls: Readonly<Record<SourceKind, (key: string, atMs: number) => object>> = {
  generic: (key, atMs) => ({
    id: key,
    direction: "inbound",
    ...testNumbers,
    via: testNumbers.to,
    duration: 12_000,
    call_type: "missed",
    created_at: new Date(atMs - 12_000).toISOString(),
    missed_reason: "no-answer",
    notes: ["A test call."],
  }),
  kamailio: (key, atMs) => {
    const [started, ended] = [(atMs - 12_000) / 1_000, atMs / 1_000].map((seconds) => seconds.toFixed(3));
    return {
      call_id: key,
      from_tag: "test",
      cseq: "1",
      direction: "inbound",
      ...testNumbers,
      via: testNumbers.to,
      call_type: "missed",
      started,
      start_time: started,
      end_time: started,
      duration: "0.000",
      ended,
    };
  },
};

const manuals: Readonly<Record<SourceKind, { readonly file: string; readonly sections: readonly string[] }>> = {
  generic: { file: "generic.md", sections: ["One call", "Fields", "Requests and answers"] },
  kamailio: { file: "kamailio/README.md", sections: ["Set-up"] },
};

/** The text under a heading of the second level, with it. @throws Error when the manual has none such */
function section(markdown: string, heading: string): string {
  const found = markdown.split(/^(?=## )/m).find((part) => part.startsWith(`## ${heading}\n`));
  if (found === undefined) throw new Error(`The manual has no section "${heading}".`);
  return found;
}

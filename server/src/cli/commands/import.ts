import { type FileHandle, open } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { setTimeout as later } from "node:timers/promises";
import { Option } from "commander";
import type { Parts } from "../../parts.ts";
import { DomainError, errorTable } from "../../domain/errors.ts";
import type { Keep } from "../../domain/kept-answers.ts";
import type { Source } from "../../domain/source.ts";
import type { Storage } from "../../domain/storage.ts";
import { fileFailure } from "../failure.ts";
import { type CsvHeader, readCsv } from "../import/csv.ts";
import { importCalls, type ImportSummary } from "../import/import-calls.ts";
import { type ImportFormat, type Input, openInput } from "../import/input.ts";
import { readLines } from "../import/lines.ts";
import { readNdjson } from "../import/ndjson.ts";
import { addOnlyWorkspaceFlag, onlyWorkspace, type WorkspaceFlag } from "../named-workspace.ts";
import { createProgress, type Progress } from "../progress.ts";
import type { AddCommand } from "../program.ts";
import { byCommand } from "../recording.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { listenForStop, signalStatus } from "../stop-signal.ts";
import { countText, plural, printable } from "../text.ts";
import { withData } from "../with-data.ts";
import { newSource, toAdd } from "./source.ts";

const refusedShownMax = 20;
const unsettledLookMs = 50;

type Options = WorkspaceFlag & { readonly source?: string; readonly format?: ImportFormat; readonly errors?: string };

export const addImport: AddCommand = (program, done) => {
  const command = program
    .command("import")
    .summary("Bring calls in from a CSV or NDJSON file.")
    .description(
      "Brings calls in from a file, or from standard input for -. A line that is not right is reported with its number and the rest goes in. It is safe to run again: what is in already is not taken twice. Works while the server runs.",
    )
    .argument("<file>", "CSV with a header row, or NDJSON (one JSON object a line)")
    .option("--source <name>", "The phone system that the calls are from; made when there is none. By default: import.")
    .addOption(
      new Option("--format <format>", "By default the file's ending or its first character decides.").choices([
        "csv",
        "ndjson",
      ]),
    )
    .option("--errors <file>", "Write every refused line to this file.")
    .action(async (file: string, options: Options) => {
      // Before the data folder is touched: a mistyped name must not leave a new database behind.
      const input = await openInput(file, options.format);
      try {
        done(await withData(command, "create", async (parts) => runImport(file, input, options, parts)));
      } finally {
        await input.close();
      }
    });
  addSettingFlags(addOnlyWorkspaceFlag(command), ["data", "database", "logLevel"]);
  command.addHelpText(
    "after",
    `
Columns (CSV, in any order, separated by , or ; or tab) and keys (NDJSON):
  id           the phone system's own id of the call
  direction    inbound or outbound
  from, to     the caller's number, and the number that was called
  via          the line of ours that the call used
  duration     length in whole milliseconds
  call_type    answered, missed or voicemail
  created_at   2026-07-04T14:31:42.731Z (any zone, but with one), or milliseconds since 1970
  is_archived  true or false; may be left out
  notes        may be left out; newest first. NDJSON: an array of texts. CSV: a JSON array of texts,
               or any other text, which is then one note

Exit status ${errorTable.BAD_USER_INPUT.exit} when lines were refused, 0 when all went in.

Examples:
  ringback import calls.csv
  ringback import --source "Old PBX" --errors refused.txt cdr-2025.ndjson
  gunzip -c calls.csv.gz | ringback import -
  ringback import --workspace Sales calls.csv`,
  );
};

async function runImport(
  file: string,
  input: Input,
  { source: name = "import", errors, ...flags }: Options,
  parts: Parts,
): Promise<number> {
  const startedAtMs = Date.now();
  const { id: workspaceId } = await onlyWorkspace(parts.storage, flags);
  const stop = listenForStop();
  const source = await sourceNamed(workspaceId, name, parts);
  const progress = createProgress(process.stderr, "Import", input.bytes);
  const refusals = await openRefusals(errors, progress);
  const target = { id: source.id, name: source.name };
  // Left by the first batch.
  let left: Keep | undefined = byCommand(workspaceId, { kind: "calls-imported", target });
  const summary: ImportSummary = { read: 0, new: 0, merged: 0, duplicate: 0, refused: 0, throughLine: 0 };
  let bytesRead = 0;
  try {
    const chunks = counted(input.chunks, (bytes) => (bytesRead = bytes));
    await importCalls(entriesOf(input.format, chunks, progress), summary, {
      readCall: parts.readCall,
      accept: (deliveries) => {
        const keep = left;
        left = undefined;
        return parts.intake.accept(source, deliveries, keep);
      },
      onRefused: (line, problem) => refusals.add(line, problem),
      onProgress: ({ read }) => progress.update(input.bytes === null ? read : bytesRead, plural(read, "line")),
      isStopped: () => stop.received() !== null,
    });
    progress.clear();
    await untilSettled(parts.storage, workspaceId, () => stop.received() !== null);
  } catch (error) {
    progress.clear();
    if (summary.throughLine > 0) {
      process.stderr.write(`Up to line ${countText(summary.throughLine)} all is in. Running it again is safe.\n`);
    }
    throw error;
  } finally {
    progress.clear();
    await refusals.close();
    stop.release();
  }
  const signal = stop.received();
  process.stdout.write(report(file, summary, Date.now() - startedAtMs, signal !== null));
  if (summary.refused > refusedShownMax && errors === undefined) {
    const more = plural(summary.refused - refusedShownMax, "more line");
    process.stderr.write(`${more} refused; --errors FILE keeps all of them.\n`);
  }
  if (signal !== null) return signalStatus(signal);
  return summary.refused > 0 ? errorTable.BAD_USER_INPUT.exit : 0;
}

/** What was returned by what is partly worked out behind the writes. Whoever opens the data next would go on with it, in front of people. */
async function untilSettled(
  { calls }: Pick<Storage, "calls">,
  workspaceId: number,
  isStopped: () => boolean,
): Promise<void> {
  const total = await calls.unsettled(workspaceId);
  const progress = createProgress(process.stderr, "Returns", total);
  for (let left = total; left > 0 && !isStopped(); left = await calls.unsettled(workspaceId)) {
    progress.update(Math.max(0, total - left), `${countText(left)} left`);
    // oxlint-disable-next-line no-await-in-loop -- before it looks again
    await later(unsettledLookMs);
  }
  progress.clear();
}

function entriesOf(format: ImportFormat, chunks: Input["chunks"], progress: Progress) {
  const lines = readLines(chunks);
  if (format === "ndjson") return readNdjson(lines);
  return readCsv(lines, ({ unknown }: CsvHeader) => {
    if (unknown.length === 0) return;
    progress.clear();
    process.stderr.write(`Columns that mean nothing here are left out: ${printable(unknown.join(", "))}\n`);
  });
}

async function* counted(chunks: AsyncIterable<Buffer>, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    onBytes((bytes += chunk.length));
    yield chunk;
  }
}

/** The source of this name. One that is made here has a key that nobody knows: it takes calls from files alone. */
async function sourceNamed(workspaceId: number, name: string, { storage }: Parts): Promise<Source> {
  const find = async () => (await storage.sources.list(workspaceId)).find((source) => source.name === name);
  const known = await find();
  if (known !== undefined) return known;
  const made = newSource(workspaceId, name, "generic");
  try {
    await storage.sources.add(...toAdd(made, randomBytes(32)));
    return made;
  } catch (error) {
    // Another import may have made it in between.
    const other = error instanceof DomainError && error.code === "CONFLICT" ? await find() : undefined;
    if (other === undefined) throw error;
    return other;
  }
}

async function openRefusals(file: string | undefined, progress: Progress) {
  let handle: FileHandle | null = null;
  if (file !== undefined) {
    handle = await open(file, "w").catch((error: unknown) => {
      throw fileFailure(error, file);
    });
  }
  const output = handle?.createWriteStream();
  let count = 0;
  return {
    add(line: number, problem: string): void {
      const text = `line ${line}: ${printable(problem)}\n`;
      count += 1;
      output?.write(text);
      if (count > refusedShownMax) return;
      progress.clear();
      process.stderr.write(text);
    },
    async close(): Promise<void> {
      if (output === undefined) return;
      await new Promise<void>((resolve, reject) => {
        output.once("error", reject).end(resolve);
      }).catch((error: unknown) => {
        throw fileFailure(error, file ?? "");
      });
    },
  };
}

function report(file: string, summary: ImportSummary, durationMs: number, isStopped: boolean): string {
  const seconds = (durationMs / 1_000).toFixed(1);
  const name = file === "-" ? "standard input" : printable(file);
  const head = isStopped
    ? `Stopped after line ${countText(summary.throughLine)} of ${name} (${seconds} s). Run the same command again to go on: what is in is not taken twice.`
    : `${name}: ${plural(summary.read, "call")} read in ${seconds} s`;
  const rows = (["new", "merged", "duplicate", "refused"] as const).map(
    (name) => `  ${name.padEnd(9)}  ${countText(summary[name]).padStart(11)}`,
  );
  return `${head}\n${rows.join("\n")}\n`;
}

import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Option } from "commander";
import type { ExportFormat } from "../../domain/exports.ts";
import type { Storage } from "../../domain/storage.ts";
import { type CallFormat, callsInOrderOfLogging, formatCalls } from "../../export/format.ts";
import { fileFailure } from "../failure.ts";
import { addOnlyWorkspaceFlag, onlyWorkspace, type WorkspaceFlag } from "../named-workspace.ts";
import { createProgress } from "../progress.ts";
import type { AddCommand } from "../program.ts";
import { commandEntry } from "../recording.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { countText, plural } from "../text.ts";
import { withData } from "../with-data.ts";
import { refuseExisting } from "./backup.ts";

type Options = WorkspaceFlag & {
  readonly format?: "csv" | "ndjson";
  readonly spreadsheet?: boolean;
  readonly force?: boolean;
};

export const addExport: AddCommand = (program) => {
  const command = program
    .command("export")
    .summary("Write all calls of a workspace to a CSV or NDJSON file.")
    .description(
      'Writes every call with its notes, in the order in which they were logged, to a file or to standard output. "ringback import" reads the exact form back, and an export of an empty inbox that imported it is the same to the byte.',
    )
    .argument("[file]", "where to write; standard output without it")
    .addOption(
      new Option("--format <format>", "By default the file's ending decides, and CSV without one.").choices([
        "csv",
        "ndjson",
      ]),
    )
    .option("--spreadsheet", "CSV that is safe to open in a spreadsheet; not for importing again.")
    .option("--force", "Replace the file if it is there.")
    .action(async (file: string | undefined, options: Options) => {
      const format = formatOf(file, options);
      const target = file === undefined ? null : resolve(file);
      if (target !== null) refuseExisting(target, options.force);
      await withData(command, "existing", async ({ storage }) => {
        const inbox = { storage, workspaceId: (await onlyWorkspace(storage, options)).id };
        const { totalCount } = await storage.calls.page(inbox.workspaceId, 0, 0);
        const details = { format: formatNames[format], count: String(totalCount) };
        await storage.audit.record(commandEntry(inbox.workspaceId, { kind: "calls-exported", details }));
        if (target === null) await writeCalls(inbox, format, process.stdout, null);
        else await writeFile(inbox, format, target);
      });
    });
  addSettingFlags(addOnlyWorkspaceFlag(command), ["data", "database", "logLevel"]);
  command.addHelpText(
    "after",
    `
Columns: id, direction, from, to, via, duration (milliseconds), call_type, created_at (UTC),
is_archived, notes. The exact CSV has notes as a JSON array, newest first. With --spreadsheet they
are one text, and whatever a spreadsheet would run or mangle (=SUM, +442079460100) has a ' in front.

Examples:
  ringback export calls.csv
  ringback export --format ndjson | gzip > calls.ndjson.gz
  ringback export --spreadsheet for-excel.csv
  ringback export --workspace Sales sales.csv`,
  );
};

/** As the API calls them. */
const formatNames = { spreadsheet: "csv", csv: "csv-exact", ndjson: "ndjson" } as const satisfies Record<
  CallFormat,
  ExportFormat
>;

type Exported = { readonly storage: Storage; readonly workspaceId: number };

function formatOf(file: string | undefined, { format, spreadsheet }: Options): CallFormat {
  if (spreadsheet === true) return "spreadsheet";
  return format ?? (file !== undefined && /\.(ndjson|jsonl)$/i.test(file) ? "ndjson" : "csv");
}

async function writeFile(inbox: Exported, format: CallFormat, target: string): Promise<void> {
  const startedAtMs = Date.now();
  const partial = `${target}.partial`;
  const progress = createProgress(
    process.stderr,
    "Export",
    (await inbox.storage.calls.page(inbox.workspaceId, 0, 0)).totalCount,
  );
  let count = 0;
  try {
    // It gets its name when it is whole, so that nobody takes half an export for one.
    await writeCalls(inbox, format, createWriteStream(partial), (done) => {
      count = done;
      progress.update(done, plural(done, "call"));
    });
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw fileFailure(error, target);
  } finally {
    progress.clear();
  }
  const seconds = ((Date.now() - startedAtMs) / 1_000).toFixed(1);
  process.stdout.write(`${target}: ${countText(count)} calls in ${seconds} s\n`);
}

async function writeCalls(
  { storage, workspaceId }: Exported,
  format: CallFormat,
  output: NodeJS.WritableStream,
  onProgress: ((count: number) => void) | null,
): Promise<void> {
  const calls = callsInOrderOfLogging(storage.calls, workspaceId);
  await pipeline(Readable.from(formatCalls(calls, format, onProgress ?? (() => {}))), output, {
    end: output !== process.stdout,
  });
}

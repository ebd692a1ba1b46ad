import { createWriteStream } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { Option } from "commander";
import type { ContactRowResult } from "../../domain/contacts.ts";
import type { ContactFileFormat } from "../../domain/contact-files.ts";
import { DomainError, errorTable } from "../../domain/errors.ts";
import { firstWorkspaceId } from "../../domain/workspace.ts";
import { fileFailure } from "../failure.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { countText, plural, printable, tableText } from "../text.ts";
import { withData } from "../with-data.ts";
import { refuseExisting } from "./backup.ts";

/** Whoever holds the data folder. */
const operator = { workspaceId: firstWorkspaceId, userId: null } as const;

const reasonsShownMax = 20;

export const addContacts: AddCommand = (program, done) => {
  const contacts = program
    .command("contacts")
    .summary("Bring names for numbers in and out.")
    .description("The names that calls show for numbers. Each command also works while the server runs.");

  const bring = contacts
    .command("import")
    .description(
      "Takes in a file of contacts, or standard input for -. A row that is not right is refused with its line and reason; all others go in together. The same name and number again bring a contact up to date, so it is safe to run again.",
    )
    .argument(
      "<file>",
      "CSV with a header row (Google Contacts, Outlook, or name, company, number), or vCard 3.0 or 4.0",
    )
    .addOption(formatOption())
    .action(async (file: string, { format }: { readonly format?: ContactFileFormat }) => {
      // Before the data folder is touched: a mistyped name must not leave a new database behind.
      const bytes = await contentOf(file);
      const rows = await withData(bring, "create", (parts) =>
        parts.contacts.importFile(operator, bytes, format ?? null),
      );
      done(report(file, rows));
    });
  bring.addHelpText(
    "after",
    `
Numbers are written with + and their country code, or as inside the default country:
  ringback contacts country DE

Of several contacts with one number, calls show the one that was given it last.
Exit status ${errorTable.BAD_USER_INPUT.exit} when rows were refused, 0 when all went in.`,
  );

  const write = contacts
    .command("export")
    .description(
      "Writes all contacts to a file or to standard output, so that other address books and this one read them.",
    )
    .argument("[file]", "where to write; standard output without it")
    .addOption(formatOption())
    .option("--force", "Replace the file if it is there.")
    .action(
      async (file: string | undefined, options: { readonly format?: ContactFileFormat; readonly force?: boolean }) => {
        const format = options.format ?? (file !== undefined && /\.(vcf|vcard)$/i.test(file) ? "vcard" : "csv");
        const target = file === undefined ? null : resolve(file);
        if (target !== null) refuseExisting(target, options.force);
        await withData(write, "existing", async (parts) => {
          const pieces = Readable.from(parts.contacts.exportFile(operator, format));
          if (target === null) await pipeline(pieces, process.stdout, { end: false });
          else await writeWhole(pieces, target);
        });
      },
    );

  const country = contacts
    .command("country")
    .description(
      "Says in which country numbers without a country code are read, of calls that are there and of those to come; shows it without a country. What was dialled stays as it is.",
    )
    .argument("[country]", "two letters of ISO 3166-1, such as DE; - for none")
    .option("--source <name>", "For the calls of this phone system alone.")
    .action(async (code: string | undefined, { source: name }: { readonly source?: string }) => {
      await withData(country, "existing", async ({ contacts: names, storage }) => {
        const sources = await storage.sources.list(firstWorkspaceId);
        const source = sources.find((one) => one.name === name) ?? sources.find(({ id }) => id === name);
        if (name !== undefined && source === undefined) {
          throw new DomainError(
            "NOT_FOUND",
            `There is no source ${printable(name)}; "ringback source list" shows which there are.`,
          );
        }
        const countries =
          code === undefined
            ? await names.countries(operator)
            : await names.setCountry(operator, source?.id ?? null, code === "-" ? null : code);
        const rows = countries.map((one) => [
          one.country,
          one.sourceId === null
            ? "all that have none of their own"
            : printable(sources.find(({ id }) => id === one.sourceId)?.name ?? one.sourceId),
        ]);
        const none = "None: only numbers with a country code are understood.\n";
        process.stdout.write(rows.length === 0 ? none : tableText(["COUNTRY", "SOURCE"], rows));
      });
    });

  for (const command of [bring, write, country]) addSettingFlags(command, ["data", "database", "logLevel"]);
};

function formatOption(): Option {
  return new Option("--format <format>", "By default the content, or the file's ending, decides.").choices([
    "csv",
    "vcard",
  ]);
}

async function contentOf(file: string): Promise<Uint8Array> {
  if (file === "-") return buffer(process.stdin);
  return readFile(file).catch((error: unknown) => {
    throw fileFailure(error, file);
  });
}

/** It gets its name when it is whole. */
async function writeWhole(pieces: Readable, target: string): Promise<void> {
  const partial = `${target}.partial`;
  try {
    await pipeline(pieces, createWriteStream(partial));
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw fileFailure(error, target);
  }
}

/** The exit status. */
function report(file: string, rows: readonly ContactRowResult[]): number {
  const told = rows.filter(({ reason }) => reason !== null);
  for (const { line, verdict, reason } of told.slice(0, reasonsShownMax)) {
    const what = verdict === "refused" ? "" : "in, but ";
    process.stderr.write(`line ${line}: ${what}${printable(reason ?? "")}\n`);
  }
  if (told.length > reasonsShownMax) {
    process.stderr.write(`${plural(told.length - reasonsShownMax, "more line")} of this kind.\n`);
  }
  const name = file === "-" ? "standard input" : printable(file);
  const counts = (["added", "updated", "unchanged", "refused"] as const).map((verdict) => {
    const count = rows.filter((row) => row.verdict === verdict).length;
    return `  ${verdict.padEnd(9)}  ${countText(count).padStart(11)}`;
  });
  process.stdout.write(`${name}: ${plural(rows.length, "contact")} read\n${counts.join("\n")}\n`);
  return rows.some(({ verdict }) => verdict === "refused") ? errorTable.BAD_USER_INPUT.exit : 0;
}

import { existsSync, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { DomainError } from "../../domain/errors.ts";
import { fileFailure } from "../failure.ts";
import { createProgress } from "../progress.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { countText } from "../text.ts";
import { withData } from "../with-data.ts";

export const addBackup: AddCommand = (program) => {
  const command = program
    .command("backup")
    .summary("Copy the database to a file while the server runs.")
    .description(
      "Copies the database, SQLite or PostgreSQL, to a SQLite file that is complete and sound by itself, while the server runs. The file appears under its name only when it is done.",
    )
    .argument("<file>", "where to put the copy")
    .option("--force", "Replace the file if it is there.")
    .action(async (file: string, { force }: { readonly force?: boolean }) => {
      const target = resolve(file);
      refuseExisting(target, force);
      const startedAtMs = Date.now();
      // The old copy stays until the new one is whole.
      const fresh = existsSync(target) ? `${target}.new` : target;
      await rm(`${target}.new`, { force: true });
      await withData(command, "existing", async ({ backup }) => {
        let progress = createProgress(process.stderr, "Backup", null);
        let known = "";
        try {
          await backup(fresh, (step, done, total, unit) => {
            if (known !== `${step} ${total}`) {
              progress.clear();
              progress = createProgress(process.stderr, step, total);
              known = `${step} ${total}`;
            }
            progress.update(done, `${countText(done)} of ${countText(total)} ${unit}`);
          });
          if (fresh !== target) await rename(fresh, target);
        } catch (error) {
          throw fileFailure(error, target);
        } finally {
          progress.clear();
        }
      });
      const megabytes = (statSync(target).size / 1e6).toFixed(1);
      process.stdout.write(`${target}: ${megabytes} MB in ${((Date.now() - startedAtMs) / 1_000).toFixed(1)} s\n`);
    });
  addSettingFlags(command, ["data", "database", "logLevel"]);
  command.addHelpText(
    "after",
    `
Example, a copy for each day of the week:
  ringback backup --force /backup/ringback-$(date +%a).sqlite
"ringback restore" puts it back. The keys (keys.json) are not in it.`,
  );
};

/** @throws DomainError CONFLICT when there is something in the place already. */
export function refuseExisting(file: string, force: boolean | undefined): void {
  if (force !== true && existsSync(file)) {
    throw new DomainError("CONFLICT", `${file} is there already; --force replaces it.`);
  }
}

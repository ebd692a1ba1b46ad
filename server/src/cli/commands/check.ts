import { errorTable } from "../../domain/errors.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { countText, plural } from "../text.ts";
import { withData } from "../with-data.ts";

export const addCheck: AddCommand = (program, done) => {
  const command = program
    .command("check")
    .summary("Check that the database is sound.")
    .description(
      `Checks the integrity of a SQLite file, and the counts that are kept for fast pages against a full scan. Changes nothing.\nExit status ${errorTable.STORAGE_CORRUPT.exit} when something is wrong.`,
    )
    .option("--json", "Print JSON, for programs.")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const report = await withData(command, "existing", async ({ storage }) => storage.check());
      const { counts, problems } = report;
      if (json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      else {
        const width = Math.max(...Object.keys(counts).map((name) => name.length));
        for (const [name, count] of Object.entries(counts)) {
          process.stdout.write(`  ${name.padEnd(width)}  ${countText(count).padStart(12)}\n`);
        }
        if (problems.length === 0) process.stdout.write("All is well.\n");
      }
      for (const problem of problems) process.stderr.write(`problem: ${problem}\n`);
      if (problems.length > 0) {
        process.stderr.write(
          `ringback: ${plural(problems.length, "problem")} found. Restore a backup, or ask for help.\n`,
        );
        done(errorTable.STORAGE_CORRUPT.exit);
      }
    });
  addSettingFlags(command, ["data", "database", "logLevel"]);
};

import { resolve } from "node:path";
import { loadCopying } from "../../database.ts";
import type { Config } from "../../config.ts";
import { lockDataFolder } from "../data-lock.ts";
import { placeText, readPlace } from "../copy-place.ts";
import { createCopyProgress } from "../copy-progress.ts";
import { fileFailure } from "../failure.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags, configOf } from "../settings-flags.ts";

export const addRestore: AddCommand = (program) => {
  const command = program
    .command("restore")
    .summary("Put a backup in the place of the database.")
    .description(
      "Puts a copy of a backup in the place of the database, as a new history: clients that have seen what came after the backup fetch anew instead of going on from where they were. The server must be stopped. In a data folder the database that was there is kept beside it; a PostgreSQL database must be empty. Without a file the database stays as it is and only its history is new: for one that was restored by other means, such as pg_restore, before it is served.",
    )
    .argument("[file]", "what `ringback backup` made, of this version or, for a data folder, an older one")
    .action(async (file: string | undefined) => {
      const { config } = await configOf(command);
      process.stdout.write(await restored(config, file === undefined ? undefined : resolve(file)));
    });
  addSettingFlags(command, ["data", "database"]);
  command.addHelpText(
    "after",
    `
Examples:
  ringback restore /backup/ringback-Mon.sqlite
  RINGBACK_DATABASE=postgres://ringback@db/empty ringback restore /backup/ringback-Mon.sqlite
  pg_restore --dbname=... dump && ringback restore --database postgres://...`,
  );
};

/** Restores, and says what was done. */
async function restored({ data, database }: Config, file: string | undefined): Promise<string> {
  const copying = await loadCopying();
  const place = readPlace(database === "" ? data : database, "folder");
  // Nobody serves the folder meanwhile. Nodes of a PostgreSQL see for themselves that its history is another one.
  const lock = database === "" ? lockDataFolder(data) : null;
  const progress = createCopyProgress();
  try {
    if (file === undefined) {
      await copying.renameHistory(place);
      return `${placeText(place)} is a new history now.\n`;
    }
    const aside = await copying.restore(file, place, {
      progress,
      isStopped: () => false,
      now: Date.now,
      numberKeys: copying.numberKeys,
    });
    const kept = aside === null ? "" : `What was there is ${aside}\n`;
    return `${placeText(place)} has what is in ${file}, as a new history.\n${kept}`;
  } catch (error) {
    throw fileFailure(error, file ?? placeText(place));
  } finally {
    progress.clear();
    lock?.release();
  }
}

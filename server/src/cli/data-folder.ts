import { mkdirSync } from "node:fs";
import { DomainError } from "../domain/errors.ts";

/**
 * Makes the data folder where there is none, for this user alone: nobody else on the machine has business with calls and keys.
 * @throws DomainError STORAGE_READ_ONLY, STORAGE_FULL
 */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOSPC") {
      throw new DomainError("STORAGE_FULL", `The disk is full: the data folder ${folder} cannot be made.`, { cause });
    }
    // Whatever the system calls it (on a read-only disk it is ENOENT): it cannot be made.
    throw new DomainError(
      "STORAGE_READ_ONLY",
      `The data folder ${folder} cannot be made there. Choose another with --data or RINGBACK_DATA.`,
      { cause },
    );
  }
}

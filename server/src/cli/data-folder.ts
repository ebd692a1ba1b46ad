import { mkdirSync } from "node:fs";
import { fileFailure } from "./failure.ts";

/**
 * Makes the data folder where there is none, for this user alone: nobody else on the machine has business with calls and keys.
 * @throws DomainError STORAGE_READ_ONLY, STORAGE_FULL
 */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileFailure(error, `The data folder ${folder}`);
  }
}

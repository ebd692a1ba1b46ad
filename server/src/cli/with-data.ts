import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import type { Parts } from "../parts.ts";
import type { Config } from "../config.ts";
import { DomainError } from "../domain/errors.ts";
import { makeDataFolder } from "./data-folder.ts";
import { configOf } from "./settings-flags.ts";

/**
 * Runs `work` with the parts of the product on the data folder and the database that the command's settings name, and closes them whatever
 * happens. Works beside a server on the same folder.
 *
 * @param need `existing` refuses where there is no database yet; `create` makes one.
 * @throws DomainError NOT_FOUND, STORAGE_*, BAD_CONFIGURATION and what `work` throws.
 */
export async function withData<T>(
  command: Command,
  need: "existing" | "create",
  work: (parts: Parts, config: Config) => Promise<T>,
): Promise<T> {
  const { config } = await configOf(command);
  // Loaded here and not above: help and mistakes in flags need none of it.
  const [{ databaseFileName }, { openParts }] = await Promise.all([import("../database.ts"), import("../parts.ts")]);
  if (need === "existing" && config.database === "" && !existsSync(join(config.data, databaseFileName))) {
    throw new DomainError(
      "NOT_FOUND",
      `There is no database in ${config.data} yet. Name the data folder with --data or RINGBACK_DATA, or start with "ringback serve".`,
    );
  }
  makeDataFolder(config.data);
  const parts = await openParts(config);
  try {
    return await work(parts, config);
  } finally {
    await parts.close();
  }
}

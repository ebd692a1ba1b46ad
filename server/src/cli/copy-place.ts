import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Place } from "../database.ts";
import { databaseShown } from "../config.ts";
import { DomainError } from "../domain/errors.ts";

/** The database in a data folder. */
const fileName = "ringback.sqlite";

/**
 * Reads what people write for a database: `postgres://...`, a SQLite file, or a data folder.
 * @throws DomainError BAD_CONFIGURATION, NOT_FOUND; neither says what may be a password.
 */
export function readPlace(text: string, need: "existing" | "folder"): Place {
  if (/^\w+:\/\//.test(text)) {
    const shown = databaseShown({ database: text });
    if (shown === null) throw new DomainError("BAD_CONFIGURATION", "An address must be postgres://host/database.");
    return { kind: "postgres", url: text, shown };
  }
  const path = resolve(text);
  const isFile = existsSync(path) && statSync(path).isFile();
  if (need === "folder") {
    if (isFile) throw new DomainError("BAD_CONFIGURATION", `${path} is a file: name a data folder, or postgres://...`);
    return { kind: "sqlite", file: join(path, fileName) };
  }
  const file = isFile ? path : join(path, fileName);
  if (!existsSync(file)) throw new DomainError("NOT_FOUND", `There is no database ${file}.`);
  return { kind: "sqlite", file };
}

/** What people call it: no secrets. */
export function placeText(place: Place): string {
  return place.kind === "postgres" ? place.shown : place.file;
}

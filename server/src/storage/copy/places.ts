import type { CopySource, CopyTarget } from "./ports.ts";

/** A database by what people write for it: the address of a PostgreSQL, a SQLite file, or a folder with one. */
export type Place =
  | { readonly kind: "postgres"; readonly url: string; readonly shown: string }
  | { readonly kind: "sqlite"; readonly file: string };

/** @throws DomainError NOT_FOUND, BAD_CONFIGURATION, UNAVAILABLE, STORAGE_* */
export async function openSource(place: Place): Promise<CopySource> {
  if (place.kind === "sqlite") return (await import("../sqlite/copy-source.ts")).openSqliteSource(place.file);
  return (await import("../postgres/copy-source.ts")).openPostgresSource(place.url, place.shown);
}

/** @throws DomainError BAD_CONFIGURATION, UNAVAILABLE */
export async function openTarget(place: Place, nowMs: number): Promise<CopyTarget> {
  if (place.kind === "sqlite") return (await import("../sqlite/copy-target.ts")).openSqliteTarget(place.file, nowMs);
  return (await import("../postgres/copy-target.ts")).openPostgresTarget(place.url, place.shown, nowMs);
}

import { numberKey } from "../../domain/number-key.ts";
import { needsCountry } from "../../domain/phone-numbers.ts";
import type { Tx } from "./group-commit.ts";
import { tellNumbers } from "./ledger.ts";

/** The keys for calls that a source told of, of their numbers as they are read in the source's country; searches know them then. */
export async function keysFor(
  tx: Tx,
  workspaceId: number,
  sourceId: string | null,
  texts: readonly string[],
): Promise<readonly (string | null)[]> {
  const country = texts.some(needsCountry) ? await countryOfSource(tx, workspaceId, sourceId) : null;
  const spellings = new Map<string, string>();
  const keys = texts.map((text) => {
    if (!needsCountry(text)) return numberKey(text);
    const key = tx.numberKeys(text, country);
    if (key !== null && key !== numberKey(text)) spellings.set(text, key);
    return key;
  });
  await addSpellings(tx, workspaceId, [...spellings]);
  return keys;
}

/** The country in which numbers of a source are read; null where none is set. */
export async function countryOfSource(tx: Tx, workspaceId: number, sourceId: string | null): Promise<string | null> {
  const row = await tx.get<{ country: string }>(
    `SELECT country FROM number_countries WHERE workspace_id = $1 AND source_id IN ($2, '')
      ORDER BY source_id DESC LIMIT 1`,
    workspaceId,
    sourceId ?? "",
  );
  return row?.country ?? null;
}

/** Lets searches find these spellings by their keys. */
export async function addSpellings(
  tx: Tx,
  workspaceId: number,
  spellings: readonly (readonly [text: string, key: string])[],
): Promise<void> {
  if (spellings.length === 0) return;
  await Promise.all([
    tx.run(
      `INSERT INTO number_keys (workspace_id, key, number) SELECT $1::bigint, pair->>1, pair->>0
        FROM json_array_elements($2::text::json) AS pair ON CONFLICT DO NOTHING`,
      workspaceId,
      JSON.stringify(spellings),
    ),
    tellNumbers(tx, workspaceId, new Set(spellings.map(([, key]) => key))),
  ]);
}

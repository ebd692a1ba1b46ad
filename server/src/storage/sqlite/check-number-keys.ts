import type { DatabaseSync } from "node:sqlite";
import type { NumberKeys } from "../../domain/number-key.ts";

/**
 * Compares the key of each call with its number as it is read in the country of its source. Workspaces whose calls are still being looked at anew
 * are left out, but for numbers that no country alters.
 */
export function checkNumberKeys(db: DatabaseSync, numberKeys: NumberKeys): readonly string[] {
  let differing = 0;
  for (const each of db.prepare(keyed).iterate()) {
    const { text, other, country } = each as { text: string; other: string | null; country: string | null };
    if (other !== numberKeys(text, country)) differing += 1;
  }
  const { unknown } = db.prepare(unsearched).get() as { unknown: number };
  return [
    ...(differing === 0 ? [] : [`Table calls: ${differing} calls do not have the key of their other number.`]),
    ...(unknown === 0 ? [] : [`Table number_keys: ${unknown} keys of calls cannot be searched.`]),
  ];
}

const text = "CASE direction WHEN 'inbound' THEN caller ELSE callee END";

/** The calls whose key is not that of the text alone, or need not be. */
const keyed = `SELECT ${text} AS text, other, coalesce(
    (SELECT n.country FROM source_calls s JOIN number_countries n
      ON n.workspace_id = s.workspace_id AND n.source_id = s.source_id WHERE s.workspace_id = c.workspace_id AND s.call_id = c.id),
    (SELECT n.country FROM number_countries n WHERE n.workspace_id = c.workspace_id AND n.source_id = '')) AS country
  FROM calls c
  WHERE CASE WHEN ${text} GLOB '+*' THEN other IS NOT number_key(${text})
    ELSE NOT EXISTS (SELECT 1 FROM key_work w WHERE w.workspace_id = c.workspace_id) END`;

const unsearched = `SELECT count(*) AS unknown FROM (SELECT DISTINCT workspace_id, ${text} AS number, other FROM calls
    WHERE other IS NOT NULL AND other IS NOT number_key(${text})) AS k
  WHERE NOT EXISTS (SELECT 1 FROM number_keys s WHERE s.workspace_id = k.workspace_id AND s.number = k.number AND s.key = k.other)
    OR NOT EXISTS (SELECT 1 FROM numbers n WHERE n.workspace_id = k.workspace_id AND n.number = k.other)`;

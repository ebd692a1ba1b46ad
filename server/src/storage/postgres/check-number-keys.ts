import type { NumberKeys } from "../../domain/number-key.ts";
import type { Statements } from "./connection.ts";

/** Calls whose numbers are read at once, so that memory stays small with any number of them. */
const callsPerStep = 5_000;

/**
 * Compares the key of each call with its number as it is read in the country of its source, and what searches know of it. Workspaces whose calls are
 * still being looked at anew are left out. Within the snapshot of the caller.
 */
export async function checkNumberKeys(statements: Statements, numberKeys: NumberKeys): Promise<readonly string[]> {
  const differing = await differingKeys(statements, numberKeys);
  const unknown = (await statements.get<{ count: number }>(unsearched))?.count ?? 0;
  return [
    ...(differing === 0 ? [] : [`Table calls: ${differing} calls do not have the key of their other number.`]),
    ...(unknown === 0 ? [] : [`Table number_keys: ${unknown} keys of calls cannot be searched.`]),
  ];
}

async function differingKeys(statements: Statements, numberKeys: NumberKeys): Promise<number> {
  let differing = 0;
  let last = { workspace_id: 0, id: 0 };
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one connection
    const rows = await statements.all<KeyedRow>(keyed, last.workspace_id, last.id, callsPerStep);
    for (const { text, other, country } of rows) if (other !== numberKeys(text, country)) differing += 1;
    const end = rows.at(-1);
    if (end === undefined) return differing;
    last = end;
  }
}

const text = "CASE c.direction WHEN 'inbound' THEN c.caller ELSE c.callee END";

const keyed = `SELECT c.workspace_id, c.id, ${text} AS text, c.other, coalesce(
    (SELECT n.country FROM source_calls s JOIN number_countries n
      ON n.workspace_id = s.workspace_id AND n.source_id = s.source_id
      WHERE s.workspace_id = c.workspace_id AND s.call_id = c.id LIMIT 1),
    (SELECT n.country FROM number_countries n WHERE n.workspace_id = c.workspace_id AND n.source_id = '')) AS country
  FROM calls c WHERE (c.workspace_id, c.id) > ($1, $2) AND (NOT starts_with(${text}, '+') OR c.other IS DISTINCT FROM ${text})
    AND NOT EXISTS (SELECT FROM key_work w WHERE w.workspace_id = c.workspace_id)
  ORDER BY c.workspace_id, c.id LIMIT $3`;

// The keys that a country has made begin with a plus sign, and their texts with none.
const unsearched = `SELECT count(*) AS count FROM (SELECT DISTINCT c.workspace_id, ${text} AS number, c.other FROM calls c
    WHERE starts_with(c.other, '+') AND ${text} ~ '^0?[1-9]' AND NOT ${text} ~ '^00') AS k
  WHERE NOT EXISTS (SELECT FROM number_keys s WHERE s.workspace_id = k.workspace_id AND s.number = k.number AND s.key = k.other)
    OR NOT EXISTS (SELECT FROM number_runs r WHERE r.workspace_id = k.workspace_id AND r.number = k.other)`;

type KeyedRow = {
  readonly workspace_id: number;
  readonly id: number;
  readonly text: string;
  readonly other: string | null;
  readonly country: string | null;
};

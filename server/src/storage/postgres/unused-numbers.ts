import { digitRuns } from "../../domain/digits.ts";
import { numberKey } from "../../domain/number-key.ts";
import { type Statements, textList } from "./connection.ts";

/** The numbers of a call that is gone, and the key of its other end. */
export type Gone = { readonly numbers: readonly string[]; readonly key: string | null };

/**
 * Takes numbers that no call has any more out of what searches look in. A spelling stays as long as a call has its key, whichever way
 * that call is written: so each look is one into an index, however many calls a number has.
 */
export async function forgetUnused(tx: Statements, workspaceId: number, gone: readonly Gone[]): Promise<void> {
  const keys = new Set(gone.flatMap(({ key }) => (key === null ? [] : [key])));
  const spelled = await tx.all<{ number: string }>(dropKeys, workspaceId, textList([...keys]));
  const numbers = new Set([...gone.flatMap((call) => call.numbers), ...spelled.map(({ number }) => number)]);
  const given = [...numbers].flatMap((number) => {
    const runs = digitRuns(number);
    return runs.length === 0 ? [] : [{ number, key: numberKey(number), runs }];
  });
  if (given.length > 0) await tx.run(dropNumbers, workspaceId, JSON.stringify(given));
}

/** Takes the spellings of keys that no call has any more away; these, and those keys. */
const dropKeys = `WITH dead AS (SELECT key FROM unnest($2::text::text[]) AS given (key)
    WHERE NOT EXISTS (SELECT FROM calls WHERE workspace_id = $1 AND other = given.key)),
  dropped AS (DELETE FROM number_keys k USING dead WHERE k.workspace_id = $1 AND k.key = dead.key RETURNING k.number)
  SELECT number FROM dropped UNION SELECT key FROM dead`;

// As calls_by_caller, calls_by_callee, calls_by_line and calls_by_other have them between them: every call is in one of these.
const dropNumbers = `DELETE FROM number_runs r
  USING json_to_recordset($2::text::json) AS given (number text, key text, runs json), json_array_elements_text(given.runs) AS run
  WHERE r.workspace_id = $1 AND r.run = run AND r.number = given.number
    AND NOT EXISTS (SELECT FROM calls WHERE workspace_id = $1 AND caller = given.number AND caller <> via)
    AND NOT EXISTS (SELECT FROM calls WHERE workspace_id = $1 AND callee = given.number AND callee <> via)
    AND NOT EXISTS (SELECT FROM calls WHERE workspace_id = $1 AND via = given.number)
    AND NOT EXISTS (SELECT FROM calls WHERE workspace_id = $1 AND other IN (given.number, given.key))
    AND NOT EXISTS (SELECT FROM calls WHERE workspace_id = $1 AND other IN
      (SELECT k.key FROM number_keys k WHERE k.workspace_id = $1 AND k.number = given.number))`;

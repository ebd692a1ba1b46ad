import type { DatabaseSync } from "node:sqlite";
import { numberKey } from "../../domain/number-key.ts";

/** The numbers of a call that is gone, and the key of its other end. */
export type Gone = { readonly workspaceId: number; readonly numbers: readonly string[]; readonly key: string | null };

/**
 * Takes numbers that no call has any more out of what searches look in. A spelling stays as long as a call has its key, whichever way
 * that call is written: so each look is one into an index, however many calls a number has.
 * @param runsText what stands in the index of digits for a number
 */
export function createUnusedNumbers(db: DatabaseSync, runsText: (number: string) => string) {
  // As calls_by_caller, calls_by_callee, calls_by_line and calls_by_other have them between them: every call is in one of these.
  const used = db.prepare(`SELECT EXISTS (SELECT 1 FROM calls WHERE workspace_id = ?1 AND caller = ?2
        AND caller <> via AND (direction <> 'inbound' OR other IS NULL))
    OR EXISTS (SELECT 1 FROM calls WHERE workspace_id = ?1 AND callee = ?2
        AND callee <> via AND (direction = 'inbound' OR other IS NULL))
    OR EXISTS (SELECT 1 FROM calls WHERE workspace_id = ?1 AND via = ?2)
    OR EXISTS (SELECT 1 FROM calls INDEXED BY calls_by_other WHERE workspace_id = ?1 AND other IN (SELECT ?2 UNION SELECT ?3
        UNION SELECT key FROM number_keys WHERE workspace_id = ?1 AND number = ?2) AND other IS NOT NULL) AS is_used`);
  const keyUsed = db.prepare(`SELECT EXISTS (SELECT 1 FROM calls INDEXED BY calls_by_other
    WHERE workspace_id = ? AND other = ?) AS is_used`);
  const spellings = db.prepare("SELECT number FROM number_keys WHERE workspace_id = ? AND key = ?");
  const dropSpellings = db.prepare("DELETE FROM number_keys WHERE workspace_id = ? AND key = ?");
  const drop = db.prepare("DELETE FROM numbers WHERE workspace_id = ? AND number = ? RETURNING row");
  // By the text that was there: see search-rows.ts.
  const dropRuns = db.prepare("INSERT INTO number_runs (number_runs, rowid, runs) VALUES ('delete', ?, ?)");

  return {
    forget(gone: readonly Gone[]): void {
      const workspaces = Map.groupBy(gone, ({ workspaceId }) => workspaceId);
      for (const [workspaceId, calls] of workspaces) {
        const numbers = new Set(calls.flatMap((call) => call.numbers));
        for (const key of new Set(calls.map((call) => call.key))) {
          if (key === null || isUsed(keyUsed.get(workspaceId, key))) continue;
          for (const { number } of spellings.all(workspaceId, key) as { number: string }[]) numbers.add(number);
          numbers.add(key);
          dropSpellings.run(workspaceId, key);
        }
        for (const number of numbers) {
          if (!isUsed(used.get(workspaceId, number, numberKey(number)))) dropNumber(workspaceId, number);
        }
      }
    },
  };

  function dropNumber(workspaceId: number, number: string): void {
    const dropped = drop.get(workspaceId, number) as { row: number } | undefined;
    const runs = runsText(number);
    if (dropped !== undefined && runs !== "") dropRuns.run(dropped.row, runs);
  }
}

function isUsed(row: unknown): boolean {
  return (row as { is_used: number }).is_used === 1;
}

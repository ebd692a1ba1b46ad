import type { WorkloadRun } from "../run.ts";
import { goalsOf, tableOf } from "./format.ts";

/** A workload's results for a person at a terminal. */
export function terminalText(run: WorkloadRun): string {
  const { header, rows } = tableOf(run);
  const goals = goalsOf(run).map(([, must = "", measured = "", verdict = ""]) => [verdict, must, measured]);
  return [
    "",
    `${run.workload.id}  ${run.workload.title}`,
    "",
    aligned([header, ...rows], (column) => column > 0),
    ...run.failures.map(({ subject, reason }) => `  ${subject.title} could not be measured: ${reason}`),
    "",
    aligned(goals, () => false),
    "",
  ].join("\n");
}

function aligned(rows: readonly (readonly string[])[], isRight: (column: number) => boolean): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    isRight(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(pad).join("  ").trimEnd()}`).join("\n");
}

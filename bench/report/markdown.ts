import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { WorkloadRun } from "../run.ts";
import { goalsOf, tableOf } from "./format.ts";

const begin = "<!-- results: begin (written by npm run bench) -->";
const end = "<!-- results: end -->";

/** Replaces the results in a page of documentation; the prose around them stays. */
export function writeResults(file: string, runs: readonly WorkloadRun[], facts: readonly string[]): void {
  const page = readFileSync(file, "utf8");
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for results`);
  writeFileSync(file, `${page.slice(0, from)}${begin}\n\n${markdown(runs, facts)}\n${page.slice(to)}`);
  // Pages of the repository are kept in its own format.
  spawnSync("npx", ["oxfmt", file], { stdio: "ignore" });
}

function markdown(runs: readonly WorkloadRun[], facts: readonly string[]): string {
  const goals = table(["workload", "must", "measured", ""], runs.flatMap(goalsOf), () => false);
  const parts = [facts.map((fact) => `- ${fact}`).join("\n"), `### Goals\n\n${goals}`];
  for (const run of runs) {
    const { header, rows } = tableOf(run);
    parts.push(`### ${run.workload.id}: ${run.workload.title}\n\n${table(header, rows, (column) => column > 0)}`);
    const failures = run.failures.map(
      ({ subject, reason }) => `- ${subject.title} could not be measured: ${oneLine(reason)}`,
    );
    if (failures.length > 0) parts.push(failures.join("\n"));
  }
  return `${parts.join("\n\n")}\n`;
}

function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  isRight: (column: number) => boolean,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = header.map((_, column) => (isRight(column) ? "--:" : "---"));
  return [header, rule, ...rows].map(line).join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 300);
}

import type { WorkloadRun } from "../run.ts";
import type { Metric, Results } from "../workloads/workload.ts";

/** The cells of a workload's table: a header and a row for each subject, the best first. */
export function tableOf({ workload, results }: WorkloadRun): { header: string[]; rows: string[][] } {
  const [main] = workload.metrics;
  if (main === undefined) return { header: [], rows: [] };
  const sorted = results.toSorted((a, b) => order(b, main) - order(a, main));
  const best = sorted.find(({ subject }) => subject.kind === "alternative");
  const others = workload.metrics.filter(
    (metric) => metric !== main && results.some(({ medians }) => Number.isFinite(medians[metric.key])),
  );
  const columns: { title: string; cell: (row: Row) => string }[] = [
    { title: "", cell: ({ subject }) => subject.title },
    { title: main.title, cell: ({ medians }) => number(medians[main.key], main) },
    { title: "spread", cell: ({ rounds }) => spread(rounds, main) },
    { title: "x best alternative", cell: (row) => ratio(row, best, main) },
    ...others.map((metric) => ({
      title: metric.title,
      cell: ({ medians }: Row) => number(medians[metric.key], metric),
    })),
  ];
  return {
    header: columns.map(({ title }) => title),
    rows: sorted.map((row) => columns.map(({ cell }) => cell(row))),
  };
}

/** A workload's goals: what must be reached, what was, and whether. */
export function goalsOf({ workload, results }: WorkloadRun): string[][] {
  return workload.goals.map((goal) => {
    const { measured, met } = goal.judge(results);
    return [workload.id, goal.must, measured, met === null ? "–" : met ? "met" : "missed"];
  });
}

type Row = Results[number];

function order(row: Row, metric: Metric): number {
  const value = row.medians[metric.key] ?? Number.NaN;
  if (Number.isNaN(value)) return -Infinity;
  return metric.better === "more" ? value : -value;
}

function ratio(row: Row, best: Row | undefined, metric: Metric): string {
  const [own, other] = [row.medians[metric.key] ?? Number.NaN, best?.medians[metric.key] ?? Number.NaN];
  const times = metric.better === "more" ? own / other : other / own;
  return Number.isFinite(times) ? times.toFixed(2) : "";
}

function spread(rounds: Row["rounds"], metric: Metric): string {
  const values = rounds.map((numbers) => numbers[metric.key] ?? Number.NaN).filter(Number.isFinite);
  if (values.length < 2) return "";
  return `${number(Math.min(...values), metric)}–${number(Math.max(...values), metric)}`;
}

function number(value: number | undefined, { digits }: Metric): string {
  if (value === undefined || !Number.isFinite(value)) return "";
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

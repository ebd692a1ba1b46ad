import type { Goal, Metric, Results, Subject } from "./workload.ts";

type Row = Results[number];

/** At least so many times as good as the best of the alternatives (or of those that `among` picks). */
export function timesTheBest(
  metric: Metric,
  times: number,
  among: { readonly called: string; readonly is: (subject: Subject) => boolean } = bestAlternative,
): Goal {
  return {
    must: `${metric.title}: ${times} x the best ${among.called}`,
    judge(results) {
      const ours = oursIn(results, metric);
      const others = results.filter((row) => among.is(row.subject) && known(row, metric));
      const best = others.toSorted((a, b) => goodness(b, metric) - goodness(a, metric))[0];
      if (ours === undefined || best === undefined) return notMeasured;
      const ratio = goodness(ours, metric) / goodness(best, metric);
      return { measured: `${ratio.toFixed(2)} x ${best.subject.title}`, met: ratio >= times };
    },
  };
}

/** At least this share of the limit with that name; for a metric where less is better, at most that many times it. */
export function ofLimit(metric: Metric, limit: string, bound: number): Goal {
  const isMore = metric.better === "more";
  return {
    must: isMore ? `${metric.title}: ${bound} of ${limit}` : `${metric.title}: within ${bound} x of ${limit}`,
    judge(results) {
      const ours = oursIn(results, metric);
      const row = results.find(({ subject }) => subject.name === limit);
      if (ours === undefined || row === undefined || !known(row, metric)) return notMeasured;
      const ratio = value(ours, metric) / value(row, metric);
      return {
        measured: `${ratio.toFixed(2)} of ${row.subject.title}`,
        met: isMore ? ratio >= bound : ratio <= bound,
      };
    },
  };
}

/** Ours stays under a fixed bound. */
export function under(metric: Metric, bound: number, unit: string): Goal {
  return {
    must: `${metric.title}: under ${bound} ${unit}`,
    judge(results) {
      const ours = oursIn(results, metric);
      if (ours === undefined) return notMeasured;
      const measured = value(ours, metric);
      return { measured: `${measured.toFixed(1)} ${unit}`, met: measured < bound };
    },
  };
}

/** Ours, in the first metric, is at most this part of what it is in the second. */
export function ownShare(metric: Metric, of: Metric, share: number, must: string): Goal {
  return {
    must,
    judge(results) {
      const ours = oursIn(results, metric);
      if (ours === undefined || !known(ours, of)) return notMeasured;
      const measured = value(ours, metric) / value(ours, of);
      return { measured: `${measured.toFixed(2)} of it`, met: measured <= share };
    },
  };
}

/** From each size of ours to the next, a request costs at most so many times what it did. */
export function flat(metric: Metric, times: number): Goal {
  return {
    must: `${metric.title}: each size costs at most ${times} x the one before`,
    judge(results) {
      const sizes = results
        .filter((row) => row.subject.kind === "ours" && known(row, metric))
        .toSorted((a, b) => a.subject.calls - b.subject.calls);
      const steps = sizes.slice(1).map((row, index) => {
        const before = sizes[index];
        return before === undefined ? Number.NaN : goodness(before, metric) / goodness(row, metric);
      });
      if (steps.length === 0) return notMeasured;
      return { measured: steps.map((step) => step.toFixed(2)).join(", "), met: steps.every((step) => step <= times) };
    },
  };
}

const bestAlternative = { called: "alternative", is: ({ kind }: Subject) => kind === "alternative" };
const notMeasured = { measured: "not measured", met: null };

function oursIn(results: Results, metric: Metric): Row | undefined {
  return results.find((row) => row.subject.kind === "ours" && known(row, metric));
}

function value(row: Row, metric: Metric): number {
  return row.medians[metric.key] ?? Number.NaN;
}

function known(row: Row, metric: Metric): boolean {
  return Number.isFinite(value(row, metric));
}

function goodness(row: Row, metric: Metric): number {
  return metric.better === "more" ? value(row, metric) : 1 / value(row, metric);
}

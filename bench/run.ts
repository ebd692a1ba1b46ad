import { checkAnswers } from "./check.ts";
import { median } from "./report/statistics.ts";
import type { Bench, Numbers, Results, Subject, Targets, Workload } from "./workloads/workload.ts";

/** What became of one workload. */
export type WorkloadRun = {
  readonly workload: Workload;
  readonly results: Results;
  /** Subjects that could not be measured, with the reason. */
  readonly failures: readonly { readonly subject: Subject; readonly reason: string }[];
};

/**
 * Measures a workload: in each round every subject has its turn, started anew on a fresh copy of the data, its answers checked,
 * warmed up, measured, stopped. The first of a round is another one each time. A subject that fails is left out from then on.
 */
export async function runWorkload(
  workload: Workload,
  targets: Targets,
  bench: Bench,
  progress: (text: string) => void,
): Promise<WorkloadRun> {
  const subjects = workload.subjects(targets, bench.effort);
  const rounds = new Map<Subject, Numbers[]>(subjects.map((subject) => [subject, []]));
  const failures: { subject: Subject; reason: string }[] = [];
  for (const { target, calls, title } of subjects) {
    progress(`${workload.id}: data for ${title}`);
    await target?.prepare(calls);
  }
  const roundCount = Math.min(bench.effort.rounds, workload.roundsMax ?? Infinity);
  for (let round = 0; round < roundCount; round++) {
    const turn = [...subjects.slice(round % subjects.length), ...subjects.slice(0, round % subjects.length)];
    for (const subject of turn.filter((candidate) => !failures.some((failure) => failure.subject === candidate))) {
      progress(`${workload.id}: round ${round + 1} of ${roundCount}, ${subject.title}`);
      try {
        rounds.get(subject)?.push(await measure(workload, subject, bench));
      } catch (error) {
        failures.push({ subject, reason: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  const measured = subjects.filter((subject) => !failures.some((failure) => failure.subject === subject));
  const results = measured.map((subject) => {
    const of = rounds.get(subject) ?? [];
    return { subject, rounds: of, medians: medians(workload, of) };
  });
  return { workload, results, failures };
}

async function measure(workload: Workload, subject: Subject, bench: Bench): Promise<Numbers> {
  if (subject.target === null) return (await subject.alone?.(bench)) ?? {};
  const running = await subject.target.start(subject.calls);
  try {
    const early = await workload.measureBeforeCheck?.(running);
    await checkAnswers(subject.target, running, subject.calls);
    return early ?? (await workload.measure(running, subject, bench));
  } finally {
    await bench.load.closeSubscribers();
    await running.stop();
  }
}

function medians({ metrics }: Workload, rounds: readonly Numbers[]): Numbers {
  return Object.fromEntries(
    metrics.map(({ key }) => [
      key,
      median(rounds.map((numbers) => numbers[key] ?? Number.NaN).filter(Number.isFinite)),
    ]),
  );
}

import type { Load } from "../load/load.ts";
import type { Running, Subprotocol, Target } from "../targets/target.ts";
import type { Effort } from "../effort.ts";

/** What is measured, of what, and what it must reach. */
export type Workload = {
  readonly id: string;
  readonly title: string;
  /** The first is what targets are ranked by. */
  readonly metrics: readonly Metric[];
  /** Where more rounds would tell nothing more. */
  readonly roundsMax?: number;
  subjects(targets: Targets, effort: Effort): readonly Subject[];
  /** One measurement of a running subject, in the workload's metrics. */
  measure(running: Running, subject: Subject, bench: Bench): Promise<Numbers>;
  /** Takes its place where even the check of answers would come too early. */
  measureBeforeCheck?(running: Running): Promise<Numbers>;
  readonly goals: readonly Goal[];
};

export type Metric = {
  readonly key: string;
  readonly title: string;
  readonly better: "more" | "less";
  /** Digits after the point. */
  readonly digits: number;
};

export type Numbers = Readonly<Record<string, number>>;

/** A target under the conditions of one row of the table. */
export type Subject = {
  readonly name: string;
  readonly title: string;
  readonly kind: Target["kind"];
  readonly calls: number;
  /** Null where it is measured without a server, by `alone`. */
  readonly target: Target | null;
  readonly alone?: (bench: Bench) => Promise<Numbers>;
  readonly subprotocol?: Subprotocol;
};

export type Targets = {
  readonly ringback: Target | null;
  readonly alternatives: readonly Target[];
  /** The alternatives whose deep pages skip over the index alone. */
  readonly lateJoins: readonly Target[];
};

export type Bench = { readonly load: Load; readonly effort: Effort };

export type Goal = {
  readonly must: string;
  judge(results: Results): Verdict;
};

/** Medians by subject and metric. */
export type Results = readonly {
  readonly subject: Subject;
  readonly medians: Numbers;
  readonly rounds: readonly Numbers[];
}[];

/** `met` is null where what it compares was not measured. */
export type Verdict = { readonly measured: string; readonly met: boolean | null };

export function subjectOf(target: Target, calls: number): Subject {
  return { name: target.name, title: target.title, kind: target.kind, calls, target };
}

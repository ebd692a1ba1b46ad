import type { Target } from "../targets/target.ts";
import { type Subject, subjectOf, type Targets } from "./workload.ts";

/** Our server, all alternatives and these limits, over so many calls. */
export function allOf({ ringback, alternatives }: Targets, calls: number, limits: readonly Target[] = []): Subject[] {
  return [...(ringback === null ? [] : [ringback]), ...alternatives, ...limits].map((target) =>
    subjectOf(target, calls),
  );
}

export const isLateJoin = (subject: Subject): boolean => subject.name.endsWith(lateJoinSuffix);
export const lateJoinSuffix = "-late-join";

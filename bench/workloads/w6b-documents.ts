import { fanOutMetrics, lastMs, measureFanOut } from "./fan-out.ts";
import { timesTheBest } from "./goals.ts";
import { allOf } from "./subjects.ts";
import type { Workload } from "./workload.ts";

const optional = ["direction", "from", "to", "duration", "is_archived", "call_type", "via", "created_at"];

/** What is left of sharing an execution when clients do not ask for the same. */
export const manyDocuments: Workload = {
  id: "W6b",
  title: "one change to every subscriber, with many different documents",
  metrics: fanOutMetrics,
  subjects: (targets, { calls }) =>
    allOf(targets, calls).filter(({ target }) => target !== null && target.subprotocols.length > 0),
  measure: async (running, subject, bench) =>
    measureFanOut(running, subject, bench, differentDocuments(bench.effort.documents)),
  goals: [timesTheBest(lastMs, 3)],
};

/** So many documents with different selections: each asks for id, notes and its own subset of the rest (256 at most). */
export function differentDocuments(count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    const fields = optional.filter((_field, bit) => ((255 - number) >> bit) & 1);
    return `subscription Live${number} { onUpdateCall { id ${fields.join(" ")} notes { id content } } }`;
  });
}

import type { NodeHappened } from "./simulate.ts";
import type { UnitCosts } from "./unit-costs.ts";

/** The processor time of one node for what happened to it, reads of people aside, in microseconds. */
export function nodeCpuUs(node: NodeHappened, seconds: number, { node: cost }: UnitCosts): number {
  return (
    node.calls * cost.callUs +
    (node.writes - node.calls) * cost.noteUs +
    node.logReads * cost.followUs +
    node.deliveries * cost.deliveryUs +
    node.followed * seconds * cost.lookUs
  );
}

/** Likewise of the database server, for all nodes. */
export function databaseCpuUs(nodes: readonly NodeHappened[], seconds: number, { database: cost }: UnitCosts): number {
  return nodes.reduce(
    (sum, node) =>
      sum +
      node.calls * cost.callUs +
      (node.writes - node.calls) * cost.noteUs +
      node.logReads * cost.followUs +
      node.followed * seconds * cost.lookUs,
    0,
  );
}

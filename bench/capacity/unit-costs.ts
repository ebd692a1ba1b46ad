import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What one of each costs, measured by `measure.ts`. CPU is of all threads, in microseconds; sizes are in bytes. */
export type UnitCosts = {
  readonly measured: { readonly on: string; readonly machine: string; readonly versions: string };
  /** Of the node that does it. */
  readonly node: {
    /** A call taken in over HTTP: read, folded, committed, answered. */
    readonly callUs: number;
    /** A note added by a mutation. */
    readonly noteUs: number;
    /** A first page of ten where the workspace has changed since it was last read. */
    readonly pageUs: number;
    /** A change that another node made, up to the frames: the bell heard, the log read, executed once. */
    readonly followUs: number;
    /** One frame to one socket. */
    readonly deliveryUs: number;
    /** A socket from its upgrade to its subscription. */
    readonly connectUs: number;
    /** A workspace that is followed and quiet, each second: the look at the log without a bell. */
    readonly lookUs: number;
    readonly bytesPerSocket: number;
    readonly bytesAtRest: number;
  };
  /** Of the database server, all its processes. */
  readonly database: {
    readonly callUs: number;
    readonly noteUs: number;
    readonly pageUs: number;
    readonly followUs: number;
    readonly connectUs: number;
    readonly lookUs: number;
    readonly walBytesPerCall: number;
    readonly walBytesPerNote: number;
  };
  readonly frameBytes: number;
};

/** Those of the last measurement. */
export function readUnitCosts(): UnitCosts {
  return JSON.parse(readFileSync(join(import.meta.dirname, "unit-costs.json"), "utf8")) as UnitCosts;
}

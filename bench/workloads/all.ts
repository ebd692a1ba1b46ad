import { growth } from "./g-growth.ts";
import { longMemory } from "./m-memory.ts";
import { firstPage } from "./w1-first-page.ts";
import { anyPage } from "./w2-any-page.ts";
import { anyCall } from "./w3-any-call.ts";
import { moving } from "./w3b-moving.ts";
import { writes } from "./w4-writes.ts";
import { fanOut } from "./w6-fan-out.ts";
import { manyDocuments } from "./w6b-documents.ts";
import { start } from "./w7-start.ts";
import type { Workload } from "./workload.ts";

/** Every workload, in the order of the report. */
export const workloads: readonly Workload[] = [
  firstPage,
  anyPage,
  anyCall,
  moving,
  writes,
  fanOut,
  manyDocuments,
  start,
  longMemory,
  growth,
];

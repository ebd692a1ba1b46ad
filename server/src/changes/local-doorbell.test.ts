import { describeDoorbellContract } from "./doorbell.contract.ts";
import { createLocalDoorbell } from "./local-doorbell.ts";

describeDoorbellContract("in one process", async () => {
  const doorbell = createLocalDoorbell();
  return { nodes: [doorbell, doorbell] };
});

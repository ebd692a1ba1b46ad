import { createMemoryTallies } from "./memory-tallies.ts";
import { describeTallies } from "./tallies.contract.ts";

describeTallies("in memory", async () => {
  const tallies = createMemoryTallies();
  return { tallies, others: tallies, close: async () => {} };
});

import { localWhispers } from "./whispers.ts";
import { describeWhispersContract } from "./whispers.contract.ts";

describeWhispersContract("in one process", async () => ({ nodes: [localWhispers] }));

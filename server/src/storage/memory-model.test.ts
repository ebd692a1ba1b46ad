import { createNumberKeys } from "../domain/number-key.ts";
import { createNumberPlans } from "../numbers/number-plans.ts";
import { createMemoryStorage } from "./memory-model.ts";
import { describeStorageContract } from "./storage.contract.ts";

describeStorageContract("in memory", async () => {
  const storage = createMemoryStorage({ numberKeys: createNumberKeys(createNumberPlans()) });
  return {
    storage,
    addWorkspace: async (id, name) => storage.addWorkspace(id, name),
    close: () => storage.close(),
  };
});

import { createMemoryStorage } from "./memory-model.ts";
import { describeStorageContract } from "./storage.contract.ts";

describeStorageContract("in memory", async () => {
  const storage = createMemoryStorage();
  return {
    storage,
    addWorkspace: async (id, name) => storage.addWorkspace(id, name),
    close: () => storage.close(),
  };
});

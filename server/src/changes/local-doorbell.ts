import type { Doorbell } from "../domain/ports.ts";

/**
 * The doorbell of a single process. Listeners are called within `ring`, so they must only take note. A ring is heard by those
 * who listen at that moment.
 */
export function createLocalDoorbell(): Doorbell {
  const listeners = new Map<number, Set<(revision: number) => void>>();

  return {
    ring(workspaceId, revision) {
      for (const listener of listeners.get(workspaceId) ?? []) listener(revision);
    },

    listen(workspaceId, listener) {
      const own = (revision: number) => listener(revision); // the same function may listen twice
      const ofWorkspace = listeners.get(workspaceId) ?? new Set();
      listeners.set(workspaceId, ofWorkspace.add(own));
      return () => {
        ofWorkspace.delete(own);
        if (ofWorkspace.size === 0 && listeners.get(workspaceId) === ofWorkspace) listeners.delete(workspaceId);
      };
    },
  };
}

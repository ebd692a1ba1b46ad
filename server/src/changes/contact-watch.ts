import type { ContactStore } from "../domain/contact-store.ts";
import type { ContactWatch } from "../domain/contact-watch.ts";

type Watched = {
  revision: number;
  readonly listeners: Set<(revision: number) => void>;
};

/**
 * Looks at the contacts' revision of each workspace that somebody follows: at once when this process wrote, and once in `pollMs` for
 * the others. Nobody following costs nothing.
 */
export function createContactWatch({
  contacts,
  report,
  pollMs = 1_000,
}: {
  readonly contacts: Pick<ContactStore, "revision">;
  readonly report: (error: unknown) => void;
  readonly pollMs?: number;
}): ContactWatch & { /** This process wrote. */ ring(workspaceId: number): void; close(): void } {
  const watched = new Map<number, Watched>();
  // All in one turn, so that a storage which answers questions of one turn together is asked once for all of them.
  const looking = setInterval(() => {
    for (const workspaceId of watched.keys()) void look(workspaceId);
  }, pollMs);
  looking.unref();

  return {
    async follow(workspaceId, listener) {
      const revision = await contacts.revision(workspaceId);
      const known = watched.get(workspaceId) ?? start(workspaceId, revision);
      let told = -1;
      const hear = (found: number) => {
        if (found <= told) return;
        told = found;
        listener(found);
      };
      known.listeners.add(hear);
      hear(Math.max(revision, known.revision));
      return () => {
        known.listeners.delete(hear);
        if (known.listeners.size > 0 || watched.get(workspaceId) !== known) return;
        watched.delete(workspaceId);
      };
    },
    ring: (workspaceId) => void look(workspaceId),
    close() {
      clearInterval(looking);
      watched.clear();
    },
  };

  function start(workspaceId: number, revision: number): Watched {
    const started: Watched = { revision, listeners: new Set() };
    watched.set(workspaceId, started);
    return started;
  }

  async function look(workspaceId: number): Promise<void> {
    const target = watched.get(workspaceId);
    if (target === undefined) return;
    try {
      const revision = await contacts.revision(workspaceId);
      if (revision <= target.revision) return;
      target.revision = revision;
      for (const listener of target.listeners) listener(revision);
    } catch (error) {
      report(error);
    }
  }
}

import type { ContactStore } from "../domain/contact-store.ts";
import type { ContactWatch } from "../domain/contact-watch.ts";

type Watched = {
  revision: number;
  readonly listeners: Set<(revision: number) => void>;
  readonly timer: NodeJS.Timeout;
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
        clearInterval(known.timer);
        watched.delete(workspaceId);
      };
    },
    ring: (workspaceId) => void look(workspaceId),
    close() {
      for (const { timer } of watched.values()) clearInterval(timer);
      watched.clear();
    },
  };

  function start(workspaceId: number, revision: number): Watched {
    const timer = setInterval(() => void look(workspaceId), pollMs);
    timer.unref();
    const started: Watched = { revision, listeners: new Set(), timer };
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

import type { RefusedDelivery } from "./delivery-store.ts";
import type { Keep } from "./kept-answers.ts";
import type { Clock } from "./ports.ts";
import type { Delivery, Source, Verdict } from "./source.ts";
import type { Storage } from "./storage.ts";

/** Calls from outside. Mapping is done by the adapters under `ingest/`; here deliveries become calls. */
export type Intake = ReturnType<typeof createIntake>;

export function createIntake({ storage, clock }: { readonly storage: Storage; readonly clock: Clock }) {
  return {
    /** The source that a key belongs to, or null. @param keyHash SHA-256 of the key, hex. */
    async source(keyHash: string): Promise<Source | null> {
      return storage.sources.byKeyHash(keyHash);
    },

    /** Durable once resolved: raw deliveries, calls and changes together. One verdict each, in order. */
    async accept(source: Source, deliveries: readonly Delivery[], keep?: Keep): Promise<readonly Verdict[]> {
      return deliveries.length === 0 ? [] : storage.sources.accept(source, deliveries, clock.now(), keep);
    },

    /** Keeps what could not be read, for whoever looks why; see `DeliveryStore.refuse`. */
    async refuse({ workspaceId, id }: Source, refused: readonly RefusedDelivery[]): Promise<void> {
      if (refused.length > 0) await storage.deliveries.refuse(workspaceId, id, refused, clock.now());
    },
  };
}

import type { CallFacts, Verdict } from "./source.ts";
import type { Awaitable } from "./storage.ts";

/** What became of a delivery, with those that could not even be read: `refused` has a reason and no call. */
export type KeptVerdict = Verdict["verdict"] | "refused";

/** A delivery as it is kept. */
export type KeptDelivery = {
  /** Unique in the database; the later of two has the larger one. */
  readonly id: number;
  readonly sourceId: string;
  readonly groupKey: string;
  readonly verdict: KeptVerdict;
  readonly reason: string | null;
  readonly callId: number | null;
  readonly receivedAtMs: number;
  /** Length of the body as it came, in UTF-8. */
  readonly bytes: number;
};

/** With its body as it came; null once that has been forgotten. */
export type KeptBody = KeptDelivery & { readonly deliveryKey: string; readonly raw: string | null };

/** What the deliveries of one source say together about one call. */
export type SourceFacts = { readonly sourceId: string; readonly facts: CallFacts };

/** A thing that a source sent and that cannot be read as a call. */
export type RefusedDelivery = { readonly raw: string; readonly digest: string; readonly reason: string };

/** What mapping a group of deliveries again made of them. */
export type Remapping = {
  readonly workspaceId: number;
  readonly sourceId: string;
  readonly deliveryId: number;
  /** How many deliveries there were of its call when they were read; null where that does not matter. */
  readonly groupSize: number | null;
  /** The call that it is about, as the mapper has it now. */
  readonly groupKey: string;
  /** What all deliveries of the group say together; null when nothing about a call can be read. */
  readonly facts: CallFacts | null;
  /** Whether `facts` are all there is; else they are folded into what is known, for bodies have been forgotten. */
  readonly isWhole: boolean;
  readonly problem: string | null;
  readonly atMs: number;
};

export type DeliveryFilter = {
  readonly sourceId: string;
  readonly verdict: KeptVerdict | null;
};

/** A place in a source's deliveries (`receivedAtMs` descending, then `id` descending). */
export type DeliveryPosition = { readonly receivedAtMs: number; readonly id: number };

/** The part of {@link Storage} that keeps what sources sent. `SourceStore.accept` fills it. */
export interface DeliveryStore {
  /** At most `limit` deliveries after a place, newest first. */
  page(
    workspaceId: number,
    filter: DeliveryFilter,
    after: DeliveryPosition | null,
    limit: number,
  ): Awaitable<readonly KeptDelivery[]>;
  find(workspaceId: number, deliveryId: number): Awaitable<KeptBody | null>;
  /** The deliveries of a call, oldest first, `limit` at most. */
  ofCall(workspaceId: number, callId: number, limit: number): Awaitable<readonly KeptBody[]>;
  /** What each source says about a call, folded; a call of a file that was imported has facts too. */
  factsOfCall(workspaceId: number, callId: number): Awaitable<readonly SourceFacts[]>;
  /** At most `limit` deliveries of a source after a place whose bodies are kept, oldest first. */
  bodiesAfter(
    workspaceId: number,
    sourceId: string,
    after: DeliveryPosition | null,
    limit: number,
  ): Awaitable<readonly DeliveryPosition[]>;
  /** Keeps what could not be read. The same again takes the place of the first, so that a sender in a loop fills nothing. */
  refuse(
    workspaceId: number,
    sourceId: string,
    refused: readonly RefusedDelivery[],
    receivedAtMs: number,
  ): Promise<void>;
  /**
   * Makes a call what its deliveries say after they have been mapped again, as a change by the source. What people did since
   * stays, notes are only added, and a delivery that was no call before logs one.
   * @throws DomainError NOT_FOUND; CONFLICT when the call's deliveries are no longer `groupSize`.
   */
  remap(remapping: Remapping): Promise<Verdict>;
  /** Forgets the bodies of at most `limit` deliveries received before `beforeMs`; how many. All else of them stays. */
  pruneBodies(beforeMs: number, limit: number): Promise<number>;
}

import type { Keep } from "./kept-answers.ts";
import type { Source } from "./source.ts";
import type { Awaitable } from "./storage.ts";

/** A source as its card shows it, with what it sent lately. */
export type SourceCard = Source & {
  /** The last characters of its key; null for a key that was made before they were kept. */
  readonly keyHint: string | null;
  readonly isDisabled: boolean;
  /** When it last sent something, well or amiss. */
  readonly lastEventAtMs: number | null;
  readonly eventsLastHour: number;
  readonly eventsLastDay: number;
  /** Of the last day's: refused and conflicting. */
  readonly errorsLastDay: number;
};

/** Above it the events of a source are not counted: a number for people, who need no more digits. */
export const eventsCountedMax = 100_000;

/** The part of {@link Storage} that admins look after their phone systems with. For `keep` see {@link Keep}. */
export interface SourceRegister {
  /** By name. Each number of events counts up to {@link eventsCountedMax}. */
  cards(workspaceId: number, nowMs: number): Awaitable<readonly SourceCard[]>;
  card(workspaceId: number, sourceId: string, nowMs: number): Awaitable<SourceCard | null>;
  /** @throws DomainError CONFLICT when the workspace has a source of this name. */
  add(source: Source, keyHash: string, keyHint: string, keep?: Keep): Promise<void>;
  /** @throws DomainError NOT_FOUND, CONFLICT when another source has the name */
  rename(workspaceId: number, sourceId: string, name: string, keep?: Keep): Promise<void>;
  /** From now on the source signs with this key alone. @throws DomainError NOT_FOUND */
  setKey(workspaceId: number, sourceId: string, keyHash: string, keyHint: string, keep?: Keep): Promise<void>;
  /** While it is disabled nobody is found by its key (`SourceStore.byKeyHash`). @throws DomainError NOT_FOUND */
  setDisabled(workspaceId: number, sourceId: string, isDisabled: boolean, keep?: Keep): Promise<void>;
}

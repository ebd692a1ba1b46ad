import type { Call } from "../domain/call.ts";
import type { Actor, ChangeKind } from "../domain/change.ts";
import type { DeliveryPosition, KeptBody, KeptDelivery, RefusedDelivery, Remapping } from "../domain/delivery-store.ts";
import { callFromFacts, foldFacts, notesBeyond } from "../domain/folding.ts";
import type { Keep } from "../domain/kept-answers.ts";
import { noPreferences, type Preferences, timeZoneDefault, type KeptWorkspaceSettings } from "../domain/settings.ts";
import { eventsCountedMax, type SourceCard } from "../domain/source-register.ts";
import type { CallFacts, Source, Verdict } from "../domain/source.ts";
import type { Storage, Writing } from "../domain/storage.ts";
import { type SavedView, viewsOfOwnerMax } from "../domain/view.ts";
import {
  deliveriesMoved,
  deliveryNotFound,
  keyAmiss,
  nothingNewReason,
  sourceNotFound,
  sourceTaken,
  tooManyViews,
} from "./answers.ts";

export type MemorySource = { source: Source; keyHash: string; keyHint?: string; isDisabled?: boolean };
export type MemoryDelivery = KeptBody & { readonly workspaceId: number; readonly digest: string };
export type MemoryGroup = { readonly callId: number; readonly firstReceivedAtMs: number; facts: CallFacts };

/** What the model shares with this part of it. */
export type MemoryParts = {
  readonly sources: MemorySource[];
  /** By {@link deliveryId}. */
  readonly deliveries: Map<string, MemoryDelivery>;
  /** By workspace, source and group key, as JSON. */
  readonly groups: Map<string, MemoryGroup>;
  readonly shelf: (workspaceId: number) => { name: string; lastCallId: number };
  readonly read: <T>(answer: () => T) => T;
  readonly write: <T>(run: () => T) => Promise<T>;
  /** A write once a key. */
  readonly keyed: <T>(keep: Keep | undefined, run: () => T) => Promise<T>;
  readonly knownCall: (workspaceId: number, callId: number) => Call;
  readonly withNotes: (
    author: Pick<Writing, "workspaceId" | "actor" | "atMs">,
    call: Call,
    contents: readonly string[],
  ) => Call;
  readonly commit: (
    writing: { readonly workspaceId: number; readonly actor: Actor; readonly atMs: number },
    kind: ChangeKind,
    call: Call,
  ) => Call;
  /** See `memory-returns.ts`. */
  readonly told: (workspaceId: number, call: Call) => Call;
  readonly settling: <T>(author: Pick<Writing, "workspaceId" | "actor" | "atMs">, run: () => T) => T;
  /** See `memory-retention.ts`. */
  readonly barred: (workspaceId: number, groupId: string, facts: CallFacts, atMs: number) => Verdict | null;
};

const hourMs = 3_600_000;

export function deliveryId(workspaceId: number, sourceId: string, deliveryKey: string): string {
  return JSON.stringify([workspaceId, sourceId, deliveryKey]);
}

const lastIds = new WeakMap<object, number>();

/** Keeps a delivery in the place of one with its key, as the newest. */
export function keepDelivery(
  deliveries: Map<string, MemoryDelivery>,
  delivery: Omit<MemoryDelivery, "id" | "bytes">,
): void {
  const key = deliveryId(delivery.workspaceId, delivery.sourceId, delivery.deliveryKey);
  deliveries.delete(key);
  const id = (lastIds.get(deliveries) ?? 0) + 1;
  lastIds.set(deliveries, id);
  deliveries.set(key, { ...delivery, id, bytes: Buffer.byteLength(delivery.raw ?? "") });
}

/** The model's sources, deliveries, views and settings, in the plainest form. */
export function createMemoryDesk(parts: MemoryParts): Pick<
  Storage,
  "sourceRegister" | "deliveries" | "views" | "settings"
> & {
  /** For how long calls are kept. */
  readonly keptDays: (workspaceId: number) => number | null;
} {
  const { sources, deliveries, groups, shelf, read, write, keyed } = parts;
  const views: SavedView[] = [];
  const preferences = new Map<string, Preferences>();
  const settings = new Map<number, KeptWorkspaceSettings>();

  return {
    keptDays: (workspaceId) => settings.get(workspaceId)?.callsKeptDays ?? null,
    sourceRegister: {
      cards: (workspaceId, nowMs) =>
        read(() =>
          sources
            .filter(({ source }) => source.workspaceId === workspaceId)
            .map((known) => cardOf(known, nowMs))
            .toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))),
        ),
      card: (workspaceId, sourceId, nowMs) =>
        read(() => {
          const known = sources.find(({ source }) => source.workspaceId === workspaceId && source.id === sourceId);
          return known === undefined ? null : cardOf(known, nowMs);
        }),
      add: (source, keyHash, keyHint, keep) =>
        keyed(keep, () => {
          const isTaken = sources.some((known) => known.keyHash === keyHash);
          if (isTaken || isNamed(source.workspaceId, source.name, null)) throw sourceTaken();
          sources.push({ source, keyHash, keyHint });
        }),
      rename: (workspaceId, sourceId, name, keep) =>
        keyed(keep, () => {
          const known = knownSource(workspaceId, sourceId);
          if (isNamed(workspaceId, name, sourceId)) throw sourceTaken();
          known.source = { ...known.source, name };
        }),
      setKey: (workspaceId, sourceId, keyHash, keyHint, keep) =>
        keyed(keep, () => {
          Object.assign(knownSource(workspaceId, sourceId), { keyHash, keyHint });
        }),
      setDisabled: (workspaceId, sourceId, isDisabled, keep) =>
        keyed(keep, () => {
          knownSource(workspaceId, sourceId).isDisabled = isDisabled;
        }),
    },
    deliveries: {
      page: (workspaceId, { sourceId, verdict }, after, limit) =>
        read(() =>
          ofSource(workspaceId, sourceId)
            .filter((each) => verdict === null || each.verdict === verdict)
            .toSorted((a, b) => compare(b, a))
            .filter((each) => after === null || compare(each, after) < 0)
            .slice(0, limit)
            .map(deliveryOf),
        ),
      find: (workspaceId, id) =>
        read(() => {
          const found = [...deliveries.values()].find((each) => each.id === id && each.workspaceId === workspaceId);
          return found === undefined ? null : bodyOf(found);
        }),
      ofCall: (workspaceId, callId, limit) => read(() => ofCall(workspaceId, callId).slice(0, limit).map(bodyOf)),
      factsOfCall: (workspaceId, callId) =>
        read(() =>
          [...groups].flatMap(([key, { callId: id, facts }]) => {
            const [workspace, sourceId] = JSON.parse(key) as [number, string];
            return workspace === workspaceId && id === callId ? [{ sourceId, facts }] : [];
          }),
        ),
      bodiesAfter: (workspaceId, sourceId, after, limit) =>
        read(() =>
          ofSource(workspaceId, sourceId)
            .filter((each) => each.raw !== null && (after === null || compare(each, after) > 0))
            .toSorted(compare)
            .slice(0, limit)
            .map(({ receivedAtMs, id }) => ({ receivedAtMs, id })),
        ),
      refuse: (workspaceId, sourceId, refused, receivedAtMs) =>
        write(() => {
          shelf(workspaceId);
          for (const each of refused) keepRefused(workspaceId, sourceId, each, receivedAtMs);
        }),
      remap: (remapping) =>
        write(() => {
          const { workspaceId, sourceId: id, atMs } = remapping;
          return parts.settling({ workspaceId, actor: { kind: "source", id }, atMs }, () => remap(remapping));
        }),
      pruneBodies: (beforeMs, limit) =>
        write(() => {
          const byId = [...deliveries].toSorted(([, a], [, b]) => a.id - b.id);
          const young = byId.findIndex(([, each]) => each.receivedAtMs >= beforeMs);
          const old = young === -1 ? byId : byId.slice(0, young);
          const some = old.filter(([, each]) => each.raw !== null).slice(0, limit);
          for (const [key, each] of some) deliveries.set(key, { ...each, raw: null });
          return some.length;
        }),
    },
    views: {
      list: (workspaceId, userId) =>
        read(() =>
          views
            .filter((view) => view.workspaceId === workspaceId && (view.isShared || view.ownerId === userId))
            .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id)),
        ),
      save: (view, keep) =>
        keyed(keep, () => {
          const own = views.filter((each) => each.workspaceId === view.workspaceId && each.ownerId === view.ownerId);
          const known = own.find(({ name }) => name === view.name);
          if (known === undefined && own.length >= viewsOfOwnerMax) throw tooManyViews();
          const kept = { ...view, id: known?.id ?? view.id };
          views.splice(known === undefined ? views.length : views.indexOf(known), 1, kept);
          return kept;
        }),
      remove: (workspaceId, ownerId, viewId, keep) =>
        keyed(keep, () => {
          const at = views.findIndex(
            (view) => view.workspaceId === workspaceId && view.ownerId === ownerId && view.id === viewId,
          );
          return at !== -1 && views.splice(at, 1).length === 1;
        }),
    },
    settings: {
      preferences: (workspaceId, userId) =>
        read(() => preferences.get(JSON.stringify([workspaceId, userId])) ?? noPreferences),
      setPreferences: (workspaceId, userId, given, keep) =>
        keyed(keep, () => {
          preferences.set(JSON.stringify([workspaceId, userId]), given);
        }),
      workspace: (workspaceId) =>
        read(() => {
          try {
            const { name } = shelf(workspaceId);
            return settings.get(workspaceId) ?? { name, timeZone: timeZoneDefault, callsKeptDays: null };
          } catch {
            return null;
          }
        }),
      setWorkspace: (workspaceId, given, keep) =>
        keyed(keep, () => {
          shelf(workspaceId);
          settings.set(workspaceId, given);
        }),
    },
  };

  function isNamed(workspaceId: number, name: string, except: string | null): boolean {
    return sources.some(
      ({ source }) => source.workspaceId === workspaceId && source.name === name && source.id !== except,
    );
  }

  function knownSource(workspaceId: number, sourceId: string): MemorySource {
    const known = sources.find(({ source }) => source.workspaceId === workspaceId && source.id === sourceId);
    if (known === undefined) throw sourceNotFound();
    return known;
  }

  function cardOf({ source, keyHint, isDisabled }: MemorySource, nowMs: number): SourceCard {
    const sent = ofSource(source.workspaceId, source.id);
    const since = (ms: number) => sent.filter(({ receivedAtMs }) => receivedAtMs > nowMs - ms);
    const isError = ({ verdict }: KeptDelivery) => verdict === "refused" || verdict === "conflicting";
    return {
      ...source,
      keyHint: keyHint ?? null,
      isDisabled: isDisabled ?? false,
      lastEventAtMs: sent.reduce<number | null>((last, { receivedAtMs }) => Math.max(last ?? 0, receivedAtMs), null),
      eventsLastHour: Math.min(since(hourMs).length, eventsCountedMax),
      eventsLastDay: Math.min(since(24 * hourMs).length, eventsCountedMax),
      errorsLastDay: Math.min(since(24 * hourMs).filter(isError).length, eventsCountedMax),
    };
  }

  function ofSource(workspaceId: number, sourceId: string): readonly MemoryDelivery[] {
    return [...deliveries.values()].filter((each) => each.workspaceId === workspaceId && each.sourceId === sourceId);
  }

  function ofCall(workspaceId: number, callId: number): readonly MemoryDelivery[] {
    return [...deliveries.values()]
      .filter((each) => each.workspaceId === workspaceId && each.callId === callId)
      .toSorted((a, b) => a.id - b.id);
  }

  function keepRefused(workspaceId: number, sourceId: string, refused: RefusedDelivery, receivedAtMs: number): void {
    const { raw, digest, reason } = refused;
    keepDelivery(deliveries, {
      workspaceId,
      sourceId,
      deliveryKey: keyAmiss("refused", digest),
      groupKey: "",
      digest,
      raw,
      verdict: "refused",
      reason,
      callId: null,
      receivedAtMs,
    });
  }

  function remap(remapping: Remapping): Verdict {
    const { workspaceId, sourceId, groupKey, facts, problem } = remapping;
    const entry = [...deliveries].find(
      ([, each]) => each.id === remapping.deliveryId && each.workspaceId === workspaceId && each.sourceId === sourceId,
    );
    if (entry === undefined) throw deliveryNotFound();
    const [key, kept] = entry;
    if (kept.callId !== null && remapping.groupSize !== null) {
      const size = ofCall(workspaceId, kept.callId).filter((each) => each.sourceId === sourceId).length;
      if (size !== remapping.groupSize) throw deliveriesMoved();
    }
    const settled =
      facts !== null
        ? refold(remapping, facts, kept)
        : {
            verdict: kept.callId === null ? ("ignored" as const) : (kept.verdict as Verdict["verdict"]),
            callId: kept.callId,
            reason: problem,
          };
    deliveries.set(key, { ...kept, groupKey, ...settled });
    return settled;
  }

  function refold(remapping: Remapping, facts: CallFacts, kept: MemoryDelivery): Verdict {
    const { workspaceId, sourceId, groupKey, isWhole, atMs } = remapping;
    const writing = { workspaceId, actor: { kind: "source", id: sourceId }, atMs } as const;
    const groupId = JSON.stringify([workspaceId, sourceId, groupKey]);
    const group = groups.get(groupId);
    if (group === undefined) {
      const bar = parts.barred(workspaceId, groupId, facts, atMs);
      if (bar !== null) return bar;
      const { notes, ...fresh } = callFromFacts(facts, kept.receivedAtMs);
      const id = ++shelf(workspaceId).lastCallId;
      groups.set(groupId, { callId: id, firstReceivedAtMs: kept.receivedAtMs, facts });
      const call = parts.withNotes(writing, { id, ...fresh, ...untouched }, notes);
      parts.commit(writing, "call.logged", parts.told(workspaceId, call));
      return { verdict: "new", callId: id, reason: null };
    }
    const before = parts.knownCall(workspaceId, group.callId);
    const isOfGroup = kept.callId === group.callId;
    const folded = isWhole && isOfGroup ? facts : foldFacts(group.facts, facts);
    const added = notesBeyond(folded.notes, group.facts.notes);
    group.facts = { ...folded, notes: [...group.facts.notes, ...added].toSorted() };
    const { notes: _, isArchived: __, ...told } = callFromFacts(group.facts, group.firstReceivedAtMs);
    const keys = Object.keys(told) as (keyof typeof told)[];
    const isTold = keys.some((each) => told[each] !== before[each]);
    const isAltered = added.length > 0 || isTold;
    if (isAltered) {
      const after = parts.withNotes(writing, { ...before, ...told }, added);
      parts.commit(writing, "call.updated", isTold ? parts.told(workspaceId, after) : after);
    }
    if (isOfGroup) return { verdict: kept.verdict as Verdict["verdict"], callId: group.callId, reason: null };
    return {
      verdict: isAltered ? "merged" : "duplicate",
      callId: group.callId,
      reason: isAltered ? null : nothingNewReason,
    };
  }
}

/** A call that nobody has done anything to. */
export const untouched = { notes: [], tags: [], assignee: null, returned: null, revision: 0 } as const;

function compare(a: DeliveryPosition, b: DeliveryPosition): number {
  return a.receivedAtMs - b.receivedAtMs || a.id - b.id;
}

function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function deliveryOf(delivery: MemoryDelivery): KeptDelivery {
  const { deliveryKey: _, raw: __, ...kept } = bodyOf(delivery);
  return kept;
}

function bodyOf(delivery: MemoryDelivery): KeptBody {
  const { workspaceId: _, digest: __, ...kept } = delivery;
  return kept;
}

import type { AuditKind, Deed } from "./audit.ts";
import { authorised } from "./authorisation.ts";
import { readCallId } from "./call-id.ts";
import type { Call } from "./call.ts";
import type { DeliveryPosition, KeptBody, KeptDelivery, KeptVerdict, Remapping } from "./delivery-store.ts";
import { DomainError } from "./errors.ts";
import { foldFacts } from "./folding.ts";
import type { Intake } from "./intake.ts";
import { createOnce, createOnceAfter } from "./kept-answers.ts";
import { type CallLeg, legOf } from "./leg.ts";
import type { Clock, RepeatableSecrets, Secrets } from "./ports.ts";
import { createRetriedSecrets, type WithoutSecret } from "./retried-secrets.ts";
import type { SourceCard } from "./source-register.ts";
import type { CallFacts, Delivery, Source, SourceKind, Verdict } from "./source.ts";
import type { IdempotencyKey, Storage } from "./storage.ts";
import { checkLabel } from "./view.ts";
import type { Principal } from "./workspace.ts";

/** How bodies of each kind of source are read; the adapters under `ingest/` do it. */
export interface SourceMapping {
  /** What a body says. Pure: the same body says the same. */
  readonly read: (
    kind: SourceKind,
    raw: string,
  ) => { readonly ok: true; readonly delivery: Delivery } | { readonly ok: false; readonly problem: string };
  /** A body as a phone system of this kind sends it for one short missed call. @param key its own id of the call. */
  readonly testCall: (kind: SourceKind, key: string, atMs: number) => string;
  /** How to make a phone system of this kind send calls to this address, as Markdown. */
  readonly setUp: (kind: SourceKind, address: string) => string;
}

const sourceKeyPrefix = "rbk_";

/** What the card of a new source says. */
const silent = {
  isDisabled: false,
  lastEventAtMs: null,
  eventsLastHour: 0,
  eventsLastDay: 0,
  errorsLastDay: 0,
} as const;

/** What the key of a test call begins with, by which its delivery is known as one. */
export const testCallPrefix = "ringback-test-";

export const deliveryPageMax = 100;
/** Sources that a workspace may have: enough for any team, and a bound for what is listed. */
export const sourcesMax = 100;
/** Deliveries that one step of {@link SourceDesk.remapSource} takes. */
const remapChunk = 100;
/** More deliveries than this are not looked at for one call. */
const groupMax = 500;
const bodiesShownMax = 20;
const bodiesShownBytesMax = 1_048_576;

/** Phone systems as the workspace's admins look after them. Ids of other workspaces are answered like ids that nobody has. */
export type SourceDesk = ReturnType<typeof createSourceDesk>;

export type SourceDeskDeps = {
  readonly storage: Pick<Storage, "sourceRegister" | "deliveries" | "calls" | "keptAnswers">;
  readonly intake: Pick<Intake, "accept">;
  /** Loaded when it is first needed, for it takes long. */
  readonly mapping: () => Promise<SourceMapping>;
  readonly secrets: Secrets;
  readonly repeatable: RepeatableSecrets;
  readonly clock: Clock;
  readonly newId: () => string;
};

export type DeliveryPage = {
  readonly deliveries: readonly KeptDelivery[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
};

export function createSourceDesk(deps: SourceDeskDeps) {
  return authorised(useCases(deps), {
    sources: "admin",
    setUp: "admin",
    add: "admin",
    rename: "admin",
    rotateKey: "admin",
    setDisabled: "admin",
    deliveries: "admin",
    delivery: "admin",
    callOf: "admin",
    bodiesOfCall: "admin",
    remapDelivery: "admin",
    remapSource: "admin",
    sendTestCall: "admin",
    legs: "read",
  });
}

function useCases({ storage, intake, mapping, secrets, repeatable, clock, newId }: SourceDeskDeps) {
  const once = createOnce(storage.keptAnswers, clock);
  const onceAfter = createOnceAfter(storage.keptAnswers, clock);
  const retried = createRetriedSecrets({ secrets, repeatable, newId });

  return {
    /** By name. */
    async sources({ workspaceId }: Principal): Promise<readonly SourceCard[]> {
      return storage.sourceRegister.cards(workspaceId, clock.now());
    },

    /** Markdown for whoever sets the phone system up. @throws DomainError BAD_USER_INPUT for what is no server's address */
    async setUp(_principal: Principal, { kind }: Source, address: string): Promise<string> {
      return (await mapping()).setUp(kind, checkAddress(address));
    },

    /** The key is not kept and not shown again. @throws DomainError BAD_USER_INPUT, CONFLICT */
    async add(
      principal: Principal,
      name: string,
      kind: SourceKind,
      idempotency?: IdempotencyKey,
    ): Promise<{ readonly source: SourceCard; readonly key: string }> {
      const { workspaceId } = principal;
      const made = retried.create(sourceKeyPrefix, idempotency);
      const answer = await once<WithoutSecret<{ readonly source: SourceCard }>>(
        principal,
        idempotency,
        async (keep) => {
          const nowMs = clock.now();
          if ((await storage.sourceRegister.cards(workspaceId, nowMs)).length >= sourcesMax) {
            throw new DomainError("CONFLICT", `The workspace has ${sourcesMax} sources.`);
          }
          const checked = checkLabel("name", name, 100);
          const source: Source = { id: made.id, workspaceId, name: checked, kind, createdAtMs: nowMs };
          const keyHint = hintOf(made.secret);
          const answer = { source: { ...source, keyHint, ...silent }, secretKeyId: made.keyId };
          await storage.sourceRegister.add(
            source,
            secrets.digest(made.secret),
            keyHint,
            keep(answer, deed("source-added", source)),
          );
          return answer;
        },
      );
      return { source: answer.source, key: retried.shown(made, sourceKeyPrefix, answer.source.id, answer) };
    },

    /** @throws DomainError NOT_FOUND, BAD_USER_INPUT, CONFLICT */
    async rename(
      principal: Principal,
      sourceId: string,
      name: string,
      idempotency?: IdempotencyKey,
    ): Promise<SourceCard> {
      const { workspaceId } = principal;
      return once(principal, idempotency, async (keep) => {
        const before = await known(workspaceId, sourceId);
        const after = { ...before, name: checkLabel("name", name, 100) };
        const left = keep(after, { ...deed("source-renamed", after), details: { before: before.name } });
        await storage.sourceRegister.rename(workspaceId, sourceId, after.name, left);
        return after;
      });
    },

    /** The key that it had is refused from now on; the new one is not shown again. @throws DomainError NOT_FOUND */
    async rotateKey(
      principal: Principal,
      sourceId: string,
      idempotency?: IdempotencyKey,
    ): Promise<{ readonly source: SourceCard; readonly key: string }> {
      const { workspaceId } = principal;
      const made = retried.create(sourceKeyPrefix, idempotency);
      type Rotated = WithoutSecret<{ readonly source: SourceCard; readonly secretId: string }>;
      const answer = await once<Rotated>(principal, idempotency, async (keep) => {
        const keyHint = hintOf(made.secret);
        const source = { ...(await known(workspaceId, sourceId)), keyHint };
        const answer = { source, secretId: made.id, secretKeyId: made.keyId };
        const left = keep(answer, deed("source-key-replaced", source));
        await storage.sourceRegister.setKey(workspaceId, sourceId, secrets.digest(made.secret), keyHint, left);
        return answer;
      });
      return { source: answer.source, key: retried.shown(made, sourceKeyPrefix, answer.secretId, answer) };
    },

    /** What a disabled source sends is refused as if nobody knew its key. @throws DomainError NOT_FOUND */
    async setDisabled(
      principal: Principal,
      sourceId: string,
      isDisabled: boolean,
      idempotency?: IdempotencyKey,
    ): Promise<SourceCard> {
      const { workspaceId } = principal;
      return once(principal, idempotency, async (keep) => {
        const before = await known(workspaceId, sourceId);
        const after = { ...before, isDisabled };
        const isOther = before.isDisabled !== isDisabled;
        const left = keep(after, isOther ? deed(isDisabled ? "source-disabled" : "source-enabled", after) : undefined);
        await storage.sourceRegister.setDisabled(workspaceId, sourceId, isDisabled, left);
        return after;
      });
    },

    /** What a source sent, newest first. @throws DomainError BAD_USER_INPUT */
    async deliveries(
      { workspaceId }: Principal,
      filter: { readonly sourceId: string; readonly verdict: KeptVerdict | null },
      after: string | null,
      first: number,
    ): Promise<DeliveryPage> {
      if (!Number.isSafeInteger(first) || first < 0 || first > deliveryPageMax) {
        const message = `first must be a whole number from 0 to ${deliveryPageMax}`;
        throw new DomainError("BAD_USER_INPUT", message, { field: "first" });
      }
      const place = after === null ? null : readPosition(after);
      const found = await storage.deliveries.page(workspaceId, filter, place, first + 1);
      const deliveries = found.slice(0, first);
      const last = deliveries.at(-1);
      return {
        deliveries,
        hasNextPage: found.length > first,
        endCursor: last === undefined ? null : formatPosition(last),
      };
    },

    /** One delivery with its body, or null when there is none of this id. */
    async delivery({ workspaceId }: Principal, id: string): Promise<KeptBody | null> {
      const deliveryId = readCallId(id);
      return deliveryId === null ? null : storage.deliveries.find(workspaceId, deliveryId);
    },

    /** The call that a delivery came to. */
    async callOf({ workspaceId }: Principal, { callId }: KeptDelivery): Promise<Call | null> {
      return callId === null ? null : storage.calls.find(workspaceId, callId);
    },

    /** What sources sent about a call, oldest first: 20 at most, with bodies up to 1 MiB together. */
    async bodiesOfCall({ workspaceId }: Principal, callId: number): Promise<readonly KeptBody[]> {
      const shown: KeptBody[] = [];
      let left = bodiesShownBytesMax;
      for (const each of await storage.deliveries.ofCall(workspaceId, callId, bodiesShownMax)) {
        left -= each.bytes;
        shown.push(left < 0 ? { ...each, raw: null } : each);
      }
      return shown;
    },

    /**
     * Reads a delivery again, with all others of its call, as they are read by now, and makes the call what they say.
     * @throws DomainError NOT_FOUND, also when the body or the source is gone; CONFLICT for a delivery that is kept as a conflicting one
     */
    async remapDelivery(principal: Principal, id: string, idempotency?: IdempotencyKey): Promise<KeptBody> {
      const { workspaceId } = principal;
      const read = await onceAfter<KeptBody>(principal, idempotency, async () => {
        const deliveryId = readCallId(id);
        const kept = deliveryId === null ? null : await storage.deliveries.find(workspaceId, deliveryId);
        if (kept === null) throw notFound("There is no such delivery.");
        if (kept.raw === null) throw notFound("The body of this delivery is no longer kept.");
        if (kept.verdict === "conflicting") {
          throw new DomainError("CONFLICT", "A conflicting delivery is kept to be looked at: the first one counts.");
        }
        await remap(await known(workspaceId, kept.sourceId), kept);
        // Without the body, which would be kept twice.
        return { ...((await storage.deliveries.find(workspaceId, kept.id)) ?? kept), raw: null };
      });
      return { ...read, raw: (await storage.deliveries.find(workspaceId, read.id))?.raw ?? null };
    },

    /**
     * Reads what a source sent again, oldest first, a part of it at a time: go on from the cursor until it is null.
     * @throws DomainError NOT_FOUND, BAD_USER_INPUT
     */
    async remapSource(
      principal: Principal,
      sourceId: string,
      after: string | null,
      idempotency?: IdempotencyKey,
    ): Promise<{ readonly readCount: number; readonly changedCount: number; readonly cursor: string | null }> {
      const { workspaceId } = principal;
      return onceAfter(principal, idempotency, async () => {
        const source = await known(workspaceId, sourceId);
        const place = after === null ? null : readPosition(after);
        const places = await storage.deliveries.bodiesAfter(workspaceId, sourceId, place, remapChunk);
        const done = new Set<number>();
        let changedCount = 0;
        for (const { id } of places) {
          const kept = await storage.deliveries.find(workspaceId, id);
          if (kept === null || kept.verdict === "conflicting") continue;
          // One delivery of a call stands for all of them.
          if (kept.callId !== null && done.has(kept.callId)) continue;
          const { callId, isChanged } = await remap(source, kept);
          if (callId !== null) done.add(callId);
          if (isChanged) changedCount += 1;
        }
        const last = places.at(-1);
        const isOver = places.length < remapChunk || last === undefined;
        return { readCount: places.length, changedCount, cursor: isOver ? null : formatPosition(last) };
      });
    },

    /**
     * A call that goes the way of every other: its body is read and taken in like what the phone system sends.
     * @throws DomainError NOT_FOUND, CONFLICT while the source is disabled
     */
    async sendTestCall(principal: Principal, sourceId: string, idempotency?: IdempotencyKey): Promise<KeptBody> {
      const { workspaceId } = principal;
      const [verdict] = await once<readonly Verdict[]>(principal, idempotency, async (keep) => {
        const source = await known(workspaceId, sourceId);
        if (source.isDisabled) throw new DomainError("CONFLICT", "The source is disabled: enable it first.");
        const { testCall, read } = await mapping();
        const raw = testCall(source.kind, `${testCallPrefix}${newId()}`, clock.now());
        const reading = read(source.kind, raw);
        if (!reading.ok) throw new Error(`A test call cannot be read: ${reading.problem}`);
        return intake.accept(source, [reading.delivery], keep());
      });
      const [delivery] = await storage.deliveries.ofCall(workspaceId, verdict?.callId ?? 0, 1);
      if (delivery === undefined) throw new Error("A test call was not kept.");
      return delivery;
    },

    /** How a call went, as far as its sources said. */
    async legs({ workspaceId }: Principal, call: Pick<Call, "id" | "durationMs">): Promise<readonly CallLeg[]> {
      const told = await storage.deliveries.factsOfCall(workspaceId, call.id);
      return told.map(({ sourceId, facts }) => legOf(sourceId, facts));
    },
  };

  async function known(workspaceId: number, sourceId: string): Promise<SourceCard> {
    const card = await storage.sourceRegister.card(workspaceId, sourceId, clock.now());
    if (card === null) throw notFound("There is no such source.");
    return card;
  }

  /** Reads the whole call again; once more where something came in meanwhile. */
  async function remap(
    source: Source,
    kept: KeptBody,
    attempts = 3,
  ): Promise<{ readonly callId: number | null; readonly isChanged: boolean }> {
    const { workspaceId } = source;
    const { read } = await mapping();
    const reading = read(source.kind, kept.raw ?? "");
    // It could not be read when it came, and it cannot now.
    if (!reading.ok && kept.callId === null) return { callId: null, isChanged: false };
    const before = kept.callId === null ? null : await storage.calls.find(workspaceId, kept.callId);
    const { facts, isWhole, size } = await factsOfGroup(source, kept, read);
    const remapping: Remapping = {
      workspaceId,
      sourceId: source.id,
      deliveryId: kept.id,
      groupSize: size,
      groupKey: kept.callId === null && reading.ok ? reading.delivery.groupKey : kept.groupKey,
      facts,
      isWhole,
      problem: reading.ok ? reading.delivery.problem : reading.problem,
      atMs: clock.now(),
    };
    try {
      const verdict = await storage.deliveries.remap(remapping);
      return { callId: verdict.callId, isChanged: await isOther(workspaceId, before, verdict) };
    } catch (error) {
      const isOvertaken = error instanceof DomainError && error.code === "CONFLICT";
      if (!isOvertaken || attempts <= 1) throw error;
      return remap(source, (await storage.deliveries.find(workspaceId, kept.id)) ?? kept, attempts - 1);
    }
  }

  async function isOther(workspaceId: number, before: Call | null, { callId }: Verdict): Promise<boolean> {
    if (callId === null || before === null) return callId !== null;
    return JSON.stringify(await storage.calls.find(workspaceId, callId)) !== JSON.stringify(before);
  }

  async function factsOfGroup(
    source: Source,
    kept: KeptBody,
    read: SourceMapping["read"],
  ): Promise<{ readonly facts: CallFacts | null; readonly isWhole: boolean; readonly size: number | null }> {
    const group =
      kept.callId === null
        ? [kept]
        : (await storage.deliveries.ofCall(source.workspaceId, kept.callId, groupMax + 1)).filter(
            ({ sourceId }) => sourceId === source.id,
          );
    const isBounded = group.length <= groupMax;
    const bodies = (isBounded ? group : [kept]).map(({ raw }) => raw);
    const facts = bodies.flatMap((raw) => {
      const reading = raw === null ? null : read(source.kind, raw);
      return reading?.ok === true && reading.delivery.facts !== null ? [reading.delivery.facts] : [];
    });
    return {
      facts: facts.length === 0 ? null : facts.reduce(foldFacts),
      isWhole: isBounded && !bodies.includes(null),
      size: kept.callId === null || !isBounded ? null : group.length,
    };
  }
}

/** What was done to a source, for the audit log. */
function deed(kind: AuditKind, { id, name }: Source): Deed {
  return { kind, target: { id, name } };
}

/** Whether a delivery is one that {@link SourceDesk.sendTestCall} made. */
export function isTestDelivery({ groupKey }: KeptDelivery): boolean {
  return groupKey.startsWith(testCallPrefix);
}

function hintOf(key: string): string {
  return key.slice(-4);
}

function notFound(message: string): DomainError {
  return new DomainError("NOT_FOUND", message);
}

function checkAddress(address: string): string {
  const plain = address.replace(/\/+$/, "");
  if (plain.length <= 300 && /^https?:\/\/[A-Za-z0-9._~:[\]-]+(\/[A-Za-z0-9._~/-]*)?$/.test(plain)) return plain;
  const message = "address must be that of a server, such as https://calls.example.com";
  throw new DomainError("BAD_USER_INPUT", message, { field: "address" });
}

function formatPosition({ receivedAtMs, id }: DeliveryPosition): string {
  return `${receivedAtMs}.${id}`;
}

/** @throws DomainError BAD_USER_INPUT */
function readPosition(text: string): DeliveryPosition {
  const match = /^(\d{1,16})\.(\d{1,16})$/.exec(text);
  const position = { receivedAtMs: Number(match?.[1]), id: Number(match?.[2]) };
  if (Number.isSafeInteger(position.receivedAtMs) && Number.isSafeInteger(position.id)) return position;
  throw new DomainError("BAD_USER_INPUT", "This is not a cursor of this list.", { field: "after" });
}

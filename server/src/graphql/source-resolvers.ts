import type { KeptBody, KeptDelivery, KeptVerdict } from "../domain/delivery-store.ts";
import { missText } from "../domain/leg.ts";
import { isTestDelivery } from "../domain/source-desk.ts";
import type { MissReason as DomainMissReason, SourceKind as DomainSourceKind } from "../domain/source.ts";
import { isoTime } from "./iso-time.ts";
import { signedIn } from "./resolver-context.ts";
import { onceKey } from "./terms.ts";
import type { DeliveryVerdict, MissReason, Resolvers, SourceKind } from "./schema.gen.ts";

/** A delivery as a page has it, or with its body. */
export type DeliveryModel = KeptDelivery | KeptBody;

const kindNames = { generic: "GENERIC", kamailio: "KAMAILIO" } as const satisfies Record<DomainSourceKind, SourceKind>;
const kindsNamed = inverted(kindNames);
const verdictNames = {
  new: "NEW",
  merged: "MERGED",
  duplicate: "DUPLICATE",
  conflicting: "CONFLICTING",
  ignored: "IGNORED",
  refused: "REFUSED",
} as const satisfies Record<KeptVerdict, DeliveryVerdict>;
const verdictsNamed = inverted(verdictNames);
const reasonNames = {
  "no-answer": "NO_ANSWER",
  "caller-hung-up": "CALLER_HUNG_UP",
  busy: "BUSY",
  rejected: "REJECTED",
  failed: "FAILED",
} as const satisfies Record<DomainMissReason, MissReason>;

/** Phone systems, what they sent, and what became of it. */
export const sourceQueries = {
  sources: (_root, _args, context) => context.desk.sources.sources(signedIn(context)),
  async deliveries(_root, { sourceId, verdict, first, after }, context) {
    const filter = { sourceId, verdict: verdict == null ? null : verdictsNamed[verdict] };
    const page = await context.desk.sources.deliveries(signedIn(context), filter, after ?? null, first ?? 20);
    return { nodes: page.deliveries, hasNextPage: page.hasNextPage, endCursor: page.endCursor };
  },
  delivery: (_root, { id }, context) => context.desk.sources.delivery(signedIn(context), id),
} as const satisfies Resolvers["Query"];

export const sourceMutations = {
  addSource: (_root, { name, kind }, context, info) =>
    context.desk.sources.add(signedIn(context), name, kindsNamed[kind], onceKey(context, info)),
  renameSource: (_root, { id, name }, context, info) =>
    context.desk.sources.rename(signedIn(context), id, name, onceKey(context, info)),
  rotateSourceKey: (_root, { id }, context, info) =>
    context.desk.sources.rotateKey(signedIn(context), id, onceKey(context, info)),
  disableSource: (_root, { id }, context, info) =>
    context.desk.sources.setDisabled(signedIn(context), id, true, onceKey(context, info)),
  enableSource: (_root, { id }, context, info) =>
    context.desk.sources.setDisabled(signedIn(context), id, false, onceKey(context, info)),
  remapDelivery: (_root, { id }, context, info) =>
    context.desk.sources.remapDelivery(signedIn(context), id, onceKey(context, info)),
  remapSource: (_root, { id, after }, context, info) =>
    context.desk.sources.remapSource(signedIn(context), id, after ?? null, onceKey(context, info)),
  sendTestCall: (_root, { sourceId }, context, info) =>
    context.desk.sources.sendTestCall(signedIn(context), sourceId, onceKey(context, info)),
} as const satisfies Resolvers["Mutation"];

/** Fields of a call that are looked up when they are asked for. */
export const sourceCall = {
  legs: (call, _args, context) => context.desk.sources.legs(signedIn(context), call),
  rawDeliveries: (call, _args, context) => context.desk.sources.bodiesOfCall(signedIn(context), call.id),
} as const satisfies Resolvers["Call"];

export const sourceTypes = {
  SourceCard: {
    kind: ({ kind }) => kindNames[kind],
    createdAt: ({ createdAtMs }) => isoTime(createdAtMs),
    lastEventAt: ({ lastEventAtMs }) => timeOrNull(lastEventAtMs),
    setUp: (source, { address }, context) => context.desk.sources.setUp(signedIn(context), source, address),
  },
  Delivery: {
    id: ({ id }) => String(id),
    verdict: ({ verdict }) => verdictNames[verdict],
    receivedAt: ({ receivedAtMs }) => isoTime(receivedAtMs),
    size: ({ bytes }) => bytes,
    key: ({ groupKey }) => (groupKey === "" ? null : groupKey),
    call: (delivery, _args, context) => context.desk.sources.callOf(signedIn(context), delivery),
    isTest: (delivery) => isTestDelivery(delivery),
    body: (delivery) => ("raw" in delivery ? delivery.raw : null),
  },
  CallLeg: {
    startedAt: ({ startedAtMs }) => timeOrNull(startedAtMs),
    answeredAt: ({ answeredAtMs }) => timeOrNull(answeredAtMs),
    endedAt: ({ endedAtMs }) => timeOrNull(endedAtMs),
    ringTime: ({ ringMs }) => ringMs,
    talkTime: ({ talkMs }) => talkMs,
    missReason: ({ missReason }) => (missReason === null ? null : reasonNames[missReason]),
    missText: (leg) => missText(leg),
  },
} as const satisfies Resolvers;

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}

function inverted<Key extends string, Value extends string>(names: Readonly<Record<Key, Value>>) {
  return Object.fromEntries(Object.entries(names).map(([key, value]) => [value, key])) as Readonly<Record<Value, Key>>;
}

import * as fc from "fast-check";
import { filterCount } from "./filters.ts";

/** What one run does, as data: what is random in it is drawn before it begins. Numbers that choose are taken modulo what there is. */
export type Plan = { readonly followers: readonly FollowerPlan[]; readonly steps: readonly Step[] };

/** A client that keeps a list of calls up to date. */
export type FollowerPlan = {
  /** `package` is our client package, which decides for itself. */
  readonly protocol: "graphql-transport-ws" | "graphql-ws" | "sse" | "package";
  readonly field: "changes" | "changeStream";
  /** How a plain one says where to go on. `header` is `Last-Event-ID`, and `extensions` where there are no headers. */
  readonly resumeBy: "argument" | "extensions" | "header";
  readonly filter: number;
};

export type Step =
  | { readonly do: "write"; readonly writer: number; readonly way: Way; readonly edit: Edit; readonly again: boolean }
  /** Alters a call and takes that back; where nobody else altered it meanwhile it has to be as before. */
  | { readonly do: "there and back"; readonly writer: number; readonly way: Way; readonly edit: Edit }
  /** An edit that was answered before is sent again, under its key. */
  | { readonly do: "repeat"; readonly writer: number; readonly which: number }
  | { readonly do: "tell"; readonly call: number | null; readonly told: Told; readonly again: boolean }
  | { readonly do: "cut"; readonly how: Cut; readonly which: number | "all" }
  | { readonly do: "kill" };

/** The way that a mutation takes. */
export type Way = "http" | "graphql-transport-ws" | "graphql-ws" | "stream" | "package";

/** How a connection ends: in order, by a reset, or by a network on which nothing moves until it is given up after so long. */
export type Cut = "close" | "reset" | { readonly stallMs: number };

export type Edit =
  | { readonly op: "archiveCall"; readonly call: number; readonly isBound: boolean }
  | { readonly op: "setCallsArchived"; readonly calls: readonly number[]; readonly archived: boolean }
  /** Many calls: all that a filter lets through. */
  | { readonly op: "archiveMatching"; readonly filter: number; readonly archived: boolean }
  | { readonly op: "addNote"; readonly call: number; readonly text: string }
  | { readonly op: "editNote"; readonly call: number; readonly note: number; readonly text: string }
  | { readonly op: "deleteNote"; readonly call: number; readonly note: number; readonly isBound: boolean }
  | { readonly op: "addTag"; readonly call: number; readonly tag: string }
  | { readonly op: "removeTag"; readonly call: number; readonly tag: string }
  | { readonly op: "assignCall"; readonly call: number; readonly user: number | null; readonly isBound: boolean }
  | { readonly op: "undoChange"; readonly change: number; readonly isBound: boolean };

/** What a phone system says of a call. */
export type Told = {
  readonly type: "answered" | "missed" | "voicemail";
  readonly duration: number;
  readonly line: number;
};

/** Most kills of one run: a restart takes a second. */
export const killsMax = 3;

/** Plain objects, which print as they are written. */
const record: typeof fc.record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { noNullPrototype: true });

/** Few calls, so that writers meet. */
const anyCall = fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(30) });
const anyText = fc.constantFrom("green apples", "greenhouse", "red pears", "🍐 pears");
const anyTag = fc.constantFrom("vip", "late", "büro");
const isBound = fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0);

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 3, arbitrary: record({ op: fc.constant("archiveCall"), call: anyCall, isBound }) },
  {
    weight: 2,
    arbitrary: record({
      op: fc.constant("setCallsArchived"),
      calls: fc.array(anyCall, { minLength: 1, maxLength: 8 }),
      archived: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: record({ op: fc.constant("archiveMatching"), filter: fc.nat(filterCount - 1), archived: fc.boolean() }),
  },
  { weight: 3, arbitrary: record({ op: fc.constant("addNote"), call: anyCall, text: anyText }) },
  { weight: 3, arbitrary: record({ op: fc.constant("editNote"), call: anyCall, note: fc.nat(3), text: anyText }) },
  { weight: 2, arbitrary: record({ op: fc.constant("deleteNote"), call: anyCall, note: fc.nat(3), isBound }) },
  { weight: 2, arbitrary: record({ op: fc.constant("addTag"), call: anyCall, tag: anyTag }) },
  { weight: 2, arbitrary: record({ op: fc.constant("removeTag"), call: anyCall, tag: anyTag }) },
  {
    weight: 2,
    arbitrary: record({
      op: fc.constant("assignCall"),
      call: anyCall,
      user: fc.option(fc.nat(1), { freq: 3 }),
      isBound,
    }),
  },
  { weight: 4, arbitrary: record({ op: fc.constant("undoChange"), change: fc.nat(6), isBound }) },
);

const anyWay = fc.constantFrom<Way>("http", "http", "graphql-transport-ws", "graphql-ws", "stream", "package");
const writer = fc.nat(2);
const anyTold: fc.Arbitrary<Told> = record({
  type: fc.constantFrom("answered", "missed", "voicemail"),
  duration: fc.nat(120_000),
  line: fc.nat(2),
});
const anyCut = fc.oneof(
  fc.constantFrom("close" as const, "reset" as const),
  record({ stallMs: fc.integer({ min: 20, max: 250 }) }),
);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 30,
    arbitrary: record({ do: fc.constant("write"), writer, way: anyWay, edit: anyEdit, again: isBound }),
  },
  { weight: 4, arbitrary: record({ do: fc.constant("there and back"), writer, way: anyWay, edit: anyEdit }) },
  { weight: 4, arbitrary: record({ do: fc.constant("repeat"), writer, which: fc.nat(40) }) },
  {
    weight: 7,
    arbitrary: record({
      do: fc.constant("tell"),
      call: fc.option(anyCall, { freq: 2 }),
      told: anyTold,
      again: isBound,
    }),
  },
  {
    weight: 4,
    arbitrary: record({
      do: fc.constant("cut"),
      how: anyCut,
      which: fc.oneof(fc.nat(9), fc.constant("all" as const)),
    }),
  },
  { weight: 1, arbitrary: record({ do: fc.constant("kill") }) },
);

const anyFollower: fc.Arbitrary<FollowerPlan> = record({
  protocol: fc.constantFrom("graphql-transport-ws", "graphql-ws", "sse", "package"),
  field: fc.constantFrom("changes", "changeStream"),
  resumeBy: fc.constantFrom("argument", "extensions", "header"),
  filter: fc.oneof(fc.constant(0), fc.nat(filterCount - 1)),
});

/** Three to six followers with and without filters, and some dozens of steps. */
export const anyPlan: fc.Arbitrary<Plan> = record({
  followers: fc.array(anyFollower, { minLength: 3, maxLength: 6, size: "max" }),
  steps: fc.array(anyStep, { minLength: 40, maxLength: 140, size: "max" }),
});

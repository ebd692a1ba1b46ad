import * as fc from "fast-check";
import type { CountBy, CountQuestion } from "../domain/call-counts.ts";
import type { CallFilter } from "../domain/filter.ts";
import type { CallFacts } from "../domain/source.ts";
import { anyFacts, anyTime } from "./contract-arbitraries.ts";
import { hourMs, noonMs } from "./contract-samples.ts";

/** What the tests of filters draw from. Used by tests only. */

const anyNumber = fc.constantFrom("+4930111222", "0049 30 111-222", "+33140000000", "anonymous", "sip:1112@a", "22");

/** Calls that have something for every condition to find. */
export const anySearchedFacts: fc.Arbitrary<CallFacts> = fc
  .tuple(anyFacts, anyNumber, anyNumber, anyTime)
  .map(([facts, from, to, startedAtMs]) => Object.assign(facts, { from, to, startedAtMs }));

const anyCondition: fc.Arbitrary<CallFilter> = fc.oneof(
  fc.record({ kind: fc.constant("id"), in: fc.uniqueArray(fc.integer({ min: 1, max: 45 }), { maxLength: 12 }) }),
  fc.record({
    kind: fc.constant("direction"),
    in: fc.subarray(["inbound", "outbound"] as const, { minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant("type"),
    in: fc.subarray(["answered", "missed", "voicemail"] as const, { minLength: 1 }),
  }),
  fc.record({ kind: fc.constant("archived"), is: fc.boolean() }),
  fc.record({ kind: fc.constant("line"), in: fc.subarray(["line 1", "line 2", "line 3", ""], { minLength: 1 }) }),
  fc.record({
    kind: fc.constant("number"),
    anyOf: fc.subarray(["1112", "0111", "4930111222", "0000", "9999", "30111222"], { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant("created"),
    fromMs: fc.oneof(fc.constant(Number.MIN_SAFE_INTEGER), anyTime, fc.constant(noonMs - 30 * hourMs)),
    beforeMs: fc.oneof(fc.constant(Number.MAX_SAFE_INTEGER), anyTime, fc.constant(noonMs + hourMs)),
  }),
  fc.record({ kind: fc.constant("duration"), minMs: fc.nat(700), maxMs: fc.nat(1_000) }),
  fc.record({ kind: fc.constant("hasNotes"), is: fc.boolean() }),
  fc.record({ kind: fc.constant("tag"), in: fc.subarray(["a", "sales", "é\"'", "zz"], { minLength: 1 }) }),
  fc.record({ kind: fc.constant("assignee"), in: fc.subarray([null, "nobody we know"], { minLength: 1 }) }),
  fc.record({ kind: fc.constant("unreturned"), is: fc.boolean() }),
  fc.record({
    kind: fc.constant("text"),
    words: fc.subarray(["u", "uno", "dos", "東", "京", "a", "z"], { minLength: 1, maxLength: 2 }),
  }),
);

/** Any filter, a few levels deep; most often some conditions that hold at once, as people ask. */
export const anyFilter: fc.Arbitrary<CallFilter> = fc.letrec<{ filter: CallFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    anyCondition,
    fc.record({ kind: fc.constant("and"), of: fc.array(tie("filter"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("and"), of: fc.array(tie("filter"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("or"), of: fc.array(tie("filter"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("not"), of: tie("filter") }),
  ),
})).filter;

export const anyQuestion: fc.Arbitrary<CountQuestion> = fc.record({
  filter: fc.option(anyFilter),
  by: fc.constantFrom<CountBy>(
    "type",
    "direction",
    "line",
    "archived",
    "assignee",
    "unreturned",
    "hour",
    "weekday",
    "weekday-hour",
    "day",
  ),
  timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns"),
});

import * as fc from "fast-check";
import type { CallFacts } from "../domain/source.ts";
import { hourMs, noonMs } from "./contract-samples.ts";

/** What the property tests draw from: few values, so that they meet. Used by tests only. */

/** Times that lie close together, on the edges of hours and days, before 1970 and at the end of the calendar. */
export const anyTime: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: noonMs - 3, max: noonMs + 3 }) },
  { weight: 3, arbitrary: fc.integer({ min: -60, max: 60 }).map((hours) => noonMs + hours * hourMs) },
  { weight: 2, arbitrary: fc.integer({ min: -3_000, max: 3_000 }).map((days) => days * 24 * hourMs - 1) },
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(Date.UTC(9999, 11, 31, 23, 59, 59, 999), -62_135_596_800_000),
);

const anyNumber = fc.constantFrom("+4930111", "+33140000000", "anonymous");

/** What a delivery may say; every fact may be missing. */
export const anyFacts: fc.Arbitrary<CallFacts> = fc.record({
  direction: fc.option(fc.constantFrom("inbound", "outbound")),
  from: fc.option(anyNumber),
  to: fc.option(anyNumber),
  via: fc.option(fc.constantFrom("line 1", "line 2")),
  startedAtMs: fc.option(anyTime),
  endedAtMs: fc.option(anyTime),
  durationMs: fc.option(fc.nat(1_000)),
  callType: fc.option(fc.constantFrom("answered", "missed", "voicemail")),
  isArchived: fc.option(fc.boolean()),
  notes: fc.array(fc.constantFrom("a", "b", "c", "ü 😀"), { maxLength: 3 }),
});

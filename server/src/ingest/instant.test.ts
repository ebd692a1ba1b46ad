import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import * as fc from "fast-check";
import { readInstant } from "./instant.ts";

const taken: readonly [value: unknown, iso: string][] = [
  ["2021-07-04T14:31:42.731Z", "2021-07-04T14:31:42.731Z"],
  ["2021-07-04T14:31:42Z", "2021-07-04T14:31:42.000Z"],
  ["2021-07-04T14:31Z", "2021-07-04T14:31:00.000Z"],
  ["2021-07-04t14:31:42.7z", "2021-07-04T14:31:42.700Z"],
  ["2021-07-04 16:31:42,731999+02:00", "2021-07-04T14:31:42.731Z"],
  ["2021-07-04T09:01:42.731-0530", "2021-07-04T14:31:42.731Z"],
  ["2021-07-04T16:31:42+02", "2021-07-04T14:31:42.000Z"],
  ["2020-02-29T00:00:00Z", "2020-02-29T00:00:00.000Z"],
  ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
  ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  [1_625_409_102_731, "2021-07-04T14:31:42.731Z"],
  [1_625_409_102_731.9, "2021-07-04T14:31:42.731Z"],
  ["1625409102731", "2021-07-04T14:31:42.731Z"],
];

for (const [value, iso] of taken) {
  test(`${JSON.stringify(value)} is ${iso}`, () => {
    const ms = readInstant(value);
    assert.equal(ms === null ? null : new Date(ms).toISOString(), iso);
  });
}

const refused: readonly unknown[] = [
  "",
  "now",
  "2021",
  "20210704",
  "2021-07-04",
  "2021-07-04T14:31:42",
  "2021-07-04T14:31:42 CET",
  "2021-02-29T00:00:00Z",
  "2021-13-01T00:00:00Z",
  "2021-00-10T00:00:00Z",
  "2021-07-04T24:00:00Z",
  "2021-07-04T14:60:00Z",
  "2021-07-04T14:31:60Z",
  "1969-12-31T23:59:59.999Z",
  "1970-01-01T00:00:00+00:01",
  "+010000-01-01T00:00:00Z",
  "9999-12-31T23:59:59-00:01",
  "1625409102",
  "20210704143142",
  Number.NaN,
  Infinity,
  -1,
  0,
  1_625_409_102,
  1e308,
  null,
  undefined,
  true,
  {},
  [],
];

for (const value of refused) {
  test(`${inspect(value)} is no instant`, () => {
    assert.equal(readInstant(value), null);
  });
}

test("every instant of the years 1970 to 9999 is read back from its ISO text", () => {
  const ms = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
  fc.assert(fc.property(ms, (instant) => readInstant(new Date(instant).toISOString()) === instant));
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hourFilter, isInHour, slotOf, spansOfHour } from "./week-hours.ts";

const march = { from: "2024-03-20", to: "2024-04-03" };
const spans = (weekday: number, hour: number, days = march) =>
  spansOfHour(days, { weekday, hour }, "Europe/Berlin").map(
    ({ from, before }) => `${from.slice(0, 16)} ${before.slice(0, 16)}`,
  );

describe("an hour of the week", () => {
  it("is one span for each such day, by the clocks of the zone", () => {
    assert.deepEqual(spans(7, 9), ["2024-03-24T08:00 2024-03-24T09:00", "2024-03-31T07:00 2024-03-31T08:00"]);
    assert.deepEqual(spans(3, 23).length, 3);
    assert.deepEqual(spans(1, 0, { from: "2024-03-26", to: "2024-03-31" }), []);
  });

  it("is read from the URL, and from nothing else", () => {
    assert.deepEqual(slotOf("7-23"), { weekday: 7, hour: 23 });
    for (const text of ["8-09", "1-24", "1-9", "109", "", undefined]) assert.equal(slotOf(text), null);
  });

  it("is asked for as spans that hold the instants that are in it", () => {
    const days = { from: "2026-11-02", to: "2026-11-22" };
    const { or = [] } = hourFilter({ hour: "1-09", ...days });
    assert.equal(or.length, 3);
    for (const { created } of or) assert.ok(isInHour("1-09", created.from) && !isInHour("1-09", created.before));
    assert.equal(hourFilter({ hour: "1-09" }).or?.length, 42);
    assert.equal(hourFilter({ hour: "1-09", from: "2026-11-03", to: "2026-11-03" }).or?.length, 1);
    assert.deepEqual(hourFilter(days), {});
  });

  it("is not there where the clocks skip it, and twice as long where they go back", () => {
    assert.deepEqual(spans(7, 2), ["2024-03-24T01:00 2024-03-24T02:00"]);
    const october = { from: "2024-10-27", to: "2024-10-27" };
    assert.deepEqual(spans(7, 2, october), ["2024-10-27T00:00 2024-10-27T02:00"]);
    assert.deepEqual(spans(7, 3, october), ["2024-10-27T02:00 2024-10-27T03:00"]);
  });
});

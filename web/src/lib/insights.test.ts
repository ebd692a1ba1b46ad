import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as insights from "./insights.ts";

const today = "2026-11-22";

describe("the days that are counted", () => {
  it("are the last 28 unless the URL says otherwise", () => {
    assert.deepEqual(insights.daysOf({}, today), { name: "28d", from: "2026-10-26", to: today });
    assert.deepEqual(insights.daysOf({ range: "7d" }, today), { name: "7d", from: "2026-11-16", to: today });
    assert.deepEqual(insights.daysOf({ range: "toString" }, today).name, "28d");
  });

  it("are the dates of the URL when they are dates in order, and never more than 42 weeks", () => {
    const dates = { from: "2026-01-30", to: "2026-02-02" };
    assert.deepEqual(insights.daysOf(dates, today), { name: "custom", ...dates });
    assert.equal(insights.daysOf({ from: "2026-02-30", to: "2026-03-02" }, today).name, "28d");
    assert.equal(insights.daysOf({ from: "2026-03-03", to: "2026-03-02" }, today).name, "28d");
    assert.equal(insights.daysOf({ from: "2020-01-01", to: "2026-03-02" }, today).to, "2020-10-20");
  });

  it("have as many days before them, and after them once those have begun", () => {
    const days = { from: "2026-11-01", to: "2026-11-07" };
    assert.deepEqual(insights.daysBefore(days), { from: "2026-10-25", to: "2026-10-31" });
    assert.deepEqual(insights.daysAfter(days, today), { from: "2026-11-08", to: "2026-11-14" });
    assert.equal(insights.daysAfter({ from: "2026-11-16", to: today }, today), null);
  });
});

describe("charts", () => {
  it("over days have a mark for each, those without calls as well", () => {
    const marks = insights.periodsOf(
      { from: "2026-02-27", to: "2026-03-01" },
      [
        { key: "2026-02-27", count: 4 },
        { key: "2026-03-01", count: 2 },
      ],
      [{ key: "2026-02-27", count: 3 }],
    );
    assert.deepEqual(marks, [
      { from: "2026-02-27", to: "2026-02-27", count: 4, missed: 3 },
      { from: "2026-02-28", to: "2026-02-28", count: 0, missed: 0 },
      { from: "2026-03-01", to: "2026-03-01", count: 2, missed: 0 },
    ]);
  });

  it("over many days have a mark for each week from Monday, and lose no call", () => {
    const days = { from: "2026-01-01", to: "2026-04-05" };
    const groups = [
      { key: "2026-01-01", count: 1 },
      { key: "2026-01-04", count: 2 },
      { key: "2026-01-05", count: 4 },
      { key: "2026-04-05", count: 8 },
    ];
    const marks = insights.periodsOf(days, groups, groups);
    assert.deepEqual(marks[0], { from: "2026-01-01", to: "2026-01-04", count: 3, missed: 3 });
    assert.deepEqual(marks[1], { from: "2026-01-05", to: "2026-01-11", count: 4, missed: 4 });
    assert.deepEqual(marks.at(-1), { from: "2026-03-30", to: "2026-04-05", count: 8, missed: 8 });
    assert.equal(insights.countAll(marks.map(({ from, count }) => ({ key: from, count }))), 15);
  });

  it("over hours show those of an office, and up to where somebody called", () => {
    const slots = insights.slotsOf([{ key: "7-21", count: 3 }], [{ key: "7-21", count: 1 }]);
    assert.equal(slots.length, 7);
    assert.deepEqual([slots[0]?.[0]?.hour, slots[0]?.at(-1)?.hour], [8, 21]);
    assert.deepEqual(slots[6]?.at(-1), { weekday: 7, hour: 21, count: 3, missed: 1 });
  });

  it("have an axis that ends at or above the largest value, in quarters of whole numbers", () => {
    for (const value of [0, 1, 4, 5, 9, 10, 11, 63, 99, 100, 101, 4_711, 999_999]) {
      const top = insights.axisMax(value);
      assert.ok(top >= value && top % 4 === 0 && top <= Math.max(4, 2 * value), `${value}: ${top}`);
    }
  });

  it("have marks of four strengths, none for nothing", () => {
    assert.deepEqual(
      [0, 1, 25, 26, 99, 100].map((value) => insights.strengthOf(value, 100)),
      [0, 1, 1, 2, 4, 4],
    );
    assert.equal(insights.strengthOf(0, 0), 0);
    assert.equal(
      insights.largest([0, 0], (value) => value),
      null,
    );
    assert.equal(
      insights.largest([1, 3, 2], (value) => value),
      3,
    );
  });
});

describe("figures", () => {
  it("tell shares and changes, and nothing where there is nothing to compare with", () => {
    assert.deepEqual([insights.shareOf(1, 0), insights.shareOf(0, 5), insights.shareOf(1, 2)], [null, "0%", "50%"]);
    assert.equal(insights.shareOf(3, 100), "3%");
    assert.equal(insights.shareOf(1, 60), "1.7%");
    assert.deepEqual(
      [insights.changeSince(3, 0), insights.changeSince(3, 3), insights.changeSince(3, 2), insights.changeSince(1, 2)],
      [null, "as many", "50% more", "50% fewer"],
    );
  });
});

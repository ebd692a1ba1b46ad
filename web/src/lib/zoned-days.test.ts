import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addDays, dayIn, daysBetween, isDay, startOfDay, weekdayOf } from "./zoned-days.ts";

describe("days of a time zone", () => {
  it("begin at its midnight, whatever its offset then", () => {
    for (const [timeZone, day, instant] of [
      ["UTC", "2024-02-29", "2024-02-29T00:00:00.000Z"],
      ["Europe/Berlin", "2024-02-29", "2024-02-28T23:00:00.000Z"],
      ["Europe/Berlin", "2024-03-31", "2024-03-30T23:00:00.000Z"],
      ["Europe/Berlin", "2024-04-01", "2024-03-31T22:00:00.000Z"],
      ["Europe/Berlin", "2024-10-27", "2024-10-26T22:00:00.000Z"],
      ["Europe/Berlin", "2024-10-28", "2024-10-27T23:00:00.000Z"],
      ["Asia/Kathmandu", "2024-07-01", "2024-06-30T18:15:00.000Z"],
      ["Pacific/Kiritimati", "2024-01-01", "2023-12-31T10:00:00.000Z"],
      ["America/St_Johns", "2024-11-04", "2024-11-04T03:30:00.000Z"],
    ] as const) {
      assert.equal(startOfDay(timeZone, day).toISOString(), instant, `${day} in ${timeZone}`);
      assert.equal(dayIn(timeZone, new Date(instant)), day);
      assert.equal(dayIn(timeZone, new Date(Date.parse(instant) - 1)), addDays(day, -1));
    }
  });

  it("begin where the clocks skip to when there is no midnight", () => {
    // Chile's clocks went from 23:59:59 on the 7th to 1 o'clock on the 8th of September 2024.
    assert.equal(startOfDay("America/Santiago", "2024-09-08").toISOString(), "2024-09-08T04:00:00.000Z");
    assert.equal(dayIn("America/Santiago", new Date("2024-09-08T04:00:00Z")), "2024-09-08");
    assert.equal(dayIn("America/Santiago", new Date("2024-09-08T03:59:59Z")), "2024-09-07");
  });

  it("are counted over the ends of months and years, and have their day of the week", () => {
    assert.equal(addDays("2024-02-28", 2), "2024-03-01");
    assert.equal(addDays("2024-01-01", -1), "2023-12-31");
    assert.equal(daysBetween("2023-12-31", "2024-03-01"), 61);
    assert.deepEqual(["2024-02-26", "2024-03-02", "2024-03-03"].map(weekdayOf), [1, 6, 7]);
  });

  it("are days of the calendar", () => {
    assert.deepEqual(
      ["2024-02-29", "2023-02-29", "2024-13-01", "24-01-01", "2024-01-01T00:00Z", "", undefined].map(isDay),
      [true, false, false, false, false, false, false],
    );
  });
});

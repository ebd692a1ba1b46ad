import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { dayLabel, dayOf } from "./days.ts";
import { formatTime } from "./format.ts";
import { timeZones, zone, zoneFor } from "./zone.ts";

afterEach(() => zone.set(null));

test("times and days are those of the zone that was chosen, also when another is chosen later", () => {
  const instant = "2026-11-22T15:30:00.000Z";
  zone.set("Asia/Tokyo");
  assert.deepEqual([formatTime(instant), dayOf(instant)], ["00:30", "2026-11-23"]);
  zone.set("America/New_York");
  assert.deepEqual([formatTime(instant), dayOf(instant)], ["10:30", "2026-11-22"]);
});

test("yesterday is the day before in that zone, over a change of clocks as well", () => {
  zone.set("Europe/Berlin");
  // Clocks went back at night: that day had 25 hours.
  const now = new Date("2026-10-25T22:30:00.000Z");
  assert.equal(dayLabel(dayOf(now), now), "Today");
  assert.equal(dayLabel("2026-10-24", now), "Yesterday");
  zone.set("Asia/Tokyo");
  assert.equal(dayLabel("2026-10-25", now), "Yesterday");
});

test("a person's own zone goes before the workspace's, and that before the device's", () => {
  assert.equal(zoneFor("Asia/Tokyo", "Europe/Berlin"), "Asia/Tokyo");
  assert.equal(zoneFor(null, "Europe/Berlin"), "Europe/Berlin");
  assert.equal(zoneFor(null, "UTC"), null);
  assert.equal(zoneFor("UTC", "Europe/Berlin"), "UTC");
  assert.ok(timeZones().includes("UTC"));
});

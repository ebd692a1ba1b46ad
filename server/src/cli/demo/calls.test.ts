import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkNoteContent } from "../../domain/note.ts";
import { createLiveCalls, type DemoCall, generateCalls } from "./calls.ts";
import { generateContacts } from "./contacts.ts";
import { lines } from "./numbers.ts";

const nowMs = Date.UTC(2026, 9, 14, 15, 30);
const options = { seed: 7, nowMs, count: 6_000, utcOffsetMinutes: 60 };
const calls = generateCalls(options);
const dayMs = 86_400_000;

describe("the demo's calls", () => {
  it("are the same for the same seed and others for another", () => {
    assert.deepEqual(generateCalls(options), calls);
    assert.notDeepEqual(generateCalls({ ...options, seed: 8 }), calls);
  });

  it("are as many as asked for, oldest first, all within the year before now, each with its own id", () => {
    assert.equal(calls.length, 6_000);
    assert.equal(new Set(calls.map(({ id }) => id)).size, 6_000);
    for (const [index, call] of calls.entries()) {
      assert.ok(call.createdAtMs >= (calls[index - 1]?.createdAtMs ?? 0));
      assert.ok(call.createdAtMs > nowMs - 366 * dayMs);
      assert.ok(call.createdAtMs + call.durationMs <= nowMs, "no call ends in the future");
    }
  });

  it("show every type in every direction, missed and voicemail being the fewer", () => {
    const count = (direction: string, type: string) =>
      calls.filter((call) => call.direction === direction && call.callType === type).length;
    for (const direction of ["inbound", "outbound"]) {
      assert.ok(count(direction, "answered") > count(direction, "missed"));
      assert.ok(count(direction, "missed") > count(direction, "voicemail"));
      assert.ok(count(direction, "voicemail") > 100);
    }
  });

  it("follow the working week: few at weekends, none at night, a dip at lunch", () => {
    const local = calls.map(({ createdAtMs }) => new Date(createdAtMs + 3_600_000));
    const onDay = (day: number) => local.filter((date) => date.getUTCDay() === day).length;
    const inHour = (hour: number) => local.filter((date) => date.getUTCHours() === hour).length;
    assert.ok(onDay(1) > onDay(5), "Monday has more than Friday");
    assert.ok(onDay(5) > 4 * onDay(6), "Friday has far more than Saturday");
    assert.ok(onDay(6) > onDay(0) && onDay(0) > 0);
    assert.equal(inHour(2), 0);
    assert.ok(inHour(12) < 0.75 * inHour(11) && inHour(12) < 0.75 * inHour(14));
  });

  it("come from customers who call again: a few very often, most of them seldom", () => {
    const byCustomer = Map.groupBy(calls, ({ direction, from, to }) => (direction === "inbound" ? from : to));
    const counts = [...byCustomer.values()].map(({ length }) => length).toSorted((a, b) => b - a);
    assert.ok(counts.length > 500);
    const top = counts.slice(0, Math.round(counts.length / 10)).reduce((sum, count) => sum + count, 0);
    assert.ok(top > 0.3 * calls.length, "a tenth of the customers make a third of the calls");
    assert.ok((counts.at(-1) ?? 0) <= 2);
  });

  it("use numbers in E.164 from ranges kept for fiction, and our lines on our side", () => {
    const fictional =
      /^\+(1\d{3}55501\d\d|44(20794[56]0\d{3}|1632960\d{3}|7700900\d{3})|33(19900\d{4}|46571\d{4}|63998\d{4})|49(3023125\d{3}|6990009\d{3}|17139200\d\d)|61([23]5550\d{4}|491570\d{3}))$/;
    const ours = new Set(lines.map(({ number }) => number));
    for (const { direction, from, to, via } of calls) {
      const [outside, inside] = direction === "inbound" ? [from, to] : [to, from];
      assert.match(outside, fictional);
      assert.ok(!ours.has(outside));
      assert.equal(inside, via);
      assert.ok(ours.has(via));
    }
    assert.equal(new Set(calls.map(({ via }) => via)).size, lines.length);
  });

  it("last as long as calls of their type do, in whole milliseconds", () => {
    const median = (type: string) => {
      const sorted = calls.filter(({ callType }) => callType === type).map(({ durationMs }) => durationMs);
      return sorted.toSorted((a, b) => a - b)[Math.floor(sorted.length / 2)] as number;
    };
    assert.ok(calls.every(({ durationMs }) => Number.isSafeInteger(durationMs) && durationMs >= 0));
    assert.ok(median("answered") > 120_000 && median("answered") < 300_000);
    assert.ok(median("missed") > 5_000 && median("missed") < 40_000);
    assert.ok(median("voicemail") > 30_000 && median("voicemail") < 80_000);
  });

  it("are archived when old and mostly open when of today, with none, one or two notes that the product accepts", () => {
    const archived = (of: typeof calls) => of.filter(({ isArchived }) => isArchived).length / of.length;
    assert.ok(archived(calls.filter(({ createdAtMs }) => createdAtMs < nowMs - 40 * dayMs)) > 0.95);
    const fresh = calls.filter(({ createdAtMs }) => createdAtMs > nowMs - 1.4 * dayMs);
    assert.ok(fresh.length > 10 && archived(fresh) < 0.7);
    for (const count of [0, 1, 2]) assert.ok(calls.some(({ notes }) => notes.length === count));
    for (const content of calls.flatMap(({ notes }) => notes)) {
      assert.equal(checkNoteContent(content), content);
      assert.ok(!/[{}]|undefined/.test(content));
    }
  });

  it("that come in live end now, are open and have ids of their own", () => {
    const live = createLiveCalls({ seed: 3, utcOffsetMinutes: 0 });
    const some = Array.from({ length: 50 }, () => live.next(nowMs));
    assert.equal(new Set(some.map(({ id }) => id)).size, 50);
    for (const call of some) {
      assert.equal(call.createdAtMs + call.durationMs, nowMs);
      assert.equal(call.isArchived, false);
    }
  });

  it("are mostly returned the same day: who was missed is called back within minutes to hours", () => {
    const missed = calls.filter(({ direction, callType }) => direction === "inbound" && callType !== "answered");
    const waitsMs = missed.flatMap(({ from, createdAtMs }) => {
      const back = calls.find((call) => call.createdAtMs > createdAtMs && (call.to === from || isAnswered(call, from)));
      return back === undefined ? [] : [back.createdAtMs - createdAtMs];
    });
    assert.ok(waitsMs.length > 0.7 * missed.length);
    const median = waitsMs.toSorted((a, b) => a - b)[Math.floor(waitsMs.length / 2)] ?? 0;
    assert.ok(median > 5 * 60_000 && median < 5 * 3_600_000, `${median / 60_000} minutes`);
  });

  it("have names for those who call most, of the country that their number is of, nobody twice", () => {
    const contacts = generateContacts(calls, 200, 7);
    assert.ok(contacts.length > 150 && contacts.length <= 200);
    assert.equal(new Set(contacts.map(({ name }) => name)).size, contacts.length);
    assert.equal(new Set(contacts.map(({ numbers }) => numbers[0]?.e164)).size, contacts.length);
    assert.ok(contacts.some(({ company }) => company !== null));
    const withoutIds = (all: typeof contacts) => all.map((contact) => ({ ...contact, id: "" }));
    assert.deepEqual(withoutIds(generateContacts(calls, 200, 7)), withoutIds(contacts));
  });
});

function isAnswered({ direction, callType, from }: DemoCall, number: string): boolean {
  return direction === "inbound" && callType === "answered" && from === number;
}

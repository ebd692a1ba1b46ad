import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  asQueryOfAll,
  filterOf,
  instantsOf,
  isNumberSearch,
  matches,
  type Queried,
  queryFromText,
  queryOf,
  queryText,
  stillMatches,
} from "./call-query.ts";
import type { ViewName } from "./views.ts";

const call: Queried = {
  is_archived: false,
  call_type: "missed",
  assignee: null,
  unreturned: true,
  direction: "inbound",
  from: "+442079460123",
  to: "+12025550123",
  via: "+12025550123",
  duration: 30_000,
  created_at: "2026-11-22T10:00:00.000Z",
  notes: [{ content: "Wants an Änderung by Friday" }],
  tags: ["billing"],
};

describe("a query", () => {
  it("is what the URL says, without what is unknown or empty, and the same again from its text", () => {
    const query = queryOf({ q: 4420, type: "missed,voicemail", tag: "a&b=c", line: "", other: "x" });
    assert.deepEqual(query, { q: "4420", type: "missed,voicemail", tag: "a&b=c" });
    assert.deepEqual(queryFromText(queryText(query)), query);
  });

  it("lets through what fits all of it", () => {
    const fits = (query: object, view: ViewName = "inbox", one = call) =>
      matches(view, queryOf(query as Record<string, string>), one, "me");
    assert.ok(fits({}));
    assert.ok(fits({ type: "missed,voicemail", direction: "inbound", line: "+12025550123" }));
    assert.ok(!fits({ type: "answered" }));
    assert.ok(!fits({ direction: "outbound" }));
    assert.ok(fits({ min: "30", max: "30" }));
    assert.ok(!fits({ min: "31" }));
    assert.ok(!fits({ max: "29" }));
    assert.ok(fits({ notes: "yes", tag: "sales,billing" }));
    assert.ok(!fits({ notes: "no" }));
    assert.ok(!fits({ tag: "sales" }));
    assert.ok(!fits({ archived: "yes" }, "all"));
    assert.ok(fits({ unreturned: "yes" }));
    assert.ok(!fits({ unreturned: "no" }));
    assert.ok(fits({}, "callback"));
    assert.ok(!fits({}, "callback", { ...call, unreturned: false }));
    assert.ok(!fits({}, "mine"));
    assert.ok(fits({}, "unassigned"));
    assert.ok(fits({ who: "nobody" }));
    const own = { ...call, assignee: { id: "me" } };
    assert.ok(fits({}, "mine", own));
    assert.ok(fits({ who: "me" }, "all", own));
    assert.ok(!fits({ who: "other" }, "all", own));
  });

  it("finds numbers however they are typed, and words of one note by their beginnings", () => {
    const finds = (q: string) => matches("all", { q }, call, "me");
    for (const q of ["+44 (0)20", "0207", "7946 0123", "2025-550"]) assert.equal(isNumberSearch(q), true, q);
    assert.ok(finds("020 7946 0123"));
    assert.ok(finds("2025-550"));
    assert.ok(!finds("9999"));
    assert.equal(isNumberSearch("123"), false);
    assert.ok(finds("anderung FRI"));
    assert.ok(!finds("offer"));
  });

  it("takes days where the person is, both included", () => {
    const { from, before } = instantsOf("2026-11-22", "2026-11-22");
    assert.equal(from, new Date(2026, 10, 22).toISOString());
    assert.equal(before, new Date(2026, 10, 23).toISOString());
    assert.deepEqual(instantsOf("yesterday", undefined), { from: null, before: null });
  });

  it("still lets through what nobody changed, whatever the server found it by", () => {
    assert.ok(stillMatches("inbox", { q: "elsewhere", from: "2030-01-01" }, call, "me"));
    assert.ok(!stillMatches("inbox", {}, { ...call, is_archived: true }, "me"));
  });

  it("asks the server for all of it", () => {
    assert.deepEqual(filterOf("all", {}, "me"), {});
    assert.deepEqual(filterOf("mine", { q: "offer", min: "60", notes: "no" }, "me"), {
      archived: false,
      assignee: ["me"],
      text: "offer",
      duration: { min: 60_000 },
      hasNotes: false,
    });
    assert.deepEqual(filterOf("callback", { unreturned: "yes" }, "me"), {
      and: [{ archived: false, unreturned: true }, { unreturned: true }],
    });
    assert.deepEqual(filterOf("unread", {}, "me"), { archived: false, unread: true });
    assert.deepEqual(filterOf("unread", { unread: "no" }, "me"), {
      and: [{ archived: false, unread: true }, { unread: false }],
    });
    assert.deepEqual(filterOf("missed", { type: "voicemail,other", q: "020 79" }, "me"), {
      and: [
        { archived: false, type: ["missed"] },
        { type: ["voicemail"], number: "020 79" },
      ],
    });
    assert.deepEqual(filterOf("all", { who: "nobody", tag: "a,b", line: "+1", max: "x" }, "me"), {
      assignee: [null],
      tag: ["a", "b"],
      line: ["+1"],
    });
  });

  it("says of all calls what a view says by its place", () => {
    assert.deepEqual(asQueryOfAll("missed", { min: "5" }), { archived: "no", min: "5", type: "missed" });
    assert.deepEqual(asQueryOfAll("unread", {}), { archived: "no", unread: "yes" });
    assert.deepEqual(asQueryOfAll("mine", {}), { archived: "no", who: "me" });
    assert.deepEqual(asQueryOfAll("archived", {}), { archived: "yes" });
  });
});

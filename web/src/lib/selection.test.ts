import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { extended, nothingSelected, stateOfGroup, toggled, withGroup } from "./selection.ts";

const order = ["a", "b", "c", "d", "e"];
const idsOf = ({ ids }: { readonly ids: ReadonlySet<string> }) => [...ids].toSorted();

describe("a selection", () => {
  it("turns calls on and off, a folded row as one", () => {
    const one = toggled(nothingSelected, ["b", "c"]);
    assert.deepEqual(idsOf(one), ["b", "c"]);
    assert.deepEqual(idsOf(toggled(one, ["b", "c"])), []);
  });

  it("reaches from where it was begun, in both directions", () => {
    const begun = toggled(nothingSelected, ["c"]);
    assert.deepEqual(idsOf(extended(begun, order, "e")), ["c", "d", "e"]);
    assert.deepEqual(idsOf(extended(extended(begun, order, "d"), order, "a")), ["a", "b", "c", "d"]);
    assert.deepEqual(idsOf(extended(nothingSelected, order, "b")), ["b"]);
    assert.deepEqual(idsOf(extended(begun, order, "gone")), ["c"]);
  });

  it("takes groups, and says how much of one it has", () => {
    const group = withGroup(nothingSelected, ["a", "b"], true);
    assert.equal(stateOfGroup(group.ids, ["a", "b"]), "all");
    assert.equal(stateOfGroup(group.ids, ["b", "c"]), "some");
    assert.equal(stateOfGroup(group.ids, ["d"]), "none");
    assert.deepEqual(idsOf(withGroup(group, ["b", "c"], false)), ["a"]);
  });

  it("is no longer everything once something is changed by hand", () => {
    assert.equal(toggled({ ids: new Set(order), anchor: null, isAll: true }, ["a"]).isAll, false);
  });
});

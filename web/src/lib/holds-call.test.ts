import assert from "node:assert/strict";
import { it } from "node:test";
import { holdsCall } from "./holds-call.ts";

it("finds a call in a list, alone and within another object, and nothing else of the same id", () => {
  const ids = new Set(["7"]);
  const call = { __typename: "Call", id: "7" };
  assert.ok(holdsCall({ call }, ids));
  assert.ok(holdsCall({ calls: { nodes: [{ __typename: "Call", id: "6" }, call] } }, ids));
  assert.ok(
    !holdsCall({ calls: { nodes: [{ __typename: "Call", id: "77" }, { __typename: "Note", id: "7" }, null] } }, ids),
  );
});

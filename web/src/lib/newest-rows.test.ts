import assert from "node:assert/strict";
import { test } from "node:test";
import { withNewestRows } from "./newest-rows.ts";

const row = (id: string, revision: number, isArchived: boolean) => ({
  __typename: "Call",
  id,
  revision,
  is_archived: isArchived,
});

test("each call of kept answers is as the newest answer has it, and all else as it was", () => {
  const history = { call: { __typename: "Call", id: "1", history: { nodes: [{ kind: "NOTE_ADDED", at: null }] } } };
  const [list, one, other] = withNewestRows([
    { data: { calls: { nodes: [row("1", 7, true), row("2", 3, false)] } } },
    { data: { call: row("1", 5, false) } },
    { data: history },
  ]);
  assert.deepEqual(list?.data, { calls: { nodes: [row("1", 7, true), row("2", 3, false)] } });
  assert.deepEqual(one?.data, { call: row("1", 7, true) });
  assert.deepEqual(other?.data, history);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createLocalDoorbell } from "./local-doorbell.ts";

test("a ring is heard by those who listen for its workspace at that moment", () => {
  const doorbell = createLocalDoorbell();
  const heard: string[] = [];
  const listener = (revision: number) => void heard.push(`${revision}`);
  doorbell.ring(1, 1);
  const unlisten = doorbell.listen(1, listener);
  const unlistenTwin = doorbell.listen(1, listener);
  doorbell.listen(2, (revision) => void heard.push(`other ${revision}`));
  doorbell.ring(1, 2);
  unlisten();
  unlisten();
  doorbell.ring(1, 3);
  unlistenTwin();
  doorbell.ring(1, 4);
  doorbell.ring(2, 9);
  assert.deepEqual(heard, ["2", "2", "3", "other 9"]);
});

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { it } from "node:test";
import { logCall, writing } from "../contract-samples.ts";
import { withFile } from "./sqlite-samples.ts";

it("single writes, one after the other, write over the same stretch of the log again and again", () =>
  withFile(async ({ file, open }) => {
    const storage = await open();
    try {
      const { id } = await logCall(storage);
      const logBytes = async (writes: number) => {
        for (let at = 0; at < writes; at += 1) await storage.calls.toggleArchived(writing(), id);
        return statSync(`${file}-wal`).size;
      };
      const early = await logBytes(150);
      const late = await logBytes(600);
      assert.ok(late < 2 * early, `the log grew from ${early} to ${late} bytes`);
    } finally {
      await storage.close();
    }
  }));

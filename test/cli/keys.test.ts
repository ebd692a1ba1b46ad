import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { run, temporaryFolder } from "./ringback.ts";

type Keys = {
  readonly keys: { kid: string; createdAtMs: number; activatedAtMs: number | null; retiredAtMs: number | null }[];
};

describe("ringback keys rotate", () => {
  it("lets the published next keys sign, but says to wait while they are too young for all to have seen them", async (t) => {
    const data = temporaryFolder(t);
    const env = { RINGBACK_DATA: data };
    await run(t, ["user", "add", "ada", "--generate"], { env });
    const early = await run(t, ["keys", "rotate"], { env });
    assert.equal(early.status, 75);
    assert.match(early.stderr, /^ringback: [^\n]+ Try again in 5 minutes\.\n$/);

    const file = join(data, "keys.json");
    const stored = JSON.parse(readFileSync(file, "utf8")) as Keys;
    for (const key of stored.keys) {
      key.createdAtMs -= 600_000;
      if (key.activatedAtMs !== null) key.activatedAtMs -= 600_000;
    }
    writeFileSync(file, JSON.stringify(stored));
    const rotated = await run(t, ["keys", "rotate"], { env });
    assert.deepEqual([rotated.status, rotated.stderr], [0, ""]);
    const { keys } = JSON.parse(readFileSync(file, "utf8")) as Keys;
    for (const before of stored.keys) {
      const after = keys.find(({ kid }) => kid === before.kid);
      if (before.activatedAtMs === null) assert.notEqual(after?.activatedAtMs, null);
      else assert.notEqual(after?.retiredAtMs, null);
    }
  });
});

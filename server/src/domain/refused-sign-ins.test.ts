import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuditEntry } from "./audit.ts";
import { createRefusedSignIns } from "./refused-sign-ins.ts";
import type { User } from "./workspace.ts";

const minuteMs = 60_000;

describe("refused sign-ins in the audit log", () => {
  it("the first is told at once, all others of ten minutes together", async () => {
    const { refusals, told, clock } = setUp();
    for (let at = 0; at < 1_000; at += 1) refusals.refused(anna, "192.0.2.0/24");
    assert.deepEqual(told(), ["anna from 192.0.2.0/24: 1"]);
    clock.nowMs += 10 * minuteMs - 1;
    refusals.refused(anna, "192.0.2.0/24");
    assert.equal(told().length, 1);
    clock.nowMs += 1;
    refusals.refused(anna, "192.0.2.0/24");
    assert.deepEqual(told(), [
      "anna from 192.0.2.0/24: 1",
      "anna from 192.0.2.0/24: 1000",
      "anna from 192.0.2.0/24: 1",
    ]);
    await refusals.close();
    assert.equal(told().length, 3);
  });

  it("accounts and networks are told apart", async () => {
    const { refusals, told } = setUp();
    refusals.refused(anna, "192.0.2.0/24");
    refusals.refused(anna, "198.51.100.0/24");
    refusals.refused({ ...anna, id: "bob", username: "bob" }, "192.0.2.0/24");
    assert.deepEqual(told(), ["anna from 192.0.2.0/24: 1", "anna from 198.51.100.0/24: 1", "bob from 192.0.2.0/24: 1"]);
    await refusals.close();
  });

  it("what is gathered is told at the end, and nothing afterwards", async () => {
    const { refusals, told } = setUp();
    for (let at = 0; at < 3; at += 1) refusals.refused(anna, "192.0.2.0/24");
    await refusals.close();
    refusals.refused(anna, "192.0.2.0/24");
    assert.deepEqual(told(), ["anna from 192.0.2.0/24: 1", "anna from 192.0.2.0/24: 2"]);
  });

  it("of more networks than are remembered none is lost", async () => {
    const { refusals, entries } = setUp();
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 2_500; at += 1) refusals.refused(anna, `192.0.${at}.0/24`);
    }
    await refusals.close();
    const count = entries.reduce((sum, { details }) => sum + Number(details?.["count"]), 0);
    assert.equal(count, 7_500);
  });

  it("one that cannot be written is reported, and fails nobody", async () => {
    const errors: unknown[] = [];
    const refusals = createRefusedSignIns({
      audit: { record: () => Promise.reject(new Error("full")) },
      clock: { now: () => 0 },
      report: (error) => void errors.push(error),
    });
    refusals.refused(anna, "192.0.2.0/24");
    await refusals.close();
    assert.equal(errors.length, 1);
  });
});

const anna: User = {
  id: "anna",
  workspaceId: 1,
  username: "anna",
  role: "member",
  isDisabled: false,
  createdAtMs: 0,
};

function setUp() {
  const entries: AuditEntry[] = [];
  const clock = { nowMs: 0 };
  const refusals = createRefusedSignIns({
    audit: { record: async (entry) => void entries.push(entry) },
    clock: { now: () => clock.nowMs },
    report: (error) => assert.fail(String(error)),
  });
  const told = () =>
    entries.map(({ target, details }) => `${target?.name} from ${details?.["network"]}: ${details?.["count"]}`);
  return { refusals, entries, told, clock };
}

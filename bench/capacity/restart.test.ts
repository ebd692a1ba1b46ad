import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Restart, simulateRestart } from "./restart.ts";

const calm: Restart = {
  nodes: 2,
  sockets: 8,
  closingMs: 4_000,
  backMs: [500, 500],
  pauseMs: 10_000,
  connectUs: 1_000,
  coreShare: 0.5,
};

describe("a rolling restart on paper", () => {
  it("of two nodes the second takes all, and the last one restarted is left with none", () => {
    // Four sockets close at 1, 2, 3 and 4 s and are back half a second later; then all eight move, the last at 18 s.
    const { socketsAfter, arrivalsPerSecondMax, waitMsMax, totalMs } = simulateRestart(calm, 1);
    assert.deepEqual(socketsAfter, [8, 0]);
    assert.equal(arrivalsPerSecondMax, 2);
    assert.equal(waitMsMax, 0);
    assert.equal(totalMs, 14_000 + 4_000 + 500 + 2);
  });

  it("sockets that come at once wait for the core, each behind the ones before", () => {
    const storm = { ...calm, closingMs: 0, backMs: [0, 0], connectUs: 100_000, coreShare: 1 } as const;
    // Four at once: the last waits for three others; then eight: seven.
    const { waitMsMax, arrivalsPerSecondMax, totalMs } = simulateRestart(storm, 1);
    assert.equal(waitMsMax, 700);
    assert.equal(arrivalsPerSecondMax, 8);
    assert.equal(totalMs, 10_000 + 800);
  });

  it("no socket is lost, however many nodes there are, and one seed is one run", () => {
    const many = { ...calm, nodes: 7, sockets: 1_000, backMs: [0, 3_000] } as const;
    const run = simulateRestart(many, 5);
    assert.equal(
      run.socketsAfter.reduce((sum, sockets) => sum + sockets, 0),
      1_000,
    );
    assert.equal(run.socketsAfter.at(-1), 0);
    assert.deepEqual(simulateRestart(many, 5), run);
  });
});

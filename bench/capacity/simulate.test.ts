import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changesPerSecond, officeDay, type Shape } from "./shape.ts";
import { createTally, type Places, simulate } from "./simulate.ts";

const shape: Shape = {
  title: "a small one",
  workspaces: 40,
  callsPerDay: 36_000,
  changesPerCall: 2,
  listenersPerWorkspace: 3,
  readsPerListenerHour: 0,
  nodes: 2,
  dailyProfile: [0.5, 0.5],
  skew: 0,
};

/** Two nodes; workspace 0 has three sockets on the first and one on the second, workspace 1 two on the second alone. */
const places: Places = {
  sockets: [3, 3],
  followed: [1, 2],
  of: (workspace) =>
    workspace === 0
      ? [
          [0, 3],
          [1, 1],
        ]
      : [[1, 2]],
};

const change = (atMs: number, node: number, workspace: number) => ({ atMs, node, workspace, isCall: workspace === 0 });

describe("the simulation of an installation", () => {
  it("a day's calls come to what the busiest hour's share of them is a second", () => {
    // 36,000 calls of two changes, half of them in an hour of 3,600 seconds.
    assert.equal(changesPerSecond(shape), 10);
    assert.ok(Math.abs(officeDay.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
  });

  it("a change reaches each socket that follows its workspace, and each other node that has one by a bell", () => {
    const { nodes, told, ended } = createTally(places, 1);
    told(change(0, 0, 0)); // three sockets of its own, a bell for the other node
    told(change(100, 0, 1)); // nobody of its own, a bell for the other node
    told(change(200, 1, 1)); // two sockets of its own, a bell that nobody waits for
    ended();
    const [first, second] = nodes;
    assert.deepEqual(first, {
      sockets: 3,
      followed: 1,
      writes: 2,
      calls: 1,
      rings: 2,
      turns: 2,
      heard: 0,
      logReads: 1,
      deliveries: 3,
      deliveriesPeak: 3,
    });
    assert.deepEqual(second, {
      sockets: 3,
      followed: 2,
      writes: 1,
      calls: 0,
      rings: 1,
      turns: 1,
      heard: 2,
      logReads: 3,
      deliveries: 5,
      deliveriesPeak: 5,
    });
  });

  it("what is rung while a bell is on its way shares the next one, one ring a workspace", () => {
    const { nodes, told, ended } = createTally(places, 10);
    told(change(0, 0, 0)); // sent at 0, answered at 10
    told(change(1, 0, 0));
    told(change(2, 0, 0));
    told(change(3, 0, 1)); // these three wait: two rings at 10, answered at 20
    told(change(19, 0, 1)); // waits: one ring at 20
    told(change(40, 0, 1)); // the broker is idle: sent at once
    ended();
    assert.equal(nodes[0]?.turns, 4);
    assert.equal(nodes[0]?.rings, 1 + 2 + 1 + 1);
    assert.equal(nodes[1]?.heard, 5);
    assert.equal(nodes[1]?.deliveries, 3 * 1 + 3 * 2);
  });

  it("the busiest second is that of the frames of one second, not of the stretch", () => {
    const { nodes, told, endSecond, ended } = createTally(places, 1);
    told(change(100, 0, 0));
    told(change(900, 0, 0));
    endSecond();
    told(change(1_500, 0, 0));
    ended();
    assert.deepEqual([nodes[0]?.deliveries, nodes[0]?.deliveriesPeak], [9, 6]);
  });

  it("sums agree with what each change must bring, and one seed is one run", () => {
    const run = simulate(shape, { seconds: 100, seed: 7 });
    const sum = (value: (node: (typeof run.nodes)[number]) => number) =>
      run.nodes.reduce((all, node) => all + value(node), 0);
    const changes = sum(({ writes }) => writes);
    assert.equal(
      sum(({ sockets }) => sockets),
      40 * 3,
    );
    assert.equal(
      sum(({ deliveries }) => deliveries),
      changes * 3,
    );
    // Half of them log a call.
    assert.ok(Math.abs(sum(({ calls }) => calls) - changes / 2) < 64);
    // 1,000 are expected; four standard deviations are 127.
    assert.ok(Math.abs(changes - 1_000) < 127, `${changes} changes`);
    assert.deepEqual(simulate(shape, { seconds: 100, seed: 7 }), run);
    assert.notDeepEqual(simulate(shape, { seconds: 100, seed: 8 }), run);
  });

  it("with one node every bell is unheard, and with skew the first workspaces have most of the changes", () => {
    const alone = simulate({ ...shape, nodes: 1 }, { seconds: 10, seed: 1 });
    assert.equal(alone.nodes[0]?.heard, 0);
    assert.equal(alone.nodes[0]?.followed, 40);
    // One socket for each of two workspaces: at skew 20 the second has a millionth of the first.
    const uneven = simulate({ ...shape, workspaces: 2, listenersPerWorkspace: 1, skew: 20 }, { seconds: 10, seed: 3 });
    const most = Math.max(...uneven.nodes.map(({ deliveries }) => deliveries));
    assert.equal(
      most,
      uneven.nodes.reduce((sum, { writes }) => sum + writes, 0),
    );
  });
});

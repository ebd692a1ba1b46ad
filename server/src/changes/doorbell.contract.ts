import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Doorbell } from "../domain/ports.ts";
import type { OpenDoorbell } from "./broker-doorbell.ts";

/** Opens doorbells for one test, which closes what it opened when it ends. */
export type OpenNodes = (t: TestContext) => Promise<{
  /** Two nodes; the same one twice where there is only one process. */
  readonly nodes: readonly [Doorbell, Doorbell];
}>;

/** What doorbells between processes have besides. */
export type OpenBroker = (t: TestContext) => Promise<{
  /** A further node. */
  readonly open: () => Promise<OpenDoorbell>;
  /** kill -9, and the broker as it was left. */
  readonly broker: { kill(): Promise<void>; start(): Promise<void> };
  /** How many rings have passed the broker for a workspace since this was called: asked of the broker or a bare client of it. */
  readonly overhear: (workspaceId: number) => Promise<{ count(): number; close(): Promise<void> }>;
}>;

/** The promises of the port `Doorbell`, each as a test with the promise as its name. */
export function describeDoorbellContract(name: string, open: OpenNodes): void {
  describe(`the doorbell contract, ${name}`, { timeout: 60_000 }, () => {
    it("tells every node of every workspace's newest revision", async (t) => {
      const { nodes } = await open(t);
      const heard = nodes.map((node) => [1, 2].map((workspaceId) => listening(node, workspaceId)));
      await settled(nodes);
      nodes[0].ring(1, 11);
      nodes[1].ring(2, 7);
      for (const [one, two] of heard) {
        await one?.reaches(11);
        await two?.reaches(7);
      }
      nodes[1].ring(1, 12);
      for (const [one] of heard) await one?.reaches(12);
      assert.ok(
        heard.every(([, two]) => two?.revisions.at(-1) === 7),
        "each workspace has its own bell",
      );
    });

    it("is heard in its own process within the ring, and once", async (t) => {
      const { nodes } = await open(t);
      const own = listening(nodes[0], 1);
      await settled(nodes);
      own.revisions.length = 0;
      nodes[0].ring(1, 5);
      assert.deepEqual(own.revisions, [5]);
      await settled(nodes);
      assert.deepEqual(own.revisions, [5]);
    });

    it("is heard by those who listen at that moment, the same listener twice included, and by nobody else", async (t) => {
      const { nodes } = await open(t);
      const [first, second] = [listening(nodes[1], 1), listening(nodes[1], 1)];
      await settled(nodes);
      first.unlisten();
      first.unlisten();
      first.revisions.length = 0;
      nodes[0].ring(1, 3);
      await second.reaches(3);
      second.unlisten();
      second.revisions.length = 0;
      nodes[0].ring(1, 4);
      await settled(nodes);
      assert.deepEqual([first.revisions, second.revisions], [[], []]);
      const again = listening(nodes[1], 1);
      await settled(nodes);
      nodes[0].ring(1, 5);
      await again.reaches(5);
    });

    it("takes rings that nobody listens for", async (t) => {
      const { nodes } = await open(t);
      for (let revision = 1; revision <= 100; revision += 1) nodes[0].ring(revision % 7, revision);
      await settled(nodes);
    });
  });
}

/** What doorbells over a broker promise besides. */
export function describeBrokerContract(name: string, open: OpenBroker): void {
  const openPair = async (t: TestContext) => {
    const { open: openNode, ...rest } = await open(t);
    return { nodes: [await openNode(), await openNode()] as const, open: openNode, ...rest };
  };
  describeDoorbellContract(name, openPair);

  describe(`the doorbell contract, ${name}, between processes`, { timeout: 120_000 }, () => {
    it("passes over all but the newest of many rings, for each workspace", async (t) => {
      const { nodes, overhear } = await openPair(t);
      const far = listening(nodes[1], 1);
      await settled(nodes);
      const passing = await overhear(1);
      for (let revision = 1; revision <= 10_000; revision += 1) nodes[0].ring(1, revision);
      await far.reaches(10_000);
      await settled(nodes);
      assert.ok(passing.count() <= 2, `${passing.count()} rings for what two can say`);
      for (let revision = 10_001; revision <= 10_300; revision += 1) {
        nodes[0].ring(1, revision);
        if (revision % 3 === 0) await turn();
      }
      await far.reaches(10_300);
      assert.ok(passing.count() <= 102, `${passing.count()} rings in 100 turns`);
      const rung = far.revisions.filter((revision) => revision !== Infinity);
      assert.ok(
        rung.every((revision, at) => revision > (rung[at - 1] ?? 0)),
        "never backwards",
      );
      await passing.close();
    });

    it("rings for a thousand workspaces at once", async (t) => {
      const { nodes } = await openPair(t);
      const ids = Array.from({ length: 1_000 }, (_, index) => 9_007_199_254_000_000 + index);
      const heard = ids.map((workspaceId) => listening(nodes[1], workspaceId));
      await settled(nodes);
      for (const [index, workspaceId] of ids.entries()) nodes[0].ring(workspaceId, 9_007_199_254_740_000 + index);
      for (const [index, one] of heard.entries()) await one.reaches(9_007_199_254_740_000 + index);
    });

    it("goes on listening when the broker was killed and is back, and then tells every listener to look", async (t) => {
      const { nodes, broker } = await openPair(t);
      const heard = nodes.flatMap((node) => [1, 2].map((workspaceId) => listening(node, workspaceId)));
      await settled(nodes);
      for (let round = 1; round <= 3; round += 1) {
        for (const one of heard) one.revisions.length = 0;
        await broker.kill();
        await broker.start();
        for (const one of heard) await one.reaches(Infinity);
        nodes[0].ring(1, round);
        nodes[1].ring(2, round);
        for (const one of heard) await one.until(() => one.revisions.includes(round));
      }
    });

    it("loses nothing but time while the broker is away: rings cost nothing, are heard here, and the newest goes out later", async (t) => {
      const { nodes, broker } = await openPair(t);
      const [near, far] = [listening(nodes[0], 1), listening(nodes[1], 1)];
      await settled(nodes);
      await broker.kill();
      for (let revision = 1; revision <= 20_000; revision += 1) nodes[0].ring(1, revision);
      assert.equal(near.revisions.filter((revision) => revision !== Infinity).length, 20_000);
      far.revisions.length = 0;
      await broker.start();
      await far.reaches(Infinity);
      await near.until(() => near.revisions.includes(Infinity));
      nodes[0].ring(1, 20_001);
      await far.until(() => far.revisions.includes(20_001));
      assert.ok(far.revisions.length < 10, `heard ${far.revisions.join()}`);
    });

    it("opens without the broker, and finds it when it comes", async (t) => {
      const { open, broker } = await openPair(t);
      await broker.kill();
      const late = await open();
      const heard = listening(late, 1);
      late.ring(1, 1);
      assert.deepEqual(heard.revisions, [1]);
      await broker.start();
      await heard.reaches(Infinity);
      const other = await open();
      other.ring(1, 2);
      await heard.until(() => heard.revisions.includes(2));
    });

    it("closes at once, with the broker there or away, and is silent then", async (t) => {
      const { nodes, open, broker } = await openPair(t);
      const closed = await open();
      const heard = listening(closed, 1);
      await closed.close();
      await closed.close();
      heard.revisions.length = 0;
      nodes[0].ring(1, 1);
      await settled(nodes);
      assert.deepEqual(heard.revisions, []);
      closed.ring(1, 2);
      await broker.kill();
      const away = await open();
      await Promise.all([away.close(), nodes[0].close(), nodes[1].close()]);
      await broker.start();
    });
  });
}

/** Listens, and keeps what was heard. */
function listening(doorbell: Doorbell, workspaceId: number) {
  const revisions: number[] = [];
  let wake = () => {};
  const unlisten = doorbell.listen(workspaceId, (revision) => {
    revisions.push(revision);
    wake();
  });
  const until = async (isThere: () => boolean) => {
    while (!isThere()) {
      const woken = Promise.withResolvers<void>();
      wake = woken.resolve;
      await woken.promise;
    }
  };
  return { revisions, unlisten, until, reaches: (revision: number) => until(() => revisions.at(-1) === revision) };
}

/**
 * Resolves once each node has heard what the other rang before: a ring of a workspace of its own follows the others through the
 * same connections, and is repeated until it is heard, because nobody knows when a node that has just begun to listen hears.
 */
async function settled(nodes: readonly [Doorbell, Doorbell]): Promise<void> {
  if (nodes[0] === nodes[1]) return;
  for (const [from, to] of [nodes, [nodes[1], nodes[0]] as const]) {
    const workspaceId = (probes += 1);
    const heard = Promise.withResolvers<void>();
    const unlisten = to.listen(workspaceId, (revision) => {
      if (revision !== Infinity) heard.resolve();
    });
    const again = setInterval(() => from.ring(workspaceId, 1), 5);
    await heard.promise;
    clearInterval(again);
    unlisten();
  }
}

let probes = 1_000_000;

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

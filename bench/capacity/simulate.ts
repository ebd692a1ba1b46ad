import { randomFor } from "../data/calls.ts";
import { changesPerSecond, type Shape } from "./shape.ts";

/** What happens in a stretch of the busiest hour: sums over the stretch. */
export type Happened = {
  readonly seconds: number;
  readonly nodes: readonly NodeHappened[];
};

export type NodeHappened = {
  readonly sockets: number;
  /** Workspaces that a socket of the node follows. */
  readonly followed: number;
  /** Changes that were made through this node, and those of them that logged a call. */
  readonly writes: number;
  readonly calls: number;
  /** Bells that it sends to the broker, and in how many turns to the broker and back: one at a time, and what is rung meanwhile shares the next. */
  readonly rings: number;
  readonly turns: number;
  /** Bells of others for workspaces followed here: what NATS hands to it. PostgreSQL hands it the bells of all others. */
  readonly heard: number;
  /** Reads of a log that found something: one for each change of its own that is followed here, one for each bell heard. */
  readonly logReads: number;
  /** Frames to sockets. */
  readonly deliveries: number;
  /** Frames of the busiest second. */
  readonly deliveriesPeak: number;
};

/** A change, as it happens to the installation. */
export type Occurrence = {
  /** Since the start, in milliseconds. */
  readonly atMs: number;
  /** The node that it is made through. */
  readonly node: number;
  readonly workspace: number;
  /** Whether it logs a call; else it is work on one. */
  readonly isCall: boolean;
};

/**
 * Where listeners are, and what happens in so many seconds of the busiest hour: changes come to workspaces by chance (a Poisson
 * process, the share of each by its rank), through a node chosen by chance. The same seed is the same run.
 */
export function draw(shape: Shape, { seconds, seed }: { readonly seconds: number; readonly seed: number }) {
  const random = randomFor(seed);
  const places = placeListeners(shape, random);
  const pick = byRank(shape.workspaces, shape.skew);
  const perSecond = changesPerSecond(shape);
  return { places, occurrences: occurrences() };

  function* occurrences(): Generator<Occurrence> {
    for (let atMs = next(0); atMs < seconds * 1_000; atMs = next(atMs)) {
      const node = Math.floor(random() * shape.nodes);
      const workspace = pick(random());
      yield { atMs, node, workspace, isCall: random() * shape.changesPerCall < 1 };
    }
  }

  function next(afterMs: number): number {
    return afterMs - (Math.log(1 - random()) * 1_000) / perSecond;
  }
}

/**
 * Counts what comes of a stretch of the busiest hour: each change is told to every node that has somebody who follows its workspace.
 * Nothing waits here but bells: what comes out is work to be done, not how long it takes.
 * @param bellMs how long the broker takes to answer a turn of bells
 */
export function simulate(
  shape: Shape,
  { seconds, seed, bellMs = 1 }: { readonly seconds: number; readonly seed: number; readonly bellMs?: number },
): Happened {
  const { places, occurrences } = draw(shape, { seconds, seed });
  const { nodes, told, endSecond, ended } = createTally(places, bellMs);
  let second = 0;
  for (const occurrence of occurrences) {
    for (; occurrence.atMs >= (second + 1) * 1_000; second++) endSecond();
    told(occurrence);
  }
  ended();
  return { seconds, nodes };
}

type Counted = { -readonly [Key in keyof NodeHappened]: NodeHappened[Key] };

/** Where listeners are: for each workspace the nodes that have some of them, with their number. */
export type Places = {
  readonly sockets: readonly number[];
  readonly followed: readonly number[];
  of(workspace: number): Iterable<readonly [node: number, sockets: number]>;
};

/** Counts what occurrences bring: `told` takes them, `endSecond` ends a second of theirs, `ended` all. */
export function createTally(places: Places, bellMs: number) {
  const nodes = places.sockets.map((sockets, at): Counted => {
    const none = { writes: 0, calls: 0, rings: 0, turns: 0, heard: 0, logReads: 0, deliveries: 0, deliveriesPeak: 0 };
    return { sockets, followed: places.followed[at] ?? 0, ...none };
  });
  const inSecond = nodes.map(() => 0);
  const bells = nodes.map(() => ({ answeredAtMs: Number.NEGATIVE_INFINITY, waiting: new Set<number>() }));
  return { nodes: nodes as readonly NodeHappened[], told: tell, endSecond, ended: end };

  /** In the order of their times. */
  function tell({ atMs, node: writer, workspace, isCall }: Occurrence): void {
    const own = nodes[writer] as Counted;
    own.writes += 1;
    if (isCall) own.calls += 1;
    for (const [node, sockets] of places.of(workspace)) {
      (nodes[node] as Counted).deliveries += sockets;
      inSecond[node] = (inSecond[node] ?? 0) + sockets;
      if (node === writer) own.logReads += 1;
    }
    const bell = bells[writer] as (typeof bells)[number];
    while (bell.waiting.size > 0 && bell.answeredAtMs <= atMs) sendWaiting(writer);
    bell.waiting.add(workspace);
    if (bell.answeredAtMs > atMs) return;
    bell.answeredAtMs = atMs;
    sendWaiting(writer);
  }

  function end(): void {
    for (const node of nodes.keys()) if ((bells[node]?.waiting.size ?? 0) > 0) sendWaiting(node);
    endSecond();
  }

  function sendWaiting(writer: number): void {
    const bell = bells[writer] as (typeof bells)[number];
    const own = nodes[writer] as Counted;
    own.turns += 1;
    own.rings += bell.waiting.size;
    bell.answeredAtMs += bellMs;
    for (const workspace of bell.waiting) {
      for (const [node] of places.of(workspace)) {
        if (node === writer) continue;
        (nodes[node] as Counted).heard += 1;
        (nodes[node] as Counted).logReads += 1;
      }
    }
    bell.waiting.clear();
  }

  function endSecond(): void {
    for (const [at, node] of nodes.entries()) {
      node.deliveriesPeak = Math.max(node.deliveriesPeak, inSecond[at] ?? 0);
      inSecond[at] = 0;
    }
  }
}

/** Each socket on a node of its own choice, as a balancer without stickiness has it. */
function placeListeners({ workspaces, listenersPerWorkspace, nodes }: Shape, random: () => number): Places {
  const counts = new Uint16Array(workspaces * nodes);
  const sockets = Array.from({ length: nodes }, () => 0);
  const followed = Array.from({ length: nodes }, () => 0);
  for (let workspace = 0; workspace < workspaces; workspace++) {
    for (let socket = 0; socket < listenersPerWorkspace; socket++) {
      const node = Math.floor(random() * nodes);
      const at = workspace * nodes + node;
      if (counts[at] === 0) followed[node] = (followed[node] ?? 0) + 1;
      counts[at] = (counts[at] ?? 0) + 1;
      sockets[node] = (sockets[node] ?? 0) + 1;
    }
  }
  return {
    sockets,
    followed,
    *of(workspace: number): Generator<readonly [node: number, sockets: number]> {
      for (let node = 0; node < nodes; node++) {
        const count = counts[workspace * nodes + node] ?? 0;
        if (count > 0) yield [node, count];
      }
    },
  };
}

/** From a number below 1 to the index of a workspace, the first one being the busiest. */
function byRank(workspaces: number, skew: number): (chance: number) => number {
  const sums = new Float64Array(workspaces);
  let sum = 0;
  for (let rank = 1; rank <= workspaces; rank++) sums[rank - 1] = sum += rank ** -skew;
  return (chance) => {
    let [low, high] = [0, workspaces - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > chance * sum) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

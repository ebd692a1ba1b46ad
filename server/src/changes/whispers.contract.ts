import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Presence } from "../domain/presence.ts";
import type { OpenDoorbell } from "./broker-doorbell.ts";
import { createPresenceBoard } from "./presence-board.ts";
import { type Whisper, whisperBytesMax, type Whispers } from "./whispers.ts";

/** Opens nodes for one test, which closes what it opened when it ends. */
export type OpenWhisperers = (t: TestContext) => Promise<{ readonly nodes: readonly Whispers[] }>;

/** What those between processes have besides. */
export type OpenWhisperBroker = (t: TestContext) => Promise<{
  /** A further node. */
  readonly open: () => Promise<OpenDoorbell>;
  /** kill -9, and the broker as it was left. */
  readonly broker: { kill(): Promise<void>; start(): Promise<void> };
}>;

/** The promises of the port `Whispers`, each as a test with the promise as its name. */
export function describeWhispersContract(name: string, open: OpenWhisperers): void {
  describe(`the whispers contract, ${name}`, { timeout: 60_000 }, () => {
    it("are heard by every other node in order, each with its workspace, and never by oneself", async (t) => {
      const { nodes } = await open(t);
      const heard = nodes.map((node) => listening(node));
      await settled(nodes);
      const [one = assert.fail("There is a node.")] = nodes;
      const sent = Array.from({ length: 300 }, (_, at) => ({ workspaceId: at % 3, message: `say ${at}` }));
      for (const whisper of sent) one.whisper(whisper);
      for (const other of heard.slice(1)) {
        await other.until(() => other.said("say").length === sent.length);
        assert.deepEqual(other.said("say"), sent);
      }
      await settled(nodes);
      assert.deepEqual(heard[0]?.said("say"), []);
    });

    it("carry any text of up to 1,024 bytes, and none that is longer", async (t) => {
      const { nodes } = await open(t);
      const heard = nodes.map((node) => listening(node));
      await settled(nodes);
      const texts = ["", "ä".repeat(whisperBytesMax / 2), "\u0001".repeat(whisperBytesMax), 'say "\n\\ \u{1f4de}'];
      const tooLong = "ä".repeat(whisperBytesMax / 2 + 1);
      for (const message of [texts[0], tooLong, ...texts.slice(1)]) {
        nodes[0]?.whisper({ workspaceId: 5, message: message ?? "" });
      }
      await settled(nodes);
      for (const other of heard.slice(1)) {
        assert.deepEqual(
          other.said("").map(({ message }) => message),
          texts,
        );
      }
    });

    it("are not heard by whoever has stopped listening", async (t) => {
      const { nodes } = await open(t);
      const heard = nodes.map((node) => listening(node));
      await settled(nodes);
      for (const one of heard) one.stop();
      const counts = heard.map(({ all }) => all.length);
      await settled(nodes);
      assert.deepEqual(
        heard.map(({ all }) => all.length),
        counts,
      );
    });
  });
}

/** What those over a broker promise besides. */
export function describeBrokerWhispersContract(name: string, open: OpenWhisperBroker): void {
  const opened = async (t: TestContext) => {
    const { open: openNode, broker } = await open(t);
    const bells = [await openNode(), await openNode()] as const;
    return { bells, nodes: bells.map(({ whispers }) => whispers), open: openNode, broker };
  };
  describeWhispersContract(name, opened);

  describe(`the whispers contract, ${name}, between processes`, { timeout: 120_000 }, () => {
    it("tell that some may have been missed, to each who begins to listen and after the broker was away", async (t) => {
      const { nodes, broker } = await opened(t);
      const heard = nodes.flatMap((node) => [listening(node), listening(node)]);
      for (const one of heard) await one.until(() => one.all.includes(null));
      for (const one of heard) one.all.length = 0;
      await broker.kill();
      for (const node of nodes)
        for (let at = 0; at < 20_000; at += 1) node.whisper({ workspaceId: 1, message: "lost" });
      await broker.start();
      for (const one of heard) await one.until(() => one.all.includes(null));
      await settled(nodes);
      nodes[0]?.whisper({ workspaceId: 1, message: "later" });
      for (const one of heard.slice(2)) await one.until(() => one.said("later").length === 1);
    });

    it("are silent once the node has closed", async (t) => {
      const { nodes, bells, open: openNode } = await opened(t);
      const closed = await openNode();
      const heard = listening(closed.whispers);
      await closed.close();
      heard.all.length = 0;
      closed.whispers.whisper({ workspaceId: 1, message: "x" });
      nodes[0]?.whisper({ workspaceId: 1, message: "y" });
      await settled(nodes);
      assert.deepEqual(heard.all, []);
      await bells[0].close();
    });

    it("show on every node who is at which call, also on one that begins later, until it is taken back", async (t) => {
      const { nodes, open: openNode } = await opened(t);
      const boardOn = (whispers: Whispers) => {
        const revocations = { has: () => false, onRevoked: () => () => undefined };
        const board = createPresenceBoard({ clock: { now: Date.now }, revocations, whispers });
        t.after(() => board.close());
        const seen = Promise.withResolvers<readonly Presence[]>();
        const gone = Promise.withResolvers<readonly Presence[]>();
        let most = 0;
        board.follow(1, (rows) => {
          most = Math.max(most, rows.length);
          if (rows.length === 2) seen.resolve(rows);
          if (rows.length === 1 && most === 2) gone.resolve(rows);
        });
        return { board, seen: seen.promise, gone: gone.promise };
      };
      const alive = setInterval(() => undefined, 1_000);
      t.after(() => clearInterval(alive));
      const [one, two] = nodes.map((node) => boardOn(node));
      const word = (id: string) => ({
        workspaceId: 1,
        tab: "tab",
        person: { id, username: `${id} ÄÖ"'` },
        sessionId: id,
        callId: 7,
        isWriting: true,
      });
      one?.board.say(word("ann"));
      two?.board.say(word("zoe"));
      const boards = [one, two, boardOn((await openNode()).whispers)];
      for (const node of boards) {
        const rows = await node?.seen;
        assert.deepEqual(new Set(rows?.map(({ person }) => person.id)), new Set(["ann", "zoe"]));
      }
      two?.board.say({ ...word("zoe"), callId: null });
      for (const node of boards) {
        const rows = await node?.gone;
        assert.deepEqual(
          rows?.map(({ person }) => person.username),
          [word("ann").person.username],
        );
      }
    });
  });
}

/** Listens, and keeps what was heard. */
function listening(node: Whispers) {
  const all: (Whisper | null)[] = [];
  let wake = () => {};
  const stop = node.listen((whisper) => {
    all.push(whisper);
    wake();
  });
  return {
    all,
    stop,
    said: (start: string) =>
      all.flatMap((whisper) =>
        whisper !== null && whisper.message.startsWith(start) && whisper.workspaceId < probesFrom ? [whisper] : [],
      ),
    async until(isThere: () => boolean) {
      while (!isThere()) {
        const woken = Promise.withResolvers<void>();
        wake = woken.resolve;
        await woken.promise;
      }
    },
  };
}

/** Resolves once each node has heard what each other whispered before: a probe follows, and is repeated until it is heard. */
async function settled(nodes: readonly Whispers[]): Promise<void> {
  for (const from of nodes) {
    for (const to of nodes) {
      if (from === to) continue;
      const workspaceId = (probes += 1);
      const heard = Promise.withResolvers<void>();
      const stop = to.listen((whisper) => {
        if (whisper?.workspaceId === workspaceId) heard.resolve();
      });
      const again = setInterval(() => from.whisper({ workspaceId, message: "probe" }), 5);
      await heard.promise;
      clearInterval(again);
      stop();
    }
  }
}

const probesFrom = 1_000_000;
let probes = probesFrom;

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Addition, Tallies } from "../domain/tallies.ts";

/** What a node is handed. `close` ends it and the database with it. */
export type OpenTallies = () => Promise<{
  readonly tallies: Tallies;
  /** Those of another node on the same database. */
  readonly others: Tallies;
  readonly close: () => Promise<void>;
}>;

/** The promises of the port `Tallies`. */
export function describeTallies(name: string, open: OpenTallies): void {
  describe(`what nodes count together, ${name}`, () => {
    let opened: Awaited<ReturnType<OpenTallies>>;
    before(async () => {
      opened = await open();
    });
    after(() => opened.close());

    const once = async (tallies: Tallies, addition: Addition, atMs: number) => {
      const [tally] = await tallies.add([addition], atMs);
      return tally;
    };

    it("an end that stays is that of the first addition, until it has passed", async () => {
      const { tallies, others } = opened;
      const addition = { key: randomUUID(), count: 1, end: "stays", lastsMs: 1_000, mostMs: 1_000 } as const;
      assert.deepEqual(await once(tallies, addition, 5_000), { count: 1, endsAtMs: 6_000 });
      assert.deepEqual(await once(others, addition, 5_999), { count: 2, endsAtMs: 6_000 });
      assert.deepEqual(await tallies.read([addition.key], 5_999), [{ count: 2, endsAtMs: 6_000 }]);
      assert.deepEqual(await tallies.read([addition.key], 6_000), [null]);
      assert.deepEqual(await once(others, addition, 6_000), { count: 1, endsAtMs: 7_000 });
    });

    it("an end that moves is that of the last addition", async () => {
      const { tallies, others } = opened;
      const addition = { key: randomUUID(), count: 2, end: "moves", lastsMs: 1_000, mostMs: 1_000 } as const;
      await once(tallies, addition, 5_000);
      assert.deepEqual(await once(others, addition, 5_500), { count: 4, endsAtMs: 6_500 });
      assert.deepEqual(await once(tallies, addition, 6_499), { count: 6, endsAtMs: 7_499 });
    });

    it("an end that grows is that of all additions after each other, and not further ahead than the most", async () => {
      const { tallies, others } = opened;
      const addition = { key: randomUUID(), count: 1, end: "grows", lastsMs: 40.5, mostMs: 100 } as const;
      assert.deepEqual(await once(tallies, addition, 5_000), { count: 1, endsAtMs: 5_040.5 });
      assert.deepEqual(await once(others, addition, 5_000), { count: 2, endsAtMs: 5_081 });
      assert.deepEqual(await once(tallies, addition, 5_001), { count: 3, endsAtMs: 5_101 });
      assert.deepEqual(await once(tallies, addition, 6_000), { count: 1, endsAtMs: 6_040.5 });
    });

    it("a clock that was set back keeps nobody waiting for longer than the most", async () => {
      const { tallies } = opened;
      for (const end of ["stays", "grows"] as const) {
        const addition = { key: randomUUID(), count: 1, end, lastsMs: 100, mostMs: 100 };
        await once(tallies, addition, 9_000);
        assert.equal((await once(tallies, addition, 1_000))?.endsAtMs, 1_100);
      }
    });

    it("many nodes that add at once count each addition, in any order of keys", async () => {
      const { tallies, others } = opened;
      const keys = Array.from({ length: 20 }, () => randomUUID());
      const additions = keys.map((key) => ({ key, count: 1, end: "moves", lastsMs: 1_000, mostMs: 1_000 }) as const);
      const rounds = Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? tallies : others).add(at % 3 === 0 ? additions : additions.toReversed(), 5_000),
      );
      await Promise.all(rounds);
      const all = await others.read(keys, 5_000);
      assert.deepEqual(
        all,
        keys.map(() => ({ count: 20, endsAtMs: 6_000 })),
      );
    });

    it("tells what each key has come to in the order asked, what was cleared not at all", async () => {
      const { tallies, others } = opened;
      const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()] as const;
      const lasting = (key: string, lastsMs: number) =>
        ({ key, count: 1, end: "moves", lastsMs, mostMs: lastsMs }) as const;
      const told = await tallies.add([lasting(second, 20), lasting(first, 10)], 0);
      assert.deepEqual(
        told.map(({ endsAtMs }) => endsAtMs),
        [20, 10],
      );
      await others.clear([second, third]);
      const [one, two] = await others.read([first, second], 0);
      assert.deepEqual([one?.endsAtMs, two], [10, null]);
      assert.deepEqual(await others.read([], 0), []);
    });

    it("what has ended is forgotten when asked to, and nothing else", async () => {
      const { tallies } = opened;
      const [ended, running] = [randomUUID(), randomUUID()];
      await once(tallies, { key: ended, count: 1, end: "moves", lastsMs: 10, mostMs: 10 }, 0);
      await once(tallies, { key: running, count: 1, end: "moves", lastsMs: 1e12, mostMs: 1e12 }, 0);
      assert.ok((await tallies.prune(100)) >= 1);
      assert.deepEqual(await tallies.read([ended], 0), [null]);
      assert.notDeepEqual(await tallies.read([running], 0), [null]);
    });
  });
}

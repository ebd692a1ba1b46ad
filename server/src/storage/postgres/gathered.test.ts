import assert from "node:assert/strict";
import { test } from "node:test";
import { gathered } from "./gathered.ts";

test("questions of one turn are asked together, each key once; what is not found is undefined", async () => {
  const asked: (readonly number[])[] = [];
  const square = gathered(async (keys) => {
    asked.push(keys);
    return new Map(keys.filter((key) => key !== 3).map((key) => [key, key * key]));
  });
  assert.deepEqual(await Promise.all([2, 3, 2, 4].map(square)), [4, undefined, 4, 16]);
  assert.equal(await square(2), 4);
  assert.deepEqual(asked, [[2, 3, 4], [2]], "a later turn asks again: nothing is kept");
});

test("a question that is asked while others are on their way is not answered by theirs", async () => {
  const answers: PromiseWithResolvers<ReadonlyMap<number, number>>[] = [];
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const latest = gathered(() => {
    const answer = Promise.withResolvers<ReadonlyMap<number, number>>();
    begun[answers.push(answer) - 1]?.resolve();
    return answer.promise;
  });
  const first = latest(1);
  await begun[0]?.promise;
  const second = latest(1);
  await begun[1]?.promise;
  answers[1]?.resolve(new Map([[1, 20]]));
  answers[0]?.resolve(new Map([[1, 10]]));
  assert.deepEqual(await Promise.all([first, second]), [10, 20]);
});

test("many are asked in several goes, and a failure fails those of its go alone", async () => {
  const sizes: number[] = [];
  const find = gathered(async (keys) => {
    sizes.push(keys.length);
    if (keys.includes(1_500)) throw new Error("on purpose");
    return new Map(keys.map((key) => [key, key]));
  });
  const settled = await Promise.allSettled(Array.from({ length: 2_500 }, (_, key) => find(key)));
  assert.deepEqual(sizes, [1_000, 1_000, 500]);
  assert.equal(settled.filter(({ status }) => status === "rejected").length, 1_000);
});

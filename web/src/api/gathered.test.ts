import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { type Client, createRequest, type ExchangeIO, makeOperation, type OperationResult } from "@urql/core";
import { filter, makeSubject, pipe, subscribe } from "wonka";
import { gatherChanges, gatheredIn } from "./gathered.ts";

const context = { url: "", requestPolicy: "cache-first" as const };
const request = createRequest("subscription { changeStream { cursor } }", {});
const operation = makeOperation("subscription", request, context);

describe("gathered changes", () => {
  const operations = makeSubject<typeof operation>();
  const results = makeSubject<OperationResult>();
  let told: { cursors: string[]; hasNext: boolean }[] = [];

  const forward: ExchangeIO = (operations$) => {
    pipe(
      operations$,
      filter(() => false),
      subscribe(() => {}),
    );
    return results.source;
  };
  pipe(
    gatherChanges({ client: {} as Client, forward, dispatchDebug: () => {} })(operations.source),
    subscribe(({ extensions, data, hasNext }) => {
      const cursors = gatheredIn(extensions).map(({ cursor }) => cursor);
      assert.deepEqual(
        gatheredIn(data).map(({ cursor }) => cursor),
        cursors,
      );
      told.push({ cursors, hasNext });
    }),
  );
  const come = (cursor: string, hasNext = true) =>
    results.next({
      operation,
      data: { changeStream: { __typename: "Change", cursor } },
      stale: false,
      hasNext,
    });

  beforeEach(() => (told = []));

  it("go on at once after a pause, and as one where they come close together, in their order", (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    operations.next(operation);
    come("1");
    t.mock.timers.tick(0);
    assert.deepEqual(told, [{ cursors: ["1"], hasNext: true }]);
    come("2");
    come("3");
    come("4");
    assert.equal(told.length, 1);
    t.mock.timers.tick(100);
    assert.deepEqual(told[1], { cursors: ["2", "3", "4"], hasNext: true });
    t.mock.timers.tick(1_000);
    assert.equal(told.length, 2);
  });

  it("go on before what ends the subscription, which repeats the last of them", (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    come("5");
    come("6");
    come("6", false);
    assert.deepEqual(told, [
      { cursors: ["5", "6"], hasNext: true },
      { cursors: [], hasNext: false },
    ]);
  });

  it("are forgotten with the subscription: the next one goes on from what was heard", (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    come("7");
    operations.next(makeOperation("teardown", operation));
    t.mock.timers.tick(1_000);
    assert.deepEqual(told, []);
  });
});

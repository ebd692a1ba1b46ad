import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createTestCore, parametersOf } from "../../../test/support/core.ts";
import { DomainError } from "../domain/errors.ts";
import type { Storage } from "../domain/storage.ts";

const asAnn = { workspaceId: 1, actor: { kind: "user", id: "ann" }, atMs: 0 } as const;
const query = "subscription { changeStream { __typename cursor ... on Change { kind call { id contact { name } } } } }";

/** A core whose contacts come from a database that is asked over a network. */
async function createLateCore(shown: (find: () => Promise<unknown>) => Promise<unknown>) {
  return createTestCore({
    around: (storage: Storage): Storage => ({
      ...storage,
      contacts: {
        ...storage.contacts,
        revision: async (workspaceId) => storage.contacts.revision(workspaceId),
        shown: (workspaceId, e164) =>
          shown(async () => storage.contacts.shown(workspaceId, e164)) as ReturnType<Storage["contacts"]["shown"]>,
      },
    }),
  });
}

async function follow(test: Awaited<ReturnType<typeof createLateCore>>) {
  const items: { readonly cursor: string; readonly call?: object }[] = [];
  let wake = () => {};
  await test.core.subscribe(parametersOf(query), test.caller(), {
    next(payload) {
      const { data, errors } = JSON.parse(payload);
      assert.equal(errors, undefined);
      items.push(data.changeStream);
      wake();
    },
    error: assert.fail,
    complete: () => undefined,
  });
  return async (count: number) => {
    while (items.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return items;
  };
}

describe("live updates of a database that answers later", () => {
  it("come in the order of the log, however late each of its names comes, and are asked for once for all", async () => {
    let asked = 0;
    const test = await createLateCore(async (find) => {
      asked += 1;
      await pause(asked % 3 === 0 ? 0 : 10);
      return find();
    });
    const { epoch } = await test.storage.changes.head(1);
    const followers = await Promise.all([follow(test), follow(test), follow(test)]);
    for (let count = 0; count < 6; count += 1) await test.storage.calls.toggleArchived(asAnn, 1);
    for (const items of followers) {
      assert.deepEqual(
        (await items(7)).map(({ cursor }) => cursor),
        [3, 4, 5, 6, 7, 8, 9].map((revision) => `${epoch}:${revision}`),
      );
    }
    assert.equal(asked, 6);
    assert.deepEqual((await followers[0]?.(7))?.at(-1)?.call, { id: "1", contact: null });
  });

  it("wait for a database that is away, and miss nothing", async () => {
    let failuresLeft = 2;
    const test = await createLateCore(async (find) => {
      failuresLeft -= 1;
      if (failuresLeft >= 0) throw new DomainError("UNAVAILABLE", "away");
      return find();
    });
    const items = await follow(test);
    await test.storage.calls.toggleArchived(asAnn, 2);
    assert.deepEqual((await items(2))[1]?.call, { id: "2", contact: null });
    assert.equal(failuresLeft, -1);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createInbox } from "../../domain/inbox.ts";
import type { Call } from "../../domain/call.ts";
import { createIntake } from "../../domain/intake.ts";
import { scopesOf } from "../../domain/authorisation.ts";
import { firstWorkspaceId, type Principal } from "../../domain/workspace.ts";
import { readGenericCall } from "../../ingest/generic.ts";
import { createMemoryStorage } from "../../storage/memory-model.ts";
import { createLiveCalls } from "./calls.ts";
import { chooseDeed, colleagueNames, startColleagues } from "./colleagues.ts";
import { demoRecord } from "./seed.ts";
import { createRandom } from "./random.ts";

const nowMs = Date.UTC(2026, 9, 14, 15, 30);

describe("the demo's colleagues", () => {
  it("bring calls in, leave notes and archive, each under one of their names, and stop when asked", async () => {
    const storage = createMemoryStorage();
    const clock = { now: () => nowMs };
    const intake = createIntake({ storage, clock });
    const source = {
      id: "s",
      workspaceId: firstWorkspaceId,
      name: "Demo",
      kind: "generic",
      createdAtMs: nowMs,
    } as const;
    await storage.sources.add(source, "0".repeat(64));
    const live = createLiveCalls({ seed: 1, utcOffsetMinutes: 0 });
    const people: Principal[] = colleagueNames.map((username) => ({
      kind: "user",
      workspaceId: firstWorkspaceId,
      userId: username,
      username,
      role: "member",
      scopes: scopesOf("member"),
      sessionId: "demo",
      expiresAtMs: Number.MAX_SAFE_INTEGER,
    }));
    const enough = Promise.withResolvers<void>();
    let waits = 0;
    const colleagues = startColleagues({
      inbox: createInbox({ storage, clock }),
      people,
      nextCall: () => live.next(nowMs),
      async logCall(call) {
        const reading = readGenericCall(demoRecord(call), { strict: true });
        assert.ok(reading.ok);
        await intake.accept(source, [reading.delivery]);
      },
      random: createRandom(5),
      async wait(ms, signal) {
        assert.ok(ms >= 1_000 && ms <= 10_000);
        waits += 1;
        if (waits <= 120) return;
        enough.resolve();
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      },
      report: enough.reject,
    });
    await enough.promise;
    await colleagues.stop();

    const changes = await storage.changes.after(firstWorkspaceId, 0, 1_000);
    const kinds = Map.groupBy(changes, ({ kind }) => kind);
    for (const kind of ["call.logged", "note.added", "call.archived"] as const) {
      assert.ok((kinds.get(kind)?.length ?? 0) >= 10, kind);
    }
    const names = changes.flatMap(({ actor }) => (actor.kind === "user" ? [actor.id] : []));
    assert.deepEqual([...new Set(names)].toSorted(), colleagueNames.toSorted());
    assert.equal(waits, 121);
  });

  it("never empty the inbox: with few open calls only new ones come", () => {
    const call = { isArchived: false, notes: [] } as unknown as Call;
    const random = createRandom(9);
    for (let round = 0; round < 200; round += 1) {
      assert.equal(chooseDeed([call, call, { ...call, isArchived: true }], random).kind, "call");
    }
  });
});

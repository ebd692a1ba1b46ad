import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { FeedPosition } from "../domain/call.ts";
import type { Actor } from "../domain/change.ts";
import { DomainError } from "../domain/errors.ts";
import type { Delivery, Source } from "../domain/source.ts";
import type { Awaitable, IdempotencyKey, Storage } from "../domain/storage.ts";
import { anyFacts, anyTime } from "./contract-arbitraries.ts";
import { hourMs, noonMs, pbx, withStorage } from "./contract-samples.ts";
import { createMemoryStorage } from "./memory-model.ts";
import type { OpenStorage } from "./storage.contract.ts";

/** The database against the model: the same random writes, then the same random questions. */
export function describeModel(open: OpenStorage): void {
  describe("the model", () => {
    it("any writes leave pages, walks, counts, calls and changes as the model has them", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        // Each run has a workspace of its own in the one database, which also holds them apart.
        let lastWorkspaceId = 100;
        const groups = fc.array(anyGroup, { maxLength: 12 });
        const questions = fc.array(anyQuestion, { minLength: 5, maxLength: 25 });
        const property = fc.asyncProperty(groups, questions, async (groups, questions) => {
          const workspaceId = ++lastWorkspaceId;
          await addWorkspace(workspaceId, `run ${workspaceId}`);
          const model = createMemoryStorage();
          model.addWorkspace(workspaceId, `run ${workspaceId}`);
          let atMs = noonMs;
          for (const { laterMs, writes } of groups) {
            atMs += laterMs;
            const both = [storage, model].map((target) =>
              Promise.all(writes.map((write) => outcome(() => perform(target, write, workspaceId, atMs)))),
            );
            const [answers, expected] = await Promise.all(both);
            assert.deepEqual(answers, expected);
          }
          const whole = { kind: "page", offset: 0, limit: 1_000 } as const;
          for (const question of [whole, ...questions]) {
            const [answer, expected] = [storage, model].map((target) =>
              outcome(() => ask(target, question, workspaceId)),
            );
            assert.deepEqual(await answer, await expected);
          }
          const { revision } = await storage.changes.head(workspaceId);
          assert.equal(revision, (await model.changes.head(workspaceId)).revision);
        });
        await fc.assert(property, { numRuns: 60 });
        assert.deepEqual((await storage.check()).problems, []);
      }));

    it("a call looks as before unless a change since then names it", () =>
      withStorage(open, async ({ storage, addWorkspace }) => {
        let lastWorkspaceId = 100;
        const property = fc.asyncProperty(fc.array(anyGroup, { maxLength: 8 }), async (groups) => {
          const workspaceId = ++lastWorkspaceId;
          await addWorkspace(workspaceId, `run ${workspaceId}`);
          for (const { laterMs, writes } of groups) {
            const before = await wholeFeed(storage, workspaceId);
            const atMs = noonMs + laterMs;
            await Promise.all(writes.map((write) => outcome(() => perform(storage, write, workspaceId, atMs))));
            const { texts } = await wholeFeed(storage, workspaceId);
            const changed = await changedSince(storage, workspaceId, before.revision);
            if (changed === null) continue;
            const altered = [...texts].filter(([callId, text]) => before.texts.get(callId) !== text);
            assert.deepEqual(
              altered.filter(([callId]) => !changed.has(callId)),
              [],
            );
          }
        });
        await fc.assert(property, { numRuns: 30 });
      }));
  });
}

async function wholeFeed(storage: Storage, workspaceId: number) {
  const { calls, revision } = await storage.calls.page(workspaceId, 0, 1_000);
  return { revision, texts: new Map(calls.map((call) => [call.id, JSON.stringify(call)])) };
}

/** The calls that the changes after a revision name, or null when those are no longer kept. */
async function changedSince(storage: Storage, workspaceId: number, revision: number): Promise<Set<number> | null> {
  try {
    const changes = await storage.changes.after(workspaceId, revision, 1_000);
    return new Set(changes.map(({ call }) => call.id));
  } catch (error) {
    if (error instanceof DomainError && error.code === "RESUME_GAP") return null;
    throw error;
  }
}

/** A write as data, so that a failing run prints what it did. */
type Write =
  | { readonly kind: "accept"; readonly sourceId: string; readonly deliveries: readonly Delivery[] }
  | {
      readonly kind: "toggleArchived";
      readonly callId: number;
      readonly actor: Actor;
      readonly idempotency: IdempotencyKey | undefined;
    }
  | {
      readonly kind: "addNote";
      readonly callId: number;
      readonly actor: Actor;
      readonly idempotency: IdempotencyKey | undefined;
      readonly content: string;
    }
  | { readonly kind: "prune"; readonly backMs: number; readonly keepCount: number };

async function perform(storage: Storage, write: Write, workspaceId: number, atMs: number): Promise<unknown> {
  switch (write.kind) {
    case "accept": {
      const source: Source = { ...pbx, id: write.sourceId, workspaceId };
      return storage.sources.accept(source, write.deliveries, atMs);
    }
    case "toggleArchived":
      return storage.calls.toggleArchived({ ...write, workspaceId, atMs }, write.callId);
    case "addNote":
      return storage.calls.addNote({ ...write, workspaceId, atMs }, write.callId, write.content);
    case "prune":
      return storage.changes.prune(workspaceId, atMs - write.backMs, write.keepCount);
  }
}

type Question =
  | { readonly kind: "page"; readonly offset: number; readonly limit: number }
  | { readonly kind: "after"; readonly position: FeedPosition | null; readonly limit: number }
  | { readonly kind: "changes"; readonly revision: number; readonly limit: number }
  | { readonly kind: "find"; readonly callId: number }
  | { readonly kind: "places"; readonly offset: number; readonly limit: number }
  | { readonly kind: "some"; readonly callIds: readonly number[] };

function ask(storage: Storage, question: Question, workspaceId: number): Awaitable<unknown> {
  switch (question.kind) {
    case "page":
      return storage.calls.page(workspaceId, question.offset, question.limit);
    case "after":
      return storage.calls.after(workspaceId, question.position, question.limit);
    case "changes":
      return storage.changes.after(workspaceId, question.revision, question.limit);
    case "find":
      return storage.calls.find(workspaceId, question.callId);
    case "places":
      return storage.calls.places(workspaceId, question.offset, question.limit);
    case "some":
      return storage.calls.some(workspaceId, question.callIds);
  }
}

const anyDelivery: fc.Arbitrary<Delivery> = fc
  .record({
    deliveryKey: fc.constantFrom(...Array.from({ length: 20 }, (_, at) => `d${at}`)),
    groupKey: fc.constantFrom("g1", "g2", "g3", "g4", "g5", "g6", "g7"),
    digest: fc.constantFrom("x", "x", "x", "y"),
    facts: fc.option(anyFacts, { freq: 8 }),
  })
  .map((given) =>
    Object.assign(given, { raw: JSON.stringify(given), problem: given.facts === null ? "unreadable" : null }),
  );

const anyCallId = fc.integer({ min: 1, max: 7 });

const anyActor = fc.constantFrom<Actor>({ kind: "user", id: "anna" }, { kind: "user", id: "bob" });

const anyKey = fc.option(
  fc.record({
    key: fc.constantFrom("k1", "k2"),
    part: fc.constantFrom("p1", "p2"),
    fingerprint: fc.constantFrom("f", "f", "f", "other"),
  }),
  { nil: undefined },
);

const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    kind: fc.constant("accept"),
    sourceId: fc.constantFrom("s1", "s2"),
    deliveries: fc.array(anyDelivery, { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ kind: fc.constant("toggleArchived"), callId: anyCallId, actor: anyActor, idempotency: anyKey }),
  fc.record({
    kind: fc.constant("addNote"),
    callId: anyCallId,
    actor: anyActor,
    idempotency: anyKey,
    content: fc.string({ unit: "grapheme" }),
  }),
  fc.record({
    kind: fc.constant("prune"),
    backMs: fc.integer({ min: 0, max: 60 * hourMs }),
    keepCount: fc.nat(20),
  }),
);

/** Writes that are asked for at once, some time after those before them. */
const anyGroup = fc.record({
  laterMs: fc.constantFrom(0, 1, hourMs, 23 * hourMs),
  writes: fc.array(anyWrite, { minLength: 1, maxLength: 8 }),
});

const anyQuestion: fc.Arbitrary<Question> = fc.oneof(
  fc.record({ kind: fc.constant("page"), offset: fc.nat(20), limit: fc.nat(8) }),
  fc.record({
    kind: fc.constant("after"),
    position: fc.option(fc.record({ createdAtMs: anyTime, id: anyCallId })),
    limit: fc.nat(8),
  }),
  fc.record({ kind: fc.constant("changes"), revision: fc.nat(40), limit: fc.nat(8) }),
  fc.record({ kind: fc.constant("find"), callId: anyCallId }),
  fc.record({ kind: fc.constant("places"), offset: fc.nat(20), limit: fc.nat(8) }),
  fc.record({ kind: fc.constant("some"), callIds: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 6 }) }),
);

/** What it answers, or the code with which it fails; a failure without a code is no answer. */
async function outcome(ask: () => Awaitable<unknown>): Promise<unknown> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, message: error.message };
    throw error;
  }
}

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { FeedPosition } from "../domain/call.ts";
import type { Actor } from "../domain/change.ts";
import { DomainError } from "../domain/errors.ts";
import type { Wanted } from "../domain/many-calls.ts";
import type { Delivery, Source } from "../domain/source.ts";
import type { Awaitable, IdempotencyKey, Storage } from "../domain/storage.ts";
import { anyFacts, anyTime } from "./contract-arbitraries.ts";
import { hourMs, noonMs, pbx, user, withStorage } from "./contract-samples.ts";
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
          for (const target of [storage, model]) {
            for (const name of people) {
              await target.users.add(
                user(`${name}-${workspaceId}`, { workspaceId, username: `${name} ${workspaceId}` }),
                "",
              );
            }
          }
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
  | { readonly kind: "prune"; readonly backMs: number; readonly keepCount: number }
  | (Terms & { readonly kind: "setMany"; readonly callIds: readonly number[]; readonly wanted: Wanted })
  | (Terms & { readonly kind: "undoMany"; readonly revisions: readonly number[] })
  | (Terms & { readonly kind: "editNote"; readonly noteId: number; readonly content: string })
  | (Terms & { readonly kind: "deleteNote"; readonly noteId: number })
  | (Terms & { readonly kind: "setTag"; readonly callId: number; readonly tag: string; readonly isTagged: boolean })
  | (Terms & { readonly kind: "assign"; readonly callId: number; readonly to: string | null })
  | (Terms & { readonly kind: "undo"; readonly revision: number })
  | {
      readonly kind: "setUnread";
      readonly by: string;
      readonly callIds: readonly number[];
      readonly isUnread: boolean;
    }
  | { readonly kind: "readAll"; readonly by: string }
  | { readonly kind: "deleteOld"; readonly actor: Actor; readonly beforeMs: number; readonly limit: number }
  | { readonly kind: "deleteOfNumber"; readonly actor: Actor; readonly keys: readonly string[]; readonly limit: number }
  | { readonly kind: "pruneDeliveries"; readonly beforeMs: number }
  | { readonly kind: "keep"; readonly days: number | null };

type Terms = {
  readonly actor: Actor;
  readonly idempotency: IdempotencyKey | undefined;
  readonly ifRevision: number | undefined;
};

async function perform(storage: Storage, given: Write, workspaceId: number, atMs: number): Promise<unknown> {
  const write = withUsersOf(given, workspaceId);
  switch (write.kind) {
    case "setMany": {
      const { wanted } = write;
      const isOfUser = wanted.part === "assignee" && wanted.userId !== null;
      const of = isOfUser ? { ...wanted, userId: `${wanted.userId}-${workspaceId}` } : wanted;
      return storage.calls.setMany({ ...write, workspaceId, atMs }, write.callIds, of);
    }
    case "undoMany":
      return storage.calls.undoMany({ ...write, workspaceId, atMs }, write.revisions);
    case "editNote":
      return storage.calls.editNote({ ...write, workspaceId, atMs }, write.noteId, write.content);
    case "deleteNote":
      return storage.calls.deleteNote({ ...write, workspaceId, atMs }, write.noteId);
    case "setTag":
      return storage.calls.setTag({ ...write, workspaceId, atMs }, write.callId, write.tag, write.isTagged);
    case "assign": {
      const userId = write.to && `${write.to}-${workspaceId}`;
      return storage.calls.assign({ ...write, workspaceId, atMs }, write.callId, userId);
    }
    case "undo":
      return storage.calls.undo({ ...write, workspaceId, atMs }, write.revision);
    case "accept": {
      const source: Source = { ...pbx, id: write.sourceId, workspaceId };
      return storage.sources.accept(source, write.deliveries, atMs);
    }
    case "toggleArchived":
      return storage.calls.toggleArchived({ ...write, workspaceId, atMs }, write.callId);
    case "addNote":
      return storage.calls.addNote({ ...write, workspaceId, atMs }, write.callId, write.content);
    case "setUnread":
      return storage.unread.set(workspaceId, `${write.by}-${workspaceId}`, write.callIds, write.isUnread);
    case "readAll":
      return storage.unread.readAll(workspaceId, `${write.by}-${workspaceId}`);
    case "deleteOld":
      return storage.retention.deleteOld({ ...write, workspaceId, atMs }, write.beforeMs, write.limit);
    case "deleteOfNumber":
      return storage.retention.deleteOfNumber({ ...write, workspaceId, atMs }, write.keys, write.limit);
    case "pruneDeliveries":
      return storage.retention.pruneDeliveries(workspaceId, write.beforeMs, 1_000);
    case "keep":
      return storage.settings.setWorkspace(workspaceId, { name: "run", timeZone: "UTC", callsKeptDays: write.days });
    case "prune":
      return storage.changes.prune(workspaceId, atMs - write.backMs, write.keepCount);
  }
}

/** Users are unique in the database, so each run has its own. */
function withUsersOf(write: Write, workspaceId: number): Write {
  if (!("actor" in write) || write.actor.kind !== "user") return write;
  return { ...write, actor: { kind: "user", id: `${write.actor.id}-${workspaceId}` } };
}

type Question =
  | {
      readonly kind: "latest";
      readonly which: { readonly callId: number | null; readonly before: number | null };
      readonly limit: number;
    }
  | { readonly kind: "page"; readonly offset: number; readonly limit: number }
  | { readonly kind: "after"; readonly position: FeedPosition | null; readonly limit: number }
  | { readonly kind: "changes"; readonly revision: number; readonly limit: number }
  | { readonly kind: "find"; readonly callId: number }
  | { readonly kind: "places"; readonly offset: number; readonly limit: number }
  | { readonly kind: "some"; readonly callIds: readonly number[] }
  | { readonly kind: "unread"; readonly by: string; readonly callIds: readonly number[] }
  | { readonly kind: "unreadPage"; readonly by: string; readonly is: boolean };

function ask(storage: Storage, question: Question, workspaceId: number): Awaitable<unknown> {
  switch (question.kind) {
    case "page":
      return storage.calls.page(workspaceId, question.offset, question.limit);
    case "after":
      return storage.calls.after(workspaceId, question.position, question.limit);
    case "changes":
      return storage.changes.after(workspaceId, question.revision, question.limit);
    case "latest":
      return storage.changes.latest(workspaceId, question.which, question.limit);
    case "find":
      return storage.calls.find(workspaceId, question.callId);
    case "places":
      return storage.calls.places(workspaceId, question.offset, question.limit);
    case "some":
      return storage.calls.some(workspaceId, question.callIds);
    case "unread":
      return storage.unread.among(workspaceId, `${question.by}-${workspaceId}`, question.callIds);
    case "unreadPage": {
      const { by, is } = question;
      return storage.calls.page(workspaceId, 0, 10, { kind: "unread", userId: `${by}-${workspaceId}`, is });
    }
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

const people = ["anna", "bob"] as const;

const anyActor = fc.constantFrom<Actor>({ kind: "user", id: "anna" }, { kind: "user", id: "bob" });

const anyKey = fc.option(
  fc.record({
    key: fc.constantFrom("k1", "k2"),
    part: fc.constantFrom("p1", "p2"),
    fingerprint: fc.constantFrom("f", "f", "f", "other"),
  }),
  { nil: undefined },
);

const anyTerms = {
  actor: anyActor,
  idempotency: anyKey,
  ifRevision: fc.option(fc.nat(40), { nil: undefined, freq: 3 }),
};

const anyTag = fc.constantFrom("vip", "call back", "\u{1f600}");

const anyNoteId = fc.integer({ min: 1, max: 12 });

/** Answers about many are of another form: the same request never asks for the one and then for the other. */
const anyTermsOfMany = {
  ...anyTerms,
  idempotency: anyKey.map((given) => given && { ...given, key: `${given.key} for many` }),
};

const anyWanted: fc.Arbitrary<Wanted> = fc.oneof(
  fc.record({ part: fc.constant("archived"), is: fc.boolean() }),
  fc.record({ part: fc.constant("tag"), tag: anyTag, is: fc.boolean() }),
  fc.record({ part: fc.constant("assignee"), userId: fc.constantFrom("anna", "bob", "nobody we know", null) }),
);

const anyEdit: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    kind: fc.constant("setMany"),
    callIds: fc.array(anyCallId, { maxLength: 5 }),
    wanted: anyWanted,
    ...anyTermsOfMany,
  }),
  fc.record({
    kind: fc.constant("undoMany"),
    revisions: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
    ...anyTermsOfMany,
  }),
  fc.record({
    kind: fc.constant("editNote"),
    noteId: anyNoteId,
    content: fc.constantFrom("a", "b", "\u{1f600}"),
    ...anyTerms,
  }),
  fc.record({ kind: fc.constant("deleteNote"), noteId: anyNoteId, ...anyTerms }),
  fc.record({ kind: fc.constant("setTag"), callId: anyCallId, tag: anyTag, isTagged: fc.boolean(), ...anyTerms }),
  fc.record({
    kind: fc.constant("assign"),
    callId: anyCallId,
    to: fc.constantFrom("anna", "bob", "nobody we know", null),
    ...anyTerms,
  }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("undo"), revision: fc.integer({ min: 1, max: 40 }), ...anyTerms }),
  },
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
  fc.record({
    kind: fc.constant("setUnread"),
    by: fc.constantFrom(...people),
    callIds: fc.uniqueArray(anyCallId, { maxLength: 4 }),
    isUnread: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("readAll"), by: fc.constantFrom(...people) }),
  fc.record({
    kind: fc.constant("deleteOld"),
    actor: anyActor,
    beforeMs: anyTime,
    limit: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    kind: fc.constant("deleteOfNumber"),
    actor: anyActor,
    keys: fc.uniqueArray(fc.constantFrom("+4930111", "+33140000000"), { minLength: 1 }),
    limit: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ kind: fc.constant("pruneDeliveries"), beforeMs: anyTime }),
  fc.record({ kind: fc.constant("keep"), days: fc.option(fc.constantFrom(1, 2, 3_000), { freq: 1 }) }),
  { weight: 9, arbitrary: anyEdit },
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
  fc.record({
    kind: fc.constant("latest"),
    which: fc.record({ callId: fc.option(anyCallId), before: fc.option(fc.nat(40)) }),
    limit: fc.nat(8),
  }),
  fc.record({ kind: fc.constant("find"), callId: anyCallId }),
  fc.record({ kind: fc.constant("places"), offset: fc.nat(20), limit: fc.nat(8) }),
  fc.record({ kind: fc.constant("some"), callIds: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 6 }) }),
  fc.record({
    kind: fc.constant("unread"),
    by: fc.constantFrom(...people),
    callIds: fc.uniqueArray(anyCallId, { minLength: 3 }),
  }),
  fc.record({ kind: fc.constant("unreadPage"), by: fc.constantFrom(...people), is: fc.boolean() }),
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

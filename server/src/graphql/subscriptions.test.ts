import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scopesOf } from "../domain/authorisation.ts";
import { createTestCore, parametersOf } from "../../../test/support/core.ts";
import { createTestNames } from "../../../test/support/names.ts";
import { createTestUnread } from "../../../test/support/unread.ts";
import { createTestPresence } from "../../../test/support/presence.ts";
import { createPlainFeed } from "../../../test/support/plain-feed.ts";
import { createRecordingLog } from "../../../test/support/recording-log.ts";
import type { Storage } from "../domain/storage.ts";
import type { GraphqlParameters, SubscriptionSink } from "./core.ts";
import { createDocuments } from "./documents.ts";
import { executableSchema, readSdl } from "./schema.ts";
import { createSubscriptions } from "./subscriptions.ts";

type Payload = { readonly data: Record<string, unknown>; readonly extensions: { readonly cursor: string } };

/** A sink that lets a test wait for so many results. */
function createSink() {
  const payloads: string[] = [];
  let errors: string | null = null;
  let wake = () => {};
  const sink: SubscriptionSink = {
    next(payload) {
      payloads.push(payload);
      wake();
    },
    error(text) {
      errors = text;
      wake();
    },
    complete: () => undefined,
  };
  return {
    sink,
    payloads,
    error: () => errors,
    received: async (count: number): Promise<Payload[]> => {
      while (payloads.length < count) {
        assert.equal(errors, null);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return payloads.map((payload) => JSON.parse(payload) as Payload);
    },
  };
}

const asAnn = { kind: "user", id: "ann" } as const;
const archive = (storage: Storage, callId: number) =>
  storage.calls.toggleArchived({ workspaceId: 1, actor: asAnn, atMs: 0 }, callId);
const note = (storage: Storage, callId: number) =>
  storage.calls.addNote({ workspaceId: 1, actor: asAnn, atMs: 0 }, callId, "hello");

async function follow(test: Awaited<ReturnType<typeof createTestCore>>, parameters: GraphqlParameters) {
  const sink = createSink();
  return { ...sink, live: await test.core.subscribe(parameters, test.caller(), sink.sink) };
}

describe("subscriptions", () => {
  it("a change committed after subscribing is delivered, with its cursor", async () => {
    const test = await createTestCore();
    const { received, live } = await follow(test, parametersOf("subscription { onUpdateCall { id is_archived } }"));
    await archive(test.storage, 2);
    const { epoch } = await test.storage.changes.head(1);
    assert.deepEqual(await received(1), [
      { data: { onUpdateCall: { id: "2", is_archived: true } }, extensions: { cursor: `${epoch}:4` } },
    ]);
    live.stop();
  });

  it("onUpdateCall shows what people do, changes shows all", async () => {
    const test = await createTestCore();
    const people = await follow(test, parametersOf("subscription { onUpdateCall { id } }"));
    const all = await follow(test, parametersOf("subscription { changes { kind call { id } } }"));
    await test.logCall("d");
    await archive(test.storage, 1);
    await archive(test.storage, 1);
    await note(test.storage, 2);
    assert.deepEqual(
      (await people.received(3)).map(({ data }) => data["onUpdateCall"]),
      [{ id: "1" }, { id: "1" }, { id: "2" }],
    );
    assert.deepEqual(
      (await all.received(4)).map(({ data }) => (data["changes"] as { kind: string }).kind),
      ["CALL_LOGGED", "CALL_ARCHIVED", "CALL_UNARCHIVED", "NOTE_ADDED"],
    );
  });

  for (const query of [
    "subscription { onUpdatedCall(id: 2) { id } }",
    'subscription { a: onUpdatedCall(id: "2") { id } }',
    "subscription { ...F } fragment F on Subscription { onUpdatedCall(id: 2) { id } }",
    "subscription ($id: ID = 2) { onUpdatedCall(id: $id) { id } }",
  ]) {
    it(`${query} follows call 2 alone`, async () => {
      const test = await createTestCore();
      const { received } = await follow(test, parametersOf(query));
      await archive(test.storage, 1);
      await note(test.storage, 2);
      await archive(test.storage, 3);
      await note(test.storage, 2);
      const seen = (await received(2)).flatMap(({ data }) => Object.values(data));
      assert.deepEqual(seen, [{ id: "2" }, { id: "2" }]);
    });
  }

  it("nothing reaches the sink once it was stopped", async () => {
    const test = await createTestCore();
    const stopped = await follow(test, parametersOf("subscription { onUpdateCall { id } }"));
    const other = await follow(test, parametersOf("subscription { onUpdateCall { id } }"));
    stopped.live.stop();
    stopped.live.stop();
    await archive(test.storage, 1);
    await other.received(1);
    assert.equal(stopped.payloads.length, 0);
  });

  for (const [way, parametersAfter] of [
    [
      "the extension resumeFrom",
      (cursor: string) => parametersOf("subscription { changes { cursor } }", { extensions: { resumeFrom: cursor } }),
    ],
    [
      "the argument after",
      (cursor: string) =>
        parametersOf("subscription ($c: Cursor) { changes(after: $c) { cursor } }", { variables: { c: cursor } }),
    ],
  ] as const) {
    it(`resuming by ${way} replays what was missed and goes on live, each change once`, async () => {
      const test = await createTestCore();
      const { epoch } = await test.storage.changes.head(1);
      for (const callId of [1, 2, 3]) await archive(test.storage, callId);
      const { received } = await follow(test, parametersAfter(`${epoch}:4`));
      await archive(test.storage, 1);
      await archive(test.storage, 2);
      const cursors = (await received(4)).map(({ extensions }) => extensions.cursor);
      assert.deepEqual(
        cursors,
        [5, 6, 7, 8].map((revision) => `${epoch}:${revision}`),
      );
    });
  }

  for (const [cursor, code] of [
    ["otherepoch:1", "RESUME_GAP"],
    ["EPOCH:999", "BAD_USER_INPUT"],
    ["nonsense", "BAD_USER_INPUT"],
    [5, "BAD_USER_INPUT"],
  ] as const) {
    it(`resuming from ${cursor} ends with ${code}`, async () => {
      const test = await createTestCore();
      const { epoch } = await test.storage.changes.head(1);
      const resumeFrom = typeof cursor === "string" ? cursor.replace("EPOCH", epoch) : cursor;
      const { error, payloads } = await follow(
        test,
        parametersOf("subscription { onUpdateCall { id } }", { extensions: { resumeFrom } }),
      );
      assert.match(error() ?? "", new RegExp(`"code":"${code}"`));
      assert.equal(payloads.length, 0);
    });
  }

  it("without a token it ends with Unauthorized and nothing is followed", async () => {
    const test = await createTestCore();
    const { sink, error, payloads } = createSink();
    await test.core.subscribe(
      parametersOf("subscription { onUpdateCall { id } }"),
      test.caller({ bearer: null }),
      sink,
    );
    await archive(test.storage, 1);
    assert.match(error() ?? "", /"message":"Unauthorized"/);
    assert.equal(payloads.length, 0);
  });

  it("a query is not followed", async () => {
    const test = await createTestCore();
    const { error } = await follow(test, parametersOf("{ me { id } }"));
    assert.match(error() ?? "", /"code":"OPERATION_RESOLUTION_FAILURE"/);
  });
});

describe("groups of subscribers", () => {
  it("a change is executed once for all who ask for the same, and the group goes with its last member", async () => {
    const { storage } = await createTestCore();
    const { schema, callId } = executableSchema(readSdl());
    const documents = createDocuments(schema, callId);
    let reads = 0;
    const counting: Storage = {
      ...storage,
      changes: {
        ...storage.changes,
        after: async (...where) => {
          const changes = await storage.changes.after(...where);
          return changes.map((change) => {
            const call = { ...change.call };
            Object.defineProperty(call, "durationMs", { get: () => (reads += 1) });
            return Object.assign({}, change, { call });
          });
        },
      },
    };
    const log = createRecordingLog();
    const subscriptions = createSubscriptions({
      schema,
      changeFeed: createPlainFeed(counting),
      log,
      presence: createTestPresence(storage).presence,
      ...createTestNames(storage),
      unread: createTestUnread(storage),
    });
    const document = documents.prepare("subscription ($id: ID) { onUpdatedCall(id: $id) { duration } }", false);
    const [operation] = document.operations;
    assert.ok(operation);
    const scopes = scopesOf("member");
    const who = { kind: "user", userId: "ann", username: "ann", role: "member", scopes } as const;
    const principal = { ...who, workspaceId: 1, sessionId: "s", expiresAtMs: 0 };
    const start = async (variables: Record<string, unknown>) => {
      const sink = createSink();
      const answering = { log, requestId: "r" };
      const given = { document, operation, variables, principal, resumeFrom: undefined, answering, sink: sink.sink };
      return { ...sink, live: await subscriptions.start(given) };
    };
    const same = await Promise.all([start({}), start({}), start({})]);
    const other = await start({ id: "1" });
    assert.equal(subscriptions.groupCount, 2);
    await archive(storage, 1);
    for (const { received } of [...same, other]) await received(1);
    assert.equal(reads, 2);
    assert.equal(new Set(same.map(({ payloads }) => payloads[0])).size, 1);
    for (const { live } of [...same, other]) live.stop();
    assert.equal(subscriptions.groupCount, 0);
  });
});

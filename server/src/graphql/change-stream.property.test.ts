import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createTestPresence } from "../../../test/support/presence.ts";
import { createTestNames } from "../../../test/support/names.ts";
import { createTestUnread } from "../../../test/support/unread.ts";
import { createTestCore } from "../../../test/support/core.ts";
import { plainPrincipal } from "../../../test/support/plain-sessions.ts";
import { createChangeFeed } from "../changes/feed.ts";
import { createLocalDoorbell } from "../changes/local-doorbell.ts";
import { createDocuments } from "./documents.ts";
import { executableSchema, readSdl } from "./schema.ts";
import { createSubscriptions } from "./subscriptions.ts";

const asAnn = { workspaceId: 1, actor: { kind: "user", id: "ann" }, atMs: 0 } as const;
const query =
  "subscription ($after: Cursor) { changeStream(after: $after, kinds: [NOTE_ADDED]) { __typename cursor ... on Change { kind } } }";

/** What happens next: somebody writes, turns of the event loop go by, or the client loses its connection and comes back. */
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("archive", "note") },
    { weight: 2, arbitrary: fc.constant("turn") },
    { weight: 2, arbitrary: fc.constant("reconnect") },
  ),
  { maxLength: 60 },
);

test("a client that resumes by the last cursor it was given, of a change or of progress, sees each change it asked for once and in order", async () => {
  const { schema, callId } = executableSchema(readSdl());
  const document = createDocuments(schema, callId).prepare(query, false);
  const [operation] = document.operations;
  assert.ok(operation);
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { storage, log } = await createTestCore();
      const changeFeed = createChangeFeed({ storage, doorbell: createLocalDoorbell(), log });
      const subscriptions = createSubscriptions({
        schema,
        changeFeed,
        log,
        progressMs: 0,
        presence: createTestPresence(storage).presence,
        ...createTestNames(storage),
        unread: createTestUnread(storage),
      });
      const { epoch, revision: start } = await storage.changes.head(1);
      const seen: { readonly __typename: string; readonly cursor: string }[] = [];
      let stop = () => {};
      const connect = async () => {
        const principal = plainPrincipal("ann", "s");
        const answering = { log, requestId: "r" };
        const variables = { after: seen.at(-1)?.cursor ?? null };
        const sink = {
          next: (payload: string) => void seen.push(JSON.parse(payload).data.changeStream),
          error: (errors: string) => assert.fail(errors),
          complete: () => undefined,
        };
        const given = { document, operation, variables, principal, resumeFrom: undefined, answering, sink };
        const live = await subscriptions.start(given);
        stop = () => live.stop();
      };
      await connect();
      for (const step of taken) {
        if (step === "archive") await storage.calls.toggleArchived(asAnn, 1);
        else if (step === "note") await storage.calls.addNote(asAnn, 1, "note");
        else if (step === "turn") await new Promise((resolve) => void setImmediate(resolve));
        else {
          stop();
          await connect();
        }
      }
      const head = await storage.changes.head(1);
      while (seen.at(-1)?.cursor !== `${epoch}:${head.revision}`) {
        await new Promise((resolve) => void setImmediate(resolve));
      }
      stop();
      changeFeed.close();
      const noted = (await storage.changes.after(1, start, 1_000)).filter(({ kind }) => kind === "note.added");
      assert.deepEqual(
        seen.filter(({ __typename }) => __typename === "Change").map(({ cursor }) => cursor),
        noted.map(({ revision }) => `${epoch}:${revision}`),
      );
      const revisions = seen.map(({ cursor }) => Number(cursor.slice(epoch.length + 1)));
      assert.deepEqual(
        revisions,
        revisions.toSorted((one, other) => one - other),
        "it never goes back",
      );
    }),
    { numRuns: 100 },
  );
});

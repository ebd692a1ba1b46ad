import { createBudgets } from "../../server/src/domain/budgets.ts";
import { createInbox, type Inbox } from "../../server/src/domain/inbox.ts";
import type { Clock } from "../../server/src/domain/ports.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { firstWorkspaceId } from "../../server/src/domain/workspace.ts";
import type { Acting } from "../../server/src/graphql/acting.ts";
import type { Caller, GraphqlParameters } from "../../server/src/graphql/core.ts";
import { createGraphqlCore, type GraphqlCoreDeps } from "../../server/src/graphql/graphql-core.ts";
import { executableSchema, readSdl } from "../../server/src/graphql/schema.ts";
import { createMemoryStorage } from "../../server/src/storage/memory-model.ts";
import { createPlainDesk } from "./plain-desk.ts";
import { createTestNames } from "./names.ts";
import { createPlainFeed } from "./plain-feed.ts";
import { createPlainPeople } from "./plain-people.ts";
import { createTestPresence } from "./presence.ts";
import { createTestUnread } from "./unread.ts";
import { createPlainSessions } from "./plain-sessions.ts";
import { createRecordingLog } from "./recording-log.ts";
import { createTestWebhooks } from "./webhooks.ts";

/** The GraphQL core over the in-memory model with the calls 1, 2 and 3, and somebody signed in. */
export async function createTestCore({
  settings = { introspection: "signed-in" },
  around = (storage: Storage) => storage,
  clock = { now: () => 0 },
  quotas = { sessionCostPerMinute: 0, networkRequestsPerMinute: 0 },
  acting,
}: {
  readonly clock?: Clock;
  readonly quotas?: { readonly sessionCostPerMinute: number; readonly networkRequestsPerMinute: number };
  readonly settings?: GraphqlCoreDeps["settings"];
  readonly around?: (storage: Storage) => Storage;
  /** What does mutations in place of the library; by default nothing does. */
  readonly acting?: (inbox: Inbox) => Acting;
} = {}) {
  const memory = createMemoryStorage();
  const source = { id: "pbx", workspaceId: firstWorkspaceId, name: "PBX", kind: "generic" as const, createdAtMs: 0 };
  await memory.sources.add(source, "hash");
  const logCall = async (key: string) => {
    const facts = {
      direction: "inbound" as const,
      from: "+12025550123",
      to: "+442079460123",
      via: "+442079460123",
      startedAtMs: Date.UTC(2021, 6, 4, 14, 31, 42, 731),
      endedAtMs: null,
      durationMs: 61_250,
      callType: "answered" as const,
      isArchived: null,
      notes: [],
    };
    const delivery = { deliveryKey: key, groupKey: key, raw: "", digest: key, facts, problem: null };
    await memory.sources.accept(source, [delivery], 0);
  };
  for (const key of ["a", "b", "c"]) await logCall(key);

  const storage = around(memory);
  const sessions = createPlainSessions();
  const log = createRecordingLog();
  const inbox = createInbox({ storage, clock });
  const presence = createTestPresence(storage, clock);
  const core = createGraphqlCore({
    schema: executableSchema(readSdl()),
    inbox,
    sessions,
    people: createPlainPeople(storage),
    presence: presence.presence,
    desk: createPlainDesk(storage, clock),
    workspaces: storage.workspaces,
    ...createTestNames(storage),
    unread: createTestUnread(storage),
    webhooks: createTestWebhooks(storage, clock),
    changeFeed: createPlainFeed(storage),
    log,
    budgets: createBudgets({ clock, ...quotas }),
    settings,
    ...(acting !== undefined && { acting: acting(inbox) }),
  });
  const origin = { address: "127.0.0.1", agent: "test" };
  const tokens = await sessions.signIn({ username: "ann", password: "right" }, origin);
  const caller = (more: Partial<Caller> = {}): Caller => ({
    bearer: tokens.accessToken,
    principal: null,
    origin,
    requestId: "request-1",
    idempotencyKey: null,
    ...more,
  });
  return { core, presenceBoard: presence.board, storage: memory, log, tokens, caller, logCall };
}

export function parametersOf(query: string, more: Partial<GraphqlParameters> = {}): GraphqlParameters {
  return { query, operationName: null, variables: null, extensions: null, ...more };
}

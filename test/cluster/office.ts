import assert from "node:assert/strict";
import { postJson } from "../model/ways.ts";
import { testPassword } from "../support/server.ts";
import { type Listener, revisionOf, startListener } from "./listeners.ts";
import { startWriters, type Writers } from "./writers.ts";

/** Who works there; all have the password of the tests. As many as a session may have of sockets and of streams. */
export const people = ["ann", "bob", "cid", "dee", "eve"] as const;

const listenersCount = 50;
const writersCount = 16;

/** People at work on several nodes: many that write, many that follow, through whatever stands in front of the nodes. */
export type Office = {
  readonly writers: Writers;
  readonly listeners: readonly Listener[];
  /** Lets what runs finish, and holds what was acknowledged and what was heard against the log. */
  finish(): Promise<Finished>;
  /** Ends all of it, however far it is. Never throws. */
  close(): Promise<void>;
};

export type Finished = { readonly changes: number; readonly comebacks: number };

export async function openOffice(url: string): Promise<Office> {
  const tokens: string[] = [];
  // oxlint-disable-next-line no-await-in-loop -- hashing is slow on purpose, and a node does two at a time
  for (const username of people) tokens.push(await signIn(url, username));
  const [token = ""] = tokens;
  const { cursor: start } = await ask<{ cursor: string }>(url, token, "{ cursor }");
  const listeners = Array.from({ length: listenersCount }, (_, which) =>
    startListener({ url, token: tokens[which % tokens.length] ?? "", start, which }),
  );
  const callIds = (await callsOf(url, token)).map(({ id }) => id);
  const writers = startWriters({ url, token, callIds, count: writersCount });
  await writers.next();

  return {
    writers,
    listeners,
    async finish() {
      await writers.stop();
      const log = await logAfter(url, token, start);
      const last = log.at(-1)?.cursor ?? start;
      await Promise.all(listeners.map((listener) => listener.reaches(last)));
      checkLog(log, start, writers);
      checkNotes(await callsOf(url, token), writers);
      const all = log.map(({ cursor }) => cursor);
      for (const { way, cursors } of listeners) {
        assert.deepEqual(cursors, all, `a listener by ${way}: each change once, in order`);
      }
      return {
        changes: writers.acknowledged.length,
        comebacks: listeners.reduce((sum, { comebacks }) => sum + comebacks, 0),
      };
    },
    async close() {
      await writers.stop().catch(() => undefined);
      await Promise.all(listeners.map((listener) => listener.stop()));
    },
  };
}

type Logged = {
  readonly cursor: string;
  readonly revision: number;
  readonly kind: string;
  readonly call: { readonly id: string };
};

/** Every revision is there, and each is the one note that was acknowledged with it. */
function checkLog(log: readonly Logged[], start: string, { acknowledged }: Writers): void {
  const [epoch] = start.split(":");
  assert.deepEqual(
    log.map(({ cursor }) => cursor),
    log.map((_, at) => `${epoch}:${revisionOf(start) + at + 1}`),
    "every revision is in the log, in order",
  );
  assert.deepEqual(
    log.map(({ revision, call }) => ({ revision, callId: call.id })),
    acknowledged.map(({ revision, callId }) => ({ revision, callId })).toSorted((a, b) => a.revision - b.revision),
    "the changes are those that were acknowledged, each once",
  );
}

/** What was acknowledged stands where it was written, once. */
function checkNotes(calls: readonly CallWithNotes[], { acknowledged }: Writers): void {
  const counts = new Map<string, number>();
  for (const { id, notes } of calls) {
    for (const { content } of notes) counts.set(`${id} ${content}`, (counts.get(`${id} ${content}`) ?? 0) + 1);
  }
  const others = acknowledged.filter(({ callId, content }) => counts.get(`${callId} ${content}`) !== 1);
  assert.deepEqual(others, [], "each note that was acknowledged is there once");
}

type CallWithNotes = { readonly id: string; readonly notes: readonly { readonly content: string }[] };

async function callsOf(url: string, token: string): Promise<readonly CallWithNotes[]> {
  const query = "{ paginatedCalls(limit: 50) { nodes { id notes { content } } } }";
  const { paginatedCalls } = await ask<{ paginatedCalls: { nodes: readonly CallWithNotes[] } }>(url, token, query);
  return paginatedCalls.nodes;
}

/** @throws AssertionError when it is answered with an error. */
export async function ask<T>(url: string, token: string, query: string, variables: object = {}): Promise<T> {
  const { text } = await postJson(`${url}/graphql`, { authorization: `Bearer ${token}` }, { query, variables });
  const { data, errors } = JSON.parse(text) as { readonly data?: T; readonly errors?: unknown };
  assert.equal(errors, undefined, text);
  return data as T;
}

export async function signIn(url: string, username: string): Promise<string> {
  const query = "mutation ($input: LoginInput!) { login(input: $input) { access_token } }";
  const variables = { input: { username, password: testPassword } };
  const { text } = await postJson(`${url}/graphql`, {}, { query, variables });
  const { data } = JSON.parse(text) as { data: { login: { access_token: string } } | null };
  assert.ok(data, text);
  return data.login.access_token;
}

async function logAfter(url: string, token: string, start: string): Promise<readonly Logged[]> {
  const log: Logged[] = [];
  const query = `query ($after: Cursor!) {
    changes(after: $after, first: 100) { changes { cursor revision kind call { id } } cursor hasMore }
  }`;
  for (let after = start, hasMore = true; hasMore;) {
    const { changes } = await ask<{
      changes: { changes: readonly Logged[]; cursor: string; hasMore: boolean };
    }>(url, token, query, { after });
    log.push(...changes.changes);
    ({ cursor: after, hasMore } = changes);
  }
  return log;
}

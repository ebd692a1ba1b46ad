import assert from "node:assert/strict";
import { createRingback } from "../../client/src/ringback.ts";
import { openEventStream } from "../support/event-stream.ts";
import { type Dialect, dialects, openReadySocket } from "../support/socket.ts";
import { type CallView, callFields, changeFields, type ChangeView } from "./call-view.ts";
import type { ModelFilter } from "./filters.ts";
import type { FollowerPlan } from "./plan.ts";
import { quickWaits } from "./ways.ts";

/** A client that fetched a list of calls once and keeps it by following changes, over however many connections. */
export type Follower = {
  readonly plan: FollowerPlan;
  readonly filter: ModelFilter;
  /** Every change that came, in the order it came. */
  readonly changes: readonly ChangeView[];
  /** How often it had to come back. */
  readonly comebacks: number;
  /** The list as it is now. */
  calls(): readonly CallView[];
  /** Resolves once the change of this revision has come. @throws Error when it has not after 30 s */
  reaches(revision: number): Promise<void>;
  stop(): Promise<void>;
};

export type FollowerStart = {
  readonly plan: FollowerPlan;
  readonly filter: ModelFilter;
  /** Where the log was before `calls` were fetched. */
  readonly cursor: string;
  readonly calls: readonly CallView[];
  readonly url: string;
  readonly token: string;
  /** Resolves while there is a server to come back to. */
  readonly isUp: () => Promise<unknown>;
};

type Item = Partial<ChangeView> & { readonly cursor: string };
type Opened = { readonly items: AsyncIterable<Item>; readonly close: () => void };

/** Longest wait for a change that has to come. */
const waitMs = 30_000;

export function startFollower({ plan, filter, cursor, calls, url, token, isUp }: FollowerStart): Follower {
  const held = new Map(calls.map((call) => [call.id, call]));
  const changes: ChangeView[] = [];
  let at = cursor;
  let connections = 0;
  const stopping = new AbortController();
  let close = () => {};
  let wake = () => {};
  let failure: Error | null = null;
  const running = (plan.protocol === "package" ? followByPackage() : run()).catch((error: unknown) => {
    failure = error as Error;
    wake();
  });

  return {
    plan,
    filter,
    changes,
    get comebacks() {
      return connections - 1;
    },
    calls: () => [...held.values()],
    async reaches(revision) {
      const deadline = Date.now() + waitMs;
      while ((changes.at(-1)?.revision ?? 0) < revision) {
        if (failure !== null) throw failure;
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        const timer = setTimeout(resolve, deadline - Date.now());
        await promise;
        clearTimeout(timer);
        if (Date.now() < deadline) continue;
        throw new Error(
          `${JSON.stringify(plan)} stands at ${at} after ${connections} connections, not at ${revision}.`,
        );
      }
    },
    async stop() {
      stopping.abort();
      close();
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await isUp();
      connections += 1;
      const opened = await (plan.protocol === "sse" ? openStream() : openSocket(dialectOf(plan.protocol)));
      if (opened === null) continue;
      close = opened.close;
      if (stopping.signal.aborted) close();
      for await (const item of opened.items) take(item);
    }
  }

  async function followByPackage(): Promise<void> {
    const ringback = createRingback({ url, session: { kind: "key", key: token }, waits: quickWaits, pingMs: 1_000 });
    await ringback.changes<CallView>({
      after: at,
      filter: filter.filter,
      call: callFields,
      onChange({ cursor, kind, revision, actor, call }) {
        take({ cursor, kind, revision, actor: { kind: actor.kind, id: actor.id }, call });
      },
      onCursor: (cursor) => (at = cursor),
      onGap: () => assert.fail("there is no gap"),
      onState(state) {
        if (state.status === "live") connections += 1;
      },
      signal: stopping.signal,
    });
  }

  function take(item: Item): void {
    at = item.cursor;
    if (item.kind === undefined) return;
    const change = item as ChangeView;
    changes.push(change);
    if (filter.lets(change.call)) held.set(change.call.id, change.call);
    else held.delete(change.call.id);
    wake();
  }

  function request() {
    const { field, resumeBy } = plan;
    const selection = field === "changes" ? changeFields : `cursor ... on Change { ${changeFields} }`;
    const query = `subscription ($after: Cursor, $filter: CallFilter) {
      ${field}(after: $after, filter: $filter) { ${selection} }
    }`;
    const isHeader = resumeBy === "header" && plan.protocol === "sse";
    return {
      body: {
        query,
        variables: { filter: filter.filter, after: resumeBy === "argument" ? at : null },
        ...(resumeBy === "argument" || isHeader ? {} : { extensions: { resumeFrom: at } }),
      },
      headers: isHeader ? { "last-event-id": at } : {},
    };
  }

  /** Null where the connection was lost before it was ready. */
  async function openSocket(dialect: Dialect): Promise<Opened | null> {
    const socket = await openReadySocket(`${url.replace("http", "ws")}/websocket`, dialect, token).catch(() => null);
    if (socket === null) return null;
    socket.send({ type: dialect.start, id: "1", payload: request().body });
    return { items: itemsOf(), close: () => socket.ws.terminate() };

    async function* itemsOf(): AsyncGenerator<Item> {
      for (;;) {
        const message = await socket?.next().catch(() => null);
        if (message === null || message === undefined) return;
        if (message["type"] === "ka" || message["type"] === "ping") continue;
        assert.equal(message["type"], dialect.result, JSON.stringify(message));
        yield itemOf(message["payload"]);
      }
    }
  }

  async function openStream(): Promise<Opened | null> {
    const { body, headers } = request();
    const stream = await openEventStream(`${url}/graphql/stream`, { token, body, headers }).catch(() => null);
    if (stream === null || stream.status === 503) return null;
    assert.equal(stream.status, 200);
    return { items: itemsOf(), close: () => stream.cut() };

    async function* itemsOf(): AsyncGenerator<Item> {
      for (;;) {
        const block = await stream?.next();
        if (block === null || block === undefined) return;
        assert.notEqual(block.event, "complete");
        if (block.data !== undefined) {
          const item = itemOf(JSON.parse(block.data));
          assert.equal(block.id, item.cursor);
          yield item;
        } else if (block.id !== undefined) yield { cursor: block.id };
      }
    }
  }

  function itemOf(payload: unknown): Item {
    const { data, errors, extensions } = payload as {
      readonly data?: Record<string, Item>;
      readonly errors?: unknown;
      readonly extensions?: { readonly cursor?: string };
    };
    const item = data?.[plan.field];
    if (item === undefined) throw new Error(`${JSON.stringify(plan)} at ${at} got ${JSON.stringify(errors)}`);
    assert.equal(extensions?.cursor, item.cursor);
    return item;
  }
}

function dialectOf(name: string): Dialect {
  const dialect = dialects.find((one) => one.name === name);
  assert.ok(dialect);
  return dialect;
}

import { setTimeout as pause } from "node:timers/promises";
import { openEventStream } from "../support/event-stream.ts";
import { type Dialect, dialects, openReadySocket } from "../support/socket.ts";

/** A client that follows all changes from a cursor on, over however many connections. */
export type Listener = {
  /** What it follows by. */
  readonly way: string;
  /** The cursor of each change that came, in the order it came. */
  readonly cursors: readonly string[];
  /** How often it had to come back. */
  readonly comebacks: number;
  /** How its connections ended, and how often: the close code of a socket, `end` of a stream. */
  readonly ends: ReadonlyMap<string, number>;
  /** Resolves once the change of this cursor has come. @throws Error when it has not after 30 s, or was refused for good. */
  reaches(cursor: string): Promise<void>;
  stop(): Promise<void>;
};

type Item = { readonly cursor: string; readonly kind?: string };
type Opened = { readonly items: AsyncIterable<Item>; readonly close: () => void };

/** Longest wait for a change that has to come. */
const waitMs = 30_000;
/** Before a client comes back, in milliseconds. */
const againMs = 100;

const ways = [...dialects.map(({ name }) => name), "sse"] as const;

/** @param start where to begin. @param which chooses the way, and with it how it resumes. */
export function startListener({
  url,
  token,
  start,
  which,
}: {
  readonly url: string;
  readonly token: string;
  readonly start: string;
  readonly which: number;
}): Listener {
  const way = ways[which % ways.length] as (typeof ways)[number];
  const cursors: string[] = [];
  const ends = new Map<string, number>();
  let at = start;
  let connections = 0;
  const stopping = new AbortController();
  let close = () => {};
  let wake = () => {};
  let failure: Error | null = null;
  const running = run().catch((error: unknown) => {
    failure = error as Error;
    wake();
  });

  return {
    way,
    cursors,
    ends,
    get comebacks() {
      return connections - 1;
    },
    async reaches(cursor) {
      const deadline = Date.now() + waitMs;
      while (revisionOf(at) < revisionOf(cursor)) {
        if (failure !== null) throw failure;
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        const timer = setTimeout(resolve, deadline - Date.now());
        await promise;
        clearTimeout(timer);
        if (Date.now() < deadline) continue;
        throw new Error(`A listener by ${way} stands at ${at} after ${connections} connections, not at ${cursor}.`);
      }
      if (failure !== null) throw failure;
    },
    async stop() {
      stopping.abort();
      close();
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const opened = await (way === "sse" ? openStream() : openSocket(dialectOf(way)));
      if (opened !== null) {
        connections += 1;
        close = opened.close;
        if (stopping.signal.aborted) close();
        for await (const item of opened.items) take(item);
        opened.close();
      }
      if (!stopping.signal.aborted) await pause(againMs);
    }
  }

  function take(item: Item): void {
    at = item.cursor;
    if (item.kind !== undefined) cursors.push(item.cursor);
    wake();
  }

  function body() {
    const query = `subscription ($after: Cursor) {
      changeStream(after: $after) { cursor ... on Change { kind } }
    }`;
    return { query, variables: { after: at } };
  }

  async function openSocket(dialect: Dialect): Promise<Opened | null> {
    const socket = await openReadySocket(`${url.replace("http", "ws")}/websocket`, dialect, token).catch(() => null);
    if (socket === null) return null;
    void socket.closed.then(({ code }) => count(String(code)));
    socket.send({ type: dialect.start, id: "1", payload: body() });
    return { items: itemsOf(), close: () => socket.ws.terminate() };

    async function* itemsOf(): AsyncGenerator<Item> {
      for (;;) {
        const message = await socket?.next().catch(() => null);
        if (message === null || message === undefined) return;
        if (message["type"] === "ka" || message["type"] === "ping") continue;
        const item = itemOf(message["type"] === "error" ? { errors: [message["payload"]].flat() } : message["payload"]);
        if (item === null) return;
        yield item;
      }
    }
  }

  async function openStream(): Promise<Opened | null> {
    const stream = await openEventStream(`${url}/graphql/stream`, { token, body: body() }).catch(() => null);
    if (stream === null || stream.status === 503) return null;
    if (stream.status !== 200) throw new Error(`A stream was answered ${stream.status}.`);
    return { items: itemsOf(), close: () => stream.cut() };

    async function* itemsOf(): AsyncGenerator<Item> {
      for (;;) {
        const block = await stream?.next();
        if (block === null || block === undefined || block.event === "complete") {
          count("end");
          return;
        }
        if (block.data !== undefined) {
          const item = itemOf(JSON.parse(block.data));
          if (item === null) return;
          yield item;
        } else if (block.id !== undefined) yield { cursor: block.id };
      }
    }
  }

  function count(end: string): void {
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }

  /** Null where it was told to come back later. */
  function itemOf(payload: unknown): Item | null {
    const { data, errors } = payload as {
      readonly data?: { readonly changeStream?: Item } | null;
      readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
    };
    const item = data?.changeStream;
    if (item !== undefined) return item;
    const code = errors?.[0]?.extensions?.code;
    if (code === "UNAVAILABLE" || code === "OVERLOADED") return null;
    throw new Error(`A listener by ${way} at ${at} got ${JSON.stringify(payload)}`);
  }
}

export function revisionOf(cursor: string): number {
  return Number(cursor.split(":")[1]);
}

function dialectOf(name: string): Dialect {
  return dialects.find((one) => one.name === name) as Dialect;
}

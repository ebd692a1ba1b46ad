import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { createFrameReader, pongFrame, textFrame } from "./websocket.ts";

/** Many subscribers, one WebSocket each, that count what reaches them. */
export type Subscribers = {
  readonly count: number;
  /**
   * Counts every delivery that contains `marker` from now on, and resolves when there are `expected`, with the time of the last.
   * @throws Error when a socket ends, or when they do not come within a minute.
   */
  expect(marker: string, expected: number): Promise<{ readonly lastAtMs: number }>;
  /** All deliveries so far, and the bytes of their messages. */
  received(): { readonly deliveries: number; readonly bytes: number };
  close(): void;
};

type Options = {
  readonly url: string;
  readonly subprotocol: string;
  readonly tokens: readonly string[];
  readonly documents: readonly string[];
  readonly count: number;
};

/** What each delivery contains, in either protocol, and nothing else does. */
const delivered = Buffer.from('"data":');
const openingAtOnce = 64;
const settleMs = 500;
const patienceMs = 60_000;

/** Connects, signs in and subscribes them all; subscribers take turns over tokens and documents. */
export async function openSubscribers(options: Options): Promise<Subscribers> {
  let marker: Buffer | null = null;
  let left = 0;
  let onLast: (atMs: number) => void = () => undefined;
  let onFailure: (error: Error) => void = () => undefined;
  const closers: (() => void)[] = [];
  const all = { deliveries: 0, bytes: 0 };
  const onDelivery = (payload: Buffer) => {
    if (payload.includes(delivered)) {
      all.deliveries += 1;
      all.bytes += payload.length;
    }
    if (marker === null || !payload.includes(marker)) return;
    left -= 1;
    if (left === 0) onLast(performance.now());
  };
  let next = 0;
  const openSome = async () => {
    while (next < options.count) {
      const number = next++;
      closers.push(await openSubscriber(options, number, onDelivery, (error) => onFailure(error)));
    }
  };
  await Promise.all(Array.from({ length: openingAtOnce }, openSome));
  // Neither protocol acknowledges a subscription: the server gets this long to start the last ones.
  await setTimeout(settleMs);
  return {
    count: options.count,
    async expect(text, expected) {
      marker = Buffer.from(text);
      left = expected;
      return new Promise((resolve, reject) => {
        onLast = (lastAtMs) => resolve({ lastAtMs });
        onFailure = reject;
        const deadline = AbortSignal.timeout(patienceMs);
        deadline.addEventListener("abort", () => reject(new Error(`${left} of ${expected} deliveries did not come`)));
      });
    },
    received: () => ({ ...all }),
    close() {
      onFailure = () => undefined;
      for (const close of closers) close();
    },
  };
}

// Reading and parsing happen in one turn, so all sockets may share one buffer.
const shared = Buffer.allocUnsafe(256 * 1_024);

/** Resolves when the subscription has been sent; returns the way to close it. */
async function openSubscriber(
  { url, subprotocol, tokens, documents }: Options,
  number: number,
  onDelivery: (payload: Buffer) => void,
  onFailure: (error: Error) => void,
): Promise<() => void> {
  const { hostname, port, host, pathname } = new URL(url);
  const isLegacy = subprotocol === "graphql-ws";
  return new Promise((resolve, reject) => {
    let state: "upgrading" | "starting" | "live" | "closed" = "upgrading";
    const fail = (reason: string) => {
      if (state === "closed") return;
      const error = new Error(`subscriber ${number}: ${reason}`);
      if (state === "live") onFailure(error);
      else reject(error);
      close();
    };
    const close = () => {
      state = "closed";
      socket.destroy();
    };
    const frames = createFrameReader({
      text(payload) {
        if (state === "live") {
          onDelivery(payload);
          return;
        }
        const message = JSON.parse(payload.toString()) as { type: string };
        if (message.type === "connection_ack") {
          const id = isLegacy ? "1" : randomUUID();
          const query = documents[number % documents.length];
          const type = isLegacy ? "start" : "subscribe";
          socket.write(textFrame(JSON.stringify({ id, type, payload: { query, variables: {} } })));
          state = "live";
          resolve(close);
        } else if (message.type !== "ka" && message.type !== "ping") fail(payload.toString());
      },
      ping: (payload) => void socket.write(pongFrame(payload)),
      close: (code, reason) => fail(`closed with ${code} ${reason}`),
    });
    const socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (bytes) => {
          const input = shared.subarray(0, bytes);
          if (state !== "upgrading") {
            frames(input);
            return true;
          }
          const end = input.indexOf("\r\n\r\n");
          if (end < 0 || !input.subarray(0, switching.length).equals(switching)) {
            fail(input.toString("utf8"));
            return true;
          }
          state = "starting";
          const token = tokens[number % tokens.length];
          socket.write(
            textFrame(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } })),
          );
          if (bytes > end + 4) frames(input.subarray(end + 4));
          return true;
        },
      },
    });
    socket.on("error", (error) => fail(error.message));
    socket.on("close", () => fail("closed"));
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Key: ${Buffer.from(randomUUID().slice(0, 16)).toString("base64")}\r\nSec-WebSocket-Protocol: ${subprotocol}\r\n\r\n`,
    );
  });
}

const switching = Buffer.from("HTTP/1.1 101");

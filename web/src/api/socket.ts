import type { SubscribePayload } from "graphql-ws";
import { createClient } from "graphql-ws";
import { session } from "./session.ts";

let open: WebSocket | null = null;

/**
 * The one WebSocket of the page. It does not come back by itself: `live.ts` decides when, for it knows from where to go on and
 * tells people where things stand.
 */
export const socket = createClient({
  url: `${location.origin.replace(/^http/, "ws")}/websocket`,
  lazy: true,
  retryAttempts: 0,
  // A connection that died without a word is noticed within so long.
  keepAlive: 10_000,
  connectionAckWaitTimeout: 10_000,
  async connectionParams() {
    const token = await session.accessToken();
    return token === null ? {} : { authorization: `Bearer ${token}` };
  },
  on: {
    opened: (opened) => (open = opened as WebSocket),
    closed: () => (open = null),
    ping(isReceived, payload) {
      // Shortly before the token ends the server asks for another: answered, the connection stays.
      if (isReceived && typeof payload?.["reauthBy"] === "number") void reauthorize();
    },
  },
});

async function reauthorize(): Promise<void> {
  const of = open;
  const token = await session.accessToken();
  if (token === null || of === null || of.readyState !== WebSocket.OPEN) return;
  of.send(JSON.stringify({ type: "pong", payload: { authorization: `Bearer ${token}` } }));
}

/** For urql's subscription exchange. */
export function forwardSubscription({ query, variables }: { query?: string | undefined; variables?: unknown }) {
  const payload: SubscribePayload = { query: query ?? "", variables: variables as Record<string, unknown> };
  return {
    subscribe: (sink: { next: (value: never) => void; error: (error: unknown) => void; complete: () => void }) => ({
      unsubscribe: socket.subscribe(payload, sink),
    }),
  };
}

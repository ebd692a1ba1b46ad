import type { SubscribePayload } from "graphql-ws";
import { createClient } from "graphql-ws";
import { session } from "./session.ts";

/** Closed with these: the token is not, or no longer, accepted here. */
const refusedCodes: ReadonlySet<number> = new Set([4401, 4403]);

let open: WebSocket | null = null;
let usedToken: string | null = null;
let isRefused = false;

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
    // A token can end before its time: somebody signed out everywhere.
    const token = await (isRefused ? session.renewedToken(usedToken) : session.accessToken());
    isRefused = false;
    usedToken = token;
    return token === null ? {} : { authorization: `Bearer ${token}` };
  },
  on: {
    opened: (opened) => (open = opened as WebSocket),
    closed(event) {
      open = null;
      isRefused = refusedCodes.has((event as CloseEvent).code);
    },
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

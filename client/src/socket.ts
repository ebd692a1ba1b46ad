import { errorOf, type ErrorEntry, RingbackError } from "./error.ts";
import type { Connection } from "./changes.ts";

type Message = { readonly type: string; readonly payload?: unknown };

/** A fault of ours: coming back does not help (`docs/api.md`, close codes). */
const isFault = (code: number) => code >= 4_400 && code < 4_500 && code !== 4_401 && code !== 4_403 && code !== 4_408;

/**
 * One subscription on one WebSocket, by `graphql-transport-ws`. Ends when the socket does, in whatever way; one that is not ready
 * by the first ping, or on which nothing comes for two, is taken for dead.
 * @throws RingbackError
 */
export function followOnSocket({
  url,
  token,
  freshToken,
  request,
  pingMs,
  onResult,
  signal,
}: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/websocket`, "graphql-transport-ws");
    let isReady = false;
    let silentPings = 0;
    const pinging = setInterval(() => {
      silentPings += 1;
      if (!isReady || silentPings > 2) end(new RingbackError("NETWORK", "The connection is dead."));
      else send({ type: "ping" });
    }, pingMs);
    const onAbort = () => end(null);
    signal.addEventListener("abort", onAbort);

    socket.addEventListener("open", () =>
      send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }),
    );
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      silentPings = 0;
      try {
        take(JSON.parse(data) as Message);
      } catch (error) {
        end(error as Error);
      }
    });
    socket.addEventListener("error", () => end(new RingbackError("NETWORK", "The WebSocket failed.")));
    socket.addEventListener("close", ({ code, reason }) => {
      if (code === 4_401 || code === 4_403) end(new RingbackError("UNAUTHENTICATED", "The token has ended."));
      else if (isFault(code)) end(new RingbackError("BAD_REQUEST", reason));
      else end(new RingbackError("UNAVAILABLE", `The socket was closed (${code}).`));
    });

    function take({ type, payload }: Message): void {
      if (type === "connection_ack") {
        isReady = true;
        send({ id: "1", type: "subscribe", payload: request });
      }
      if (type === "next") onResult(payload as never);
      else if (type === "error") end(errorOf((payload as readonly ErrorEntry[])[0] ?? { message: "Refused." }));
      else if (type === "complete") end(new RingbackError("UNAVAILABLE", "The subscription was ended."));
      else if (type === "ping") void answer(payload as { readonly reauthBy?: number } | undefined);
    }

    /** Shortly before the token ends the server asks for another: answered, the connection stays. */
    async function answer(payload: { readonly reauthBy?: number } | undefined): Promise<void> {
      const isAsked = payload?.reauthBy !== undefined;
      const fresh = isAsked ? await freshToken().catch(() => null) : null;
      if (socket.readyState !== WebSocket.OPEN) return;
      send(fresh === null ? { type: "pong" } : { type: "pong", payload: { authorization: `Bearer ${fresh}` } });
    }

    function send(message: object): void {
      socket.send(JSON.stringify(message));
    }

    /** The first reason counts. */
    function end(error: Error | null): void {
      clearInterval(pinging);
      signal.removeEventListener("abort", onAbort);
      socket.close();
      if (error === null) resolve();
      else reject(error);
    }
  });
}

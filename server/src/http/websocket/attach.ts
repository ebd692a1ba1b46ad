import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { DomainError } from "../../domain/errors.ts";
import type { Revocations } from "../../domain/ports.ts";
import { networkOf } from "../../domain/network.ts";
import { rawErrorReply } from "../replies.ts";
import { createOpenCounts } from "../open-counts.ts";
import type { OpenElsewhere } from "../open-elsewhere.ts";
import { systemTimers, type Timers } from "../timers.ts";
import { Connection, type ConnectionDeps, type Peer } from "./connection.ts";
import { createPayloadEncoder } from "./frame.ts";
import { readInitToken } from "./init-token.ts";
import { defaultWebsocketLimits, type WebsocketLimits } from "./limits.ts";
import { createRates } from "./rate.ts";
import { chooseProtocol, refuseUpgrade } from "./upgrade.ts";

export type WebsocketDeps = Pick<ConnectionDeps, "core" | "sessions" | "clock" | "log"> & {
  readonly revocations: Pick<Revocations, "has" | "onRevoked">;
  /** Whether pages of this origin may open sockets here. Asked only when there is an `Origin`, and never for `null`. */
  readonly isOriginAllowed: (origin: string, host: string | undefined) => boolean;
  /** The peer's address, or the one that a trusted proxy vouches for. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly limits?: Partial<WebsocketLimits>;
  /** What counts against the limits of sessions and networks beside what is open here. */
  readonly elsewhere?: OpenElsewhere | null;
  readonly timers?: Timers;
  readonly newRequestId?: () => string;
};

export type WebsocketEndpoint = {
  /** How many sockets are open. */
  readonly size: number;
  /**
   * Takes no more sockets and closes the open ones with 1012, one after the other over `spreadMs`; resolves when all are gone.
   * Who does not answer the close is cut off.
   */
  drain(spreadMs: number): Promise<void>;
  /** Cuts off every socket at once. */
  close(): void;
};

const tickMs = 500;
const drainTickMs = 50;
const networksMax = 10_000;
const agentCharactersMax = 200;

/**
 * Serves WebSockets at `/websocket` of an HTTP server, with both subprotocols over one core. Every upgrade request of the
 * server is answered here: with 101, or with a status and a JSON body.
 */
export function attachWebsocket(server: Server, deps: WebsocketDeps): WebsocketEndpoint {
  const limits = { ...defaultWebsocketLimits, ...deps.limits };
  const { timers = systemTimers, newRequestId = randomUUID, elsewhere = null, revocations, sessions } = deps;
  const connections = new Set<Connection>();
  const bySession = new Map<string, Set<Connection>>();
  const openByNetwork = createOpenCounts({ kind: "network-sockets", max: limits.socketsPerNetwork, elsewhere });
  const openBySession = createOpenCounts({ kind: "session-sockets", max: limits.socketsPerSession, elsewhere });
  const handshakes = createRates(limits.handshakesPerSecond, limits.handshakesBurst, networksMax);
  const connectionDeps: ConnectionDeps = {
    core: deps.core,
    sessions,
    revocations,
    clock: deps.clock,
    log: deps.log,
    steadyNow: () => timers.now(),
    limits,
    newRequestId,
    encodePayload: createPayloadEncoder(),
    admit,
    tokens: new WeakMap(),
  };
  const wss = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false, // pings count as messages, so the connection answers them
    maxPayload: limits.messageBytesMax,
    maxFragments: limits.messageFragmentsMax,
    handleProtocols: (offers) => chooseProtocol(offers)?.name ?? false,
  });
  let isDraining = false;
  let onEmpty = () => {};

  server.on("upgrade", upgrade);
  const stopTicking = timers.every(tickMs, () => {
    const nowMs = timers.now();
    for (const connection of connections) connection.tick(nowMs, tickMs);
  });
  const unlisten = revocations.onRevoked((sessionId) => {
    for (const connection of bySession.get(sessionId) ?? []) connection.revoke();
  });

  return {
    get size() {
      return connections.size;
    },
    drain,
    close,
  };

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy()); // a peer that is gone already; ws listens only later
    const problem = isDraining ? stopping : refuseUpgrade(request, deps.isOriginAllowed);
    if (problem !== null) return refuse(socket, problem, newRequestId());
    const address = deps.addressOf(request);
    const network = networkOf(address);
    if (!handshakes.take(network, timers.now())) {
      return refuse(socket, tooMany("Too many handshakes from one network."), newRequestId());
    }
    if (openByNetwork.isFull(network)) {
      return refuse(socket, tooMany("Too many sockets from one network."), newRequestId());
    }
    openByNetwork.enter(network);
    socket.once("close", () => openByNetwork.leave(network));
    const agent = (request.headers["user-agent"] ?? "").slice(0, agentCharactersMax);
    const peer: Peer = { origin: { address, agent }, authorization: request.headers.authorization };
    void accept(request, socket, head, peer);
  }

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer, peer: Peer): Promise<void> {
    if (peer.authorization !== undefined && (await isSessionFull(peer.authorization))) {
      refuse(socket, tooMany("Too many sockets of one session."), newRequestId());
      return;
    }
    wss.handleUpgrade(request, socket, head, (ws) => open(ws, socket, peer));
  }

  /** Apart from the upgrade, whose request must not live as long as the socket: it is 4 kB of headers. */
  function open(ws: WebSocket, socket: Duplex, peer: Peer): void {
    const protocol = chooseProtocol(new Set([ws.protocol]));
    if (protocol === null) return ws.close(4406, "Subprotocol not acceptable");
    const connection = new Connection(connectionDeps, protocol, ws, socket, peer);
    connections.add(connection);
    ws.once("close", () => leave(connection));
    if (isDraining) connection.close(1012, "Restarting");
  }

  /** A token that is not good is not refused here: connection_init may bring another. */
  async function isSessionFull(authorization: string): Promise<boolean> {
    const token = readInitToken(undefined, authorization);
    if (token === null) return false;
    try {
      const principal = await sessions.authenticate(token);
      return openBySession.isFull(principal.sessionId);
    } catch {
      return false;
    }
  }

  function admit(sessionId: string, connection: Connection): boolean {
    if (openBySession.isFull(sessionId)) return false;
    openBySession.enter(sessionId);
    bySession.set(sessionId, (bySession.get(sessionId) ?? new Set()).add(connection));
    connection.sessionId = sessionId;
    return true;
  }

  function leave(connection: Connection): void {
    connections.delete(connection);
    const { sessionId } = connection;
    const ofSession = sessionId === null ? undefined : bySession.get(sessionId);
    if (sessionId !== null && ofSession?.delete(connection) === true) {
      openBySession.leave(sessionId);
      if (ofSession.size === 0) bySession.delete(sessionId);
    }
    if (connections.size === 0) onEmpty();
  }

  async function drain(spreadMs: number): Promise<void> {
    isDraining = true;
    const waiting = [...connections];
    const count = waiting.length;
    const startMs = timers.now();
    const empty = new Promise<void>((resolve) => {
      onEmpty = resolve;
      if (connections.size === 0) resolve();
    });
    const closeDue = () => {
      const elapsedMs = timers.now() - startMs;
      const due = spreadMs > 0 ? Math.ceil((count * elapsedMs) / spreadMs) : count;
      while (waiting.length > 0 && count - waiting.length < due) waiting.pop()?.close(1012, "Restarting");
    };
    closeDue();
    const stopClosing = timers.every(drainTickMs, closeDue);
    await empty;
    stopClosing();
  }

  function close(): void {
    isDraining = true;
    server.off("upgrade", upgrade);
    server.on("upgrade", (_, socket) => socket.destroy());
    unlisten();
    stopTicking();
    for (const connection of connections) connection.terminate();
    wss.close();
  }
}

const retryAfterMs = 5_000;
const stopping = new DomainError("UNAVAILABLE", "The server is stopping.", { retryAfterMs });

function tooMany(message: string): DomainError {
  return new DomainError("RATE_LIMITED", message, { retryAfterMs });
}

/** Answers in place of 101. */
function refuse(socket: Duplex, error: DomainError, requestId: string): void {
  socket.once("finish", () => socket.destroy());
  socket.end(rawErrorReply(error, requestId));
}

import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type ClientOptions, WebSocket } from "ws";

// oxlint-disable-next-line typescript/no-explicit-any -- messages are taken apart by assertions that say what they expect
export type SocketMessage = Readonly<Record<string, any>>;

/** A WebSocket as a script of frames: what is sent, and what comes one after the other. */
export type TestSocket = {
  readonly ws: WebSocket;
  /** Sends an object as JSON, a text or bytes as they are. */
  send(...messages: readonly (object | string | Buffer)[]): void;
  /** The next message. @throws Error when the socket closes before one comes. */
  next(): Promise<SocketMessage>;
  /** The next message of this type; others before it are dropped. */
  until(type: string): Promise<SocketMessage>;
  /** How many messages have come and were not taken. */
  readonly waiting: number;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
};

export type Dialect = {
  readonly name: "graphql-transport-ws" | "graphql-ws";
  readonly start: string;
  readonly stop: string;
  readonly result: string;
};

/** The two subprotocols, for tests that hold for both. */
export const dialects: readonly Dialect[] = [
  { name: "graphql-transport-ws", start: "subscribe", stop: "complete", result: "next" },
  { name: "graphql-ws", start: "start", stop: "stop", result: "data" },
];

/** @throws Error when the upgrade is refused. */
export async function openSocket(
  url: string,
  protocol: string | string[],
  options: ClientOptions = {},
): Promise<TestSocket> {
  const ws = new WebSocket(url, protocol, options);
  const socket = scripted(ws);
  await once(ws, "open");
  return socket;
}

/** A socket whose connection_init was accepted, by the keep-alive too where the subprotocol has one. */
export async function openReadySocket(
  url: string,
  dialect: Dialect,
  token: string,
  options: ClientOptions = {},
): Promise<TestSocket> {
  const socket = await openSocket(url, dialect.name, options);
  socket.send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
  await socket.until(dialect.name === "graphql-ws" ? "ka" : "connection_ack");
  return socket;
}

/** Asks for an upgrade and returns the answer that came in place of 101. @param url `http:`. */
export async function refusedUpgrade(
  url: string,
  headers: Readonly<Record<string, string | readonly string[]>>,
): Promise<{ readonly status: number | undefined; readonly code: unknown; readonly response: IncomingMessage }> {
  const asked = request(url, {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...(headers as Record<string, string | string[]>),
    },
  });
  asked.on("upgrade", (_, socket) => {
    socket.destroy();
    asked.emit("error", new Error("It was upgraded."));
  });
  asked.end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  const chunks = (await response.toArray()) as Buffer[];
  const text = Buffer.concat(chunks).toString();
  const body = text.startsWith("{") ? (JSON.parse(text) as SocketMessage) : {};
  return { status: response.statusCode, code: body["errors"]?.[0]?.extensions?.code, response };
}

function scripted(ws: WebSocket): TestSocket {
  const messages: SocketMessage[] = [];
  let end: Error | null = null;
  let wake = () => {};
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on("close", (code, reason) => {
      end = new Error(`The socket was closed: ${code} ${reason.toString()}`);
      resolve({ code, reason: reason.toString() });
      wake();
    });
  });
  ws.on("error", () => {}); // what is refused or cut off is seen by `closed`
  ws.on("message", (data: Buffer) => {
    messages.push(JSON.parse(data.toString()) as SocketMessage);
    wake();
  });
  const next = async () => {
    for (;;) {
      const message = messages.shift();
      if (message !== undefined) return message;
      if (end !== null) throw end;
      const woken = Promise.withResolvers<void>();
      wake = woken.resolve;
      await woken.promise;
    }
  };
  return {
    ws,
    closed,
    next,
    send(...sent) {
      for (const message of sent) {
        ws.send(typeof message === "string" || Buffer.isBuffer(message) ? message : JSON.stringify(message));
      }
    },
    async until(type) {
      for (;;) {
        const message = await next();
        if (message["type"] === type) return message;
      }
    },
    get waiting() {
      return messages.length;
    },
  };
}

import type { GraphqlResult, TestServer } from "./server.ts";
import { type Dialect, dialects, openReadySocket, type TestSocket } from "./socket.ts";

/** One way for a GraphQL request to reach the server, for tests that hold for every way. */
export type Transport = {
  readonly name: string;
  /**
   * Sends one query or mutation on a connection of its own. A socket is opened with the token; HTTP sends it along.
   * @param asked.headers are those of the request, or of the upgrade.
   */
  readonly ask: (
    server: Pick<TestServer, "graphql" | "socketUrl">,
    query: string,
    asked: {
      readonly token: string;
      readonly variables?: object;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ) => Promise<GraphqlResult>;
};

/** HTTP and both subprotocols. */
export const transports: readonly Transport[] = [
  {
    name: "HTTP",
    ask: (server, query, asked) => server.graphql(query, asked),
  },
  ...dialects.map((dialect): Transport => ({
    name: dialect.name,
    async ask({ socketUrl }, query, { token, variables, headers = {} }) {
      const socket = await openReadySocket(socketUrl, dialect, token, { headers });
      try {
        return await askOn(socket, dialect, query, variables);
      } finally {
        socket.ws.close();
      }
    },
  })),
];

/** Runs one query or mutation on an open socket that has nothing else to say. */
export async function askOn(
  socket: TestSocket,
  dialect: Dialect,
  query: string,
  variables?: object,
): Promise<GraphqlResult> {
  socket.send({ type: dialect.start, id: "asked", payload: { query, variables } });
  const { type, payload } = await socket.next();
  // The legacy protocol has room for one error, the modern one for all.
  if (type === "error") return { errors: [payload].flat() };
  await socket.until("complete");
  return payload as GraphqlResult;
}

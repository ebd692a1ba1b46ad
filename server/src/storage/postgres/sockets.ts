import { connect, type Socket } from "node:net";

/** Where the client library wants to connect to, as it has read it from the address. */
type Target = {
  readonly host: string[];
  readonly port: number[];
  readonly path?: string | false;
};

/** The sockets of one client of the library. */
export type Sockets = {
  /** The library's option `socket`: the next server's turn, not connected yet; what is written waits for that. */
  readonly open: (target: Target) => Socket;
  /** Cuts off what is still open, and opens nothing any more: what waits for a connection fails then. */
  cut(): void;
};

/**
 * Keeps hold of the sockets of a client, since the library does not when it is ended: a connection that was being made stays open
 * without a user until the server gives up on it, and keeps the process from ending; with several servers in the address
 * it is even made again for ever, and its query waits as long.
 */
export function createSockets(): Sockets {
  const open = new Set<Socket>();
  let asked: Target | null = null;
  let turn = 0;
  let isCut = false;
  return {
    open(target) {
      asked = target;
      if (isCut) throw Object.assign(new Error("The client was closed."), { code: "CONNECTION_ENDED" });
      const at = turn % target.host.length;
      turn += 1;
      const { path } = target;
      const [host = "", port = 5432] = [target.host[at], target.port[at]];
      const socket = typeof path === "string" ? connect(path) : connect(port, host);
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      // The library looks here for the name that a certificate has to have.
      return Object.assign(socket, { host, port });
    },
    cut() {
      isCut = true;
      // With one server a failure to connect is one; with several the library goes on to the next.
      asked?.host.splice(1);
      for (const socket of open) socket.destroy();
    },
  };
}

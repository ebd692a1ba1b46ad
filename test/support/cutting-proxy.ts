import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * A way to a server on which connections are cut as networks do it: all at once or one of them, in order, by a reset, or by
 * nothing moving any more until somebody gives up.
 */
export async function cuttingProxy(target: string) {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const connections = new Set<readonly [Socket, Socket]>();
  let count = 0;
  const proxy = createServer((client) => {
    count += 1;
    const server = connect({ host: hostname, port: Number(port) });
    const pair = [client, server] as const;
    connections.add(pair);
    client.once("close", () => connections.delete(pair));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one);
      one.on("error", () => undefined);
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const cut = () => {
    for (const socket of open) reset(socket);
  };
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    /** How many connections there have been. */
    get count() {
      return count;
    },
    cut,
    /** Cuts one connection, chosen by a number modulo how many there are. Stalled, it is reset after so long. */
    cutOne(which: number, how: "close" | "reset" | { readonly stallMs: number }) {
      const all = [...connections];
      const pair = all[which % Math.max(1, all.length)];
      if (pair === undefined) return;
      const [client, server] = pair;
      if (how === "close") {
        client.end();
        server.end();
      } else if (how === "reset") reset(client);
      else {
        client.unpipe().pause();
        server.unpipe().pause();
        const givenUp = setTimeout(() => reset(client), how.stallMs);
        client.once("close", () => clearTimeout(givenUp));
      }
    },
    /** How many connections are open. */
    get size() {
      return connections.size;
    },
    async close() {
      const closed = once(proxy, "close");
      proxy.close();
      cut();
      await closed;
    },
  };
}

/** Node.js cannot reset what it is shutting down: that connection is never closed, and the process does not end. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

import type { Socket } from "node:net";
import { openTcpWay } from "./tcp-way.ts";

/**
 * A way to a server on which connections are cut as networks do it: all at once or one of them, in order, by a reset, or by
 * nothing moving any more until somebody gives up.
 */
export async function cuttingProxy(target: string) {
  let count = 0;
  const way = await openTcpWay(Number(new URL(target).port), ([client, server]) => {
    count += 1;
    client.pipe(server).pipe(client);
  });
  return {
    url: `http://127.0.0.1:${way.port}`,
    /** How many connections there have been. */
    get count() {
      return count;
    },
    cut() {
      for (const socket of [...way.pairs].flat()) reset(socket);
    },
    /** Cuts one connection, chosen by a number modulo how many there are. Stalled, it is reset after so long. */
    cutOne(which: number, how: "close" | "reset" | { readonly stallMs: number }) {
      const all = [...way.pairs];
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
      return way.pairs.size;
    },
    close: () => way.close(),
  };
}

/** Node.js cannot reset what it is shutting down: that connection is never closed, and the process does not end. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** One connection over a {@link TcpWay}: the socket of who connects, and the one on to the server. */
export type SocketPair = readonly [client: Socket, server: Socket];

/** A way to a server of this machine, with a test in the middle of it. */
export type TcpWay = {
  readonly port: number;
  /** The connections that are open, in the order they came. */
  readonly pairs: ReadonlySet<SocketPair>;
  /** Takes no more connections, breaks those off that are open, and resolves when all is closed. */
  close(): Promise<void>;
};

/**
 * Opens a way to a port of the loopback. `onPair` sees to the bytes of each new connection; that one socket closes with the other,
 * and that neither throws, is seen to. While `isShut` says so, who connects is reset.
 */
export async function openTcpWay(
  to: number,
  onPair: (pair: SocketPair) => void,
  isShut: () => boolean = () => false,
): Promise<TcpWay> {
  const pairs = new Set<SocketPair>();
  const way = createServer((client) => {
    if (isShut()) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(to, "127.0.0.1");
    const pair: SocketPair = [client, server];
    pairs.add(pair);
    for (const socket of pair) {
      socket.on("error", () => undefined);
      socket.once("close", () => {
        pairs.delete(pair);
        for (const one of pair) one.destroy();
      });
    }
    onPair(pair);
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  return {
    port: (way.address() as AddressInfo).port,
    pairs,
    async close() {
      const closed = once(way, "close");
      way.close();
      for (const socket of [...pairs].flat()) socket.destroy();
      await closed;
    },
  };
}

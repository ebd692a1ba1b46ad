import { EventEmitter, once } from "node:events";
import { request } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** How often each node is asked whether it is ready, in milliseconds. */
const lookEveryMs = 100;
/** How long it may take to answer. */
const lookMs = 2_000;

/**
 * What stands in front of several nodes: each new connection goes to the next one that says it is ready, to any where none does,
 * and to another where one does not take it. Connections that stand are left alone.
 */
export async function startBalancer(nodes: readonly string[]) {
  const ready = new Set(nodes);
  const looking = new Set<string>();
  const open = new Set<Socket>();
  const looked = new EventEmitter();
  let turn = 0;
  const looks = nodes.map((node) => setInterval(() => void look(node), lookEveryMs));
  const server = createServer({ pauseOnConnect: true }, (client) => {
    track(client);
    turn += 1;
    const offered = nodes.map((_, at) => nodes[(turn + at) % nodes.length] as string);
    lead(client, [...offered.filter((node) => ready.has(node)), ...offered.filter((node) => !ready.has(node))]);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves once this node is given connections. */
    async takesTo(node: string) {
      while (!ready.has(node)) await once(looked, "ready");
    },
    async close() {
      for (const look of looks) clearInterval(look);
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };

  async function look(node: string): Promise<void> {
    if (looking.has(node)) return;
    looking.add(node);
    const is = await isReady(node);
    looking.delete(node);
    if (is) ready.add(node);
    else ready.delete(node);
    if (is) looked.emit("ready");
  }

  function lead(client: Socket, [node, ...others]: readonly string[]): void {
    if (node === undefined) {
      client.resetAndDestroy();
      return;
    }
    const { hostname, port } = new URL(node);
    const way = connect({ host: hostname, port: Number(port) });
    const refused = () => lead(client, others);
    way.once("error", refused);
    way.once("connect", () => {
      way.off("error", refused);
      track(way);
      for (const [one, other] of [
        [client, way],
        [way, client],
      ] as const) {
        one.once("close", () => other.destroy());
        one.pipe(other);
      }
    });
  }

  function track(socket: Socket): void {
    open.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => open.delete(socket));
  }
}

function isReady(node: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(`${node}/readyz`, { agent: false, timeout: lookMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once("timeout", () => asked.destroy());
    asked.once("error", () => resolve(false));
    asked.end();
  });
}

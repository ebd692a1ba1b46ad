import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** The command as a client sends it in a simple query (protocol 3.0, message "Query"). */
const commit = Buffer.from("COMMIT\0");

/** A way to a PostgreSQL server that can break at the worst moment: when a certain statement is on its way. */
export async function breakingProxy(port: number) {
  const open = new Set<Socket>();
  let failing: { readonly isCommitted: boolean; readonly times: "once" | "from then on" } | null = null;
  let isDown = false;
  let fatal: string | null = null;
  const proxy = createServer((client) => {
    if (isDown) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ host: "127.0.0.1", port });
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
    }
    let isLosing = false;
    let isSilent = false;
    server.on("data", (bytes) => {
      if (isSilent) return;
      if (!isLosing) client.write(bytes);
      else client.resetAndDestroy(); // the answer to the commit: it is done
    });
    client.on("data", (bytes: Buffer) => {
      if (fatal !== null && bytes.includes(fatal)) {
        fatal = null;
        isSilent = true;
      }
      if (isSilent) return;
      if (failing === null || !bytes.includes(commit)) {
        server.write(bytes);
        return;
      }
      const { isCommitted, times } = failing;
      failing = null;
      if (times === "from then on") isDown = true;
      isLosing = true;
      if (isCommitted) server.write(bytes);
      else client.resetAndDestroy();
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (proxy.address() as AddressInfo).port,
    /** The next commit arrives or does not, and its connection is lost; so is every later one, unless it is `once`. */
    failAtCommit(isCommitted: boolean, times: "once" | "from then on" = "from then on") {
      failing = { isCommitted, times };
    },
    /** The next connection that sends this text is not closed, and says nothing any more. */
    silenceAt(text: string) {
      fatal = text;
    },
    mend() {
      failing = null;
      isDown = false;
    },
    async close() {
      const closed = once(proxy, "close");
      proxy.close();
      cut();
      await closed;
    },
  };
}

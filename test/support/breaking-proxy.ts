import { openTcpWay, type SocketPair } from "./tcp-way.ts";

/** The command as a client sends it in a simple query (protocol 3.0, message "Query"). */
const commit = Buffer.from("COMMIT\0");

/** A way to a PostgreSQL server that can break at the worst moment: when a certain statement is on its way. */
export async function breakingProxy(port: number) {
  let failing: { readonly isCommitted: boolean; readonly times: "once" | "from then on" } | null = null;
  let isDown = false;
  let fatal: string | null = null;
  const onPair = ([client, server]: SocketPair) => {
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
  };
  const way = await openTcpWay(port, onPair, () => isDown);
  return {
    port: way.port,
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
    close: () => way.close(),
  };
}

import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, it } from "node:test";
import { connect, end, limitsDefault, statementsOf } from "./connection.ts";
import { isLost } from "./errors.ts";

describe("connections that are ended while they are being made", () => {
  for (const servers of [1, 2]) {
    it(`are closed, and what waits for them fails, with ${servers} in the address`, async () => {
      // Takes connections and says nothing, as a server that is starting or gone behind a firewall.
      const silent = createServer().listen(0, "127.0.0.1");
      await once(silent, "listening");
      const { port } = silent.address() as AddressInfo;
      const hosts = Array.from({ length: servers }, () => `127.0.0.1:${port}`).join(",");
      const arrived = once(silent, "connection") as Promise<[Socket]>;
      const sql = connect(`postgres://nobody@${hosts}/none`, 1, limitsDefault, "test");
      const failed = assert.rejects(statementsOf(sql).all("SELECT 1"), isLost);
      const [socket] = await arrived;
      const closed = once(
        socket.resume().on("error", () => undefined),
        "close",
      );
      await end(sql, 0);
      await failed;
      await closed;
      silent.close();
      await once(silent, "close");
    });
  }
});

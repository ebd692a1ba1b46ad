import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { test } from "node:test";
import { WebSocketServer } from "ws";
import { createFrameReader, pongFrame, textFrame } from "./websocket.ts";

/** What the frames of a real server, cut into pieces of `size` bytes, are read as. */
async function readFromServer(messages: readonly string[], size: number): Promise<string[]> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const read: string[] = [];
  const echoed: string[] = [];
  server.on("connection", (socket) => {
    socket.on("message", (message: Buffer) => {
      echoed.push(message.toString());
      for (const text of messages) socket.send(text);
      socket.close(4000, "done");
    });
  });
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(
    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  const [head] = (await once(socket, "data")) as [Buffer];
  assert.match(head.toString(), /^HTTP\/1\.1 101/);
  const follow = createFrameReader({
    text: (payload) => read.push(payload.toString()),
    ping: (payload) => void socket.write(pongFrame(payload)),
    close: (code, reason) => {
      read.push(`${code} ${reason}`);
      socket.destroy();
    },
  });
  socket.on("data", (bytes: Buffer) => {
    for (let at = 0; at < bytes.length; at += size) follow(bytes.subarray(at, at + size));
  });
  socket.write(textFrame("go ".repeat(60)));
  await once(socket, "close");
  server.close();
  assert.deepEqual(echoed, ["go ".repeat(60)]);
  return read;
}

test("frames of every length are read through whatever pieces they arrive in", async () => {
  const short = ["", "a", "b".repeat(125), "c".repeat(126)];
  for (const size of [1, 7]) assert.deepEqual(await readFromServer(short, size), [...short, "4000 done"]);
  const long = ["é".repeat(40_000), ...short];
  for (const size of [1_000, 1_000_000]) assert.deepEqual(await readFromServer(long, size), [...long, "4000 done"]);
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { callAnswer } from "../data/answers.ts";
import { callAt } from "../data/calls.ts";

// The limit of fan-out: whatever is posted is answered, and one prepared change with the posted note goes to every socket by
// `ws` with the subscriber's own id. Nothing is parsed, authenticated, looked up or stored.

const subscribers = new Map<WebSocket, string>();
const [before = "", after = ""] = JSON.stringify({
  data: { onUpdateCall: { ...callAnswer(callAt(0)), notes: [{ id: "1", content: "CONTENT" }] } },
}).split("CONTENT");

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text: string) => (body += text));
  request.on("end", () => {
    const { variables } = JSON.parse(body) as { variables: { content: string } };
    const payload = `${before}${variables.content}${after}`;
    response.setHeader("content-type", "application/json");
    response.end(payload);
    for (const [socket, id] of subscribers) socket.send(`{"id":"${id}","type":"next","payload":${payload}}`);
  });
});

const sockets = new WebSocketServer({
  server,
  handleProtocols: (protocols) => protocols.values().next().value ?? false,
});
sockets.on("connection", (socket) => {
  socket.on("message", (data: Buffer) => {
    const { id, type } = JSON.parse(data.toString()) as { id?: string; type: string };
    if (type === "connection_init") socket.send('{"type":"connection_ack"}');
    else if (id !== undefined) subscribers.set(socket, id);
  });
  socket.on("close", () => subscribers.delete(socket));
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.once("SIGTERM", () => process.exit(0));

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// The limit of HTTP: node:http that reads each request to its end and sends the same bytes, whatever was asked.

const body = readFileSync(process.env["LIMIT_BODY"] ?? "");
const headers = { "content-type": "application/json; charset=utf-8", "content-length": body.length };

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, headers);
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.once("SIGTERM", () => process.exit(0));

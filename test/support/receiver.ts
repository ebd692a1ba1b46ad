import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it came. */
export type Received = {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** What is told to a webhook, as far as these tests look at it. */
export type Told = {
  readonly type: string;
  readonly timestamp: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- taken apart by assertions that say what they expect
  readonly data: any;
};

/** A program that is told of changes: an HTTP server on loopback that keeps what comes, and answers as it is told to. */
export type Receiver = {
  readonly url: string;
  readonly received: readonly Received[];
  /** How it answers from now on. */
  answer(how: (response: ServerResponse, received: Received) => void): void;
  /** Resolves once this holds of what came. */
  until(holds: (received: readonly Received[]) => boolean): Promise<void>;
  close(): Promise<void>;
};

export async function startReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let answer = (response: ServerResponse, _received: Received): void => void response.writeHead(204).end();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const id = String(request.headers["webhook-id"]);
      const one = { id, headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      answer(response, one);
      for (const look of waiting) look();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (how) => {
      answer = how;
    },
    until: (holds) =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds(received)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** An answer of a status, with a body. */
export function status(code: number, body = "", headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse): void => void response.writeHead(code, headers).end(body);
}

export function toldIn({ body }: Received): Told {
  return JSON.parse(body) as Told;
}

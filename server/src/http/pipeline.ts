import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests of one connection that run at the same time; further ones wait in order. */
const concurrencyMax = 8;
/** Requests of one connection that may wait. Nobody who means well sends so many ahead. */
const waitingMax = 10_000;

type Line = { running: number; readonly waiting: (() => void)[] };

/**
 * Keeps a client that sends many requests ahead on one connection (pipelining) from having them all run at once. Answers go
 * out in order anyway; Node.js sees to that.
 */
export function createPipelineLimit(): (socket: Socket, response: ServerResponse, run: () => void) => void {
  const lines = new WeakMap<Socket, Line>();
  return (socket, response, run) => {
    const line = lines.get(socket) ?? { running: 0, waiting: [] };
    if (line.running === 0) lines.set(socket, line);
    const start = () => {
      line.running += 1;
      response.once("close", () => {
        line.running -= 1;
        line.waiting.shift()?.();
      });
      run();
    };
    if (line.running < concurrencyMax) start();
    else if (line.waiting.length < waitingMax) line.waiting.push(start);
    else socket.destroy();
  };
}

import { setTimeout } from "node:timers/promises";
import { graphqlRequest, type HttpConnection, openConnection } from "./http-connection.ts";
import type { HttpJob, HttpReport, Shape, Tally } from "./job.ts";
import { Latencies } from "./latencies.ts";
import { bodyMaker } from "./variables.ts";

const pacedConnections = 16;
const paceMs = 5;

/** Loads a server as the job says, and reports what was answered within the run. */
export async function loadHttp(job: HttpJob): Promise<HttpReport> {
  const url = new URL(job.url);
  const run = { isOver: false };
  const closed = createCounter();
  const paced = createCounter();
  const closedRequests = requestMaker(url, job.token, job.closed.shapes, job.seed);
  const connections = await Promise.all(
    Array.from({ length: job.closed.connections }, async () => closedLoop(url, closedRequests, closed, run)),
  );
  const pacer =
    job.paced === undefined
      ? null
      : await openLoop(url, requestMaker(url, job.token, job.paced.shapes, job.seed), job.paced.perSecond, paced, run);

  const started = performance.now();
  const cpuBefore = process.cpuUsage();
  for (const connection of connections) connection.start();
  pacer?.start(started);
  await setTimeout(job.runMs);
  run.isOver = true;
  pacer?.countWaiting(performance.now());
  const seconds = (performance.now() - started) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  for (const connection of connections) connection.close();
  pacer?.close();
  return {
    seconds,
    closed: closed.tally(seconds),
    paced: job.paced === undefined ? null : paced.tally(seconds),
    loadBusy: (cpu.user + cpu.system) / 1e6 / seconds,
  };
}

type Counter = ReturnType<typeof createCounter>;

function createCounter() {
  const latencies = new Latencies();
  let failures = 0;
  let unanswered = 0;
  let bytes = 0;
  return {
    answered(status: number, bodyBytes: number, milliseconds: number): void {
      latencies.add(milliseconds);
      bytes += bodyBytes;
      if (status !== 200) failures += 1;
    },
    /** Not answered yet: it has waited this long at least, and leaving it out would flatter a server that starves it. */
    waiting(milliseconds: number): void {
      latencies.add(milliseconds);
      unanswered += 1;
    },
    failed(): void {
      failures += 1;
    },
    tally(seconds: number): Tally {
      const [p50Ms = 0, p99Ms = 0] = latencies.quantiles([0.5, 0.99]);
      const answers = latencies.count - unanswered;
      return { answers, failures, perSecond: answers / seconds, p50Ms, p99Ms, bytesPerAnswer: bytes / answers };
    },
  };
}

/** The requests in their order, shapes in turn. A request that never varies is made once. */
function requestMaker(url: URL, token: string, shapes: readonly Shape[], seed: number): () => Buffer {
  const makers = shapes.map((shape) => {
    const body = bodyMaker(shape);
    const isConstant = Object.values(shape.variables).every((value) => typeof value !== "object");
    const constant = graphqlRequest(url, token, body(0));
    return isConstant ? () => constant : (turn: number) => graphqlRequest(url, token, body(turn));
  });
  let turn = seed;
  return () => {
    turn += 1;
    const make = makers[turn % makers.length];
    if (make === undefined) throw new Error("a load needs a shape");
    return make(Math.floor(turn / makers.length));
  };
}

async function closedLoop(url: URL, next: () => Buffer, counter: Counter, run: { readonly isOver: boolean }) {
  let sentAt = 0;
  const send = () => {
    sentAt = performance.now();
    connection.send(next());
  };
  const connection: HttpConnection = await openConnection(
    url,
    (status, bytes) => {
      if (run.isOver) return;
      counter.answered(status, bytes, performance.now() - sentAt);
      send();
    },
    () => {
      if (!run.isOver) counter.failed();
    },
  );
  return { start: send, close: () => connection.close() };
}

/** Requests fall due at a fixed rate; one that finds no free connection waits, and its wait counts. */
async function openLoop(
  url: URL,
  next: () => Buffer,
  perSecond: number,
  counter: Counter,
  run: { readonly isOver: boolean },
) {
  const due: number[] = [];
  const free: ((dueAt: number) => void)[] = [];
  const sent = new Set<{ readonly dueAt: number }>();
  const connections = await Promise.all(
    Array.from({ length: pacedConnections }, async () => {
      let request = { dueAt: 0 };
      const take = (at: number) => {
        request = { dueAt: at };
        sent.add(request);
        connection.send(next());
      };
      const connection: HttpConnection = await openConnection(
        url,
        (status, bytes) => {
          if (run.isOver) return;
          sent.delete(request);
          counter.answered(status, bytes, performance.now() - request.dueAt);
          const waiting = due.shift();
          if (waiting === undefined) free.push(take);
          else take(waiting);
        },
        () => {
          if (!run.isOver) counter.failed();
        },
      );
      free.push(take);
      return connection;
    }),
  );
  let timer: NodeJS.Timeout | undefined;
  return {
    start(startedAt: number) {
      let count = 0;
      timer = setInterval(() => {
        const wanted = ((performance.now() - startedAt) / 1_000) * perSecond;
        for (; count < wanted; count++) {
          const dueAt = startedAt + (count * 1_000) / perSecond;
          const take = free.pop();
          if (take === undefined) due.push(dueAt);
          else take(dueAt);
        }
      }, paceMs);
    },
    countWaiting(now: number) {
      for (const { dueAt } of sent) counter.waiting(now - dueAt);
      for (const dueAt of due) counter.waiting(now - dueAt);
    },
    close() {
      clearInterval(timer);
      for (const connection of connections) connection.close();
    },
  };
}

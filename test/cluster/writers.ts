import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** A note that was acknowledged. */
export type Acknowledged = { readonly content: string; readonly callId: string; readonly revision: number };

export type Writers = {
  readonly acknowledged: readonly Acknowledged[];
  /** What was answered or happened instead, by code, and how often. */
  readonly failures: ReadonlyMap<string, number>;
  /** The longest that one request took, in milliseconds. */
  readonly longestMs: number;
  /** Resolves with the next acknowledgement of a note that was first sent from now on. Rejects when a writer gave up. */
  next(): Promise<void>;
  /** Resolves when all that was begun is acknowledged. Rejects when a writer gave up. */
  stop(): Promise<void>;
};

/** What may be answered while something is away; all else ends the test. */
const passing = /^(UNAVAILABLE|TIMEOUT|OUTCOME_UNKNOWN|OVERLOADED|ECONNRESET|ECONNREFUSED|EPIPE)$/;
/** Between two notes of a writer, in milliseconds: many people, not a flood. */
const paceMs = 60;
/** Before the same note is sent again, in milliseconds. */
const againMs = 50;
/** How long a request may hang before the test gives up on it, in milliseconds. */
const givenUpMs = 30_000;

/**
 * Clients that add notes one after the other, and send each again under its idempotency key until it is acknowledged. Every
 * second one keeps its connections, the others make a new one for each request.
 */
export function startWriters({
  url,
  token,
  callIds,
  count,
}: {
  readonly url: string;
  readonly token: string;
  readonly callIds: readonly string[];
  readonly count: number;
}): Writers {
  const run = randomUUID();
  const acknowledged: Acknowledged[] = [];
  const failures = new Map<string, number>();
  const waiting = new Set<{
    readonly sinceMs: number;
    readonly resolve: () => void;
    readonly reject: (error: unknown) => void;
  }>();
  let longestMs = 0;
  const stopping = new AbortController();
  let failure: Error | null = null;
  const running = Promise.all(Array.from({ length: count }, (_, writer) => write(writer)));
  running.catch((error: unknown) => {
    failure = error as Error;
    stopping.abort();
    for (const { reject } of waiting) reject(error);
  });

  return {
    acknowledged,
    failures,
    get longestMs() {
      return longestMs;
    },
    next() {
      if (failure !== null) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        waiting.add({ sinceMs: performance.now(), resolve, reject });
      });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };

  async function write(writer: number): Promise<void> {
    const agent = writer % 2 === 0 ? new Agent({ keepAlive: true, maxSockets: 1 }) : false;
    for (let at = 0; !stopping.signal.aborted; at += 1) {
      const content = `${run} ${writer}-${at}`;
      const callId = callIds[(writer + at * count) % callIds.length] as string;
      const sinceMs = performance.now();
      const revision = await untilAcknowledged(agent, content, callId);
      acknowledged.push({ content, callId, revision });
      for (const one of waiting) {
        if (one.sinceMs > sinceMs) continue;
        waiting.delete(one);
        one.resolve();
      }
      await pause(paceMs);
    }
    if (agent !== false) agent.destroy();
  }

  async function untilAcknowledged(agent: Agent | false, content: string, activityId: string): Promise<number> {
    const key = randomUUID();
    const body = JSON.stringify({
      query: "mutation ($input: AddNoteInput!) { addNote(input: $input) { revision } }",
      variables: { input: { activityId, content } },
    });
    for (;;) {
      const startMs = performance.now();
      const answer = await post(agent, key, body);
      longestMs = Math.max(longestMs, performance.now() - startMs);
      if (typeof answer === "number") return answer;
      if (!passing.test(answer)) throw new Error(`A note was answered ${answer}.`);
      failures.set(answer, (failures.get(answer) ?? 0) + 1);
      await pause(againMs);
    }
  }

  /** The revision, or what came instead of it. */
  function post(agent: Agent | false, key: string, body: string): Promise<number | string> {
    return new Promise((resolve) => {
      const asked = request(`${url}/graphql`, {
        method: "POST",
        agent,
        timeout: givenUpMs,
        headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "idempotency-key": key },
      });
      asked.once("timeout", () => asked.destroy(new Error("HANGS")));
      const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
      asked.on("error", failed);
      asked.once("response", (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("error", failed);
        response.once("end", () => resolve(answerOf(text)));
      });
      asked.end(body);
    });
  }
}

function answerOf(text: string): number | string {
  const { data, errors } = JSON.parse(text) as {
    readonly data?: { readonly addNote?: { readonly revision: number } } | null;
    readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  };
  return data?.addNote?.revision ?? errors?.[0]?.extensions?.code ?? text;
}

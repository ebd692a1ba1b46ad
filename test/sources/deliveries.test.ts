import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { after, before, test } from "node:test";
import type { Call } from "../../server/src/domain/call.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const seed = Number(process.env["RINGBACK_TEST_SEED"] ?? 20_260_105);
const deliveriesCount = 10_000;
const key = "rbk_deliveries-test";

let server: TestServer;
before(async () => {
  server = await startTestServer();
  const source = { id: "pbx", workspaceId: 1, name: "pbx", kind: "generic", createdAtMs: 0 } as const;
  await server.storage.sources.add(source, hash("sha256", key));
});
after(() => server.close());

test(`10,000 deliveries, a fifth of them repeated, a fifth out of order, a hundredth forged, end as they happened (seed ${seed})`, async () => {
  const random = mulberry32(seed);
  const { truth, stream } = makeHistory(random);
  const requests = cut(stream, random);
  assert.equal(stream.length, deliveriesCount);

  const statuses = { ok: 0, forged: 0 };
  const verdicts: Record<string, number> = {};
  await inLanes(8, requests, async ({ isForged, events }) => {
    const response = await fetch(`${server.url}/ingest/calls`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${isForged ? "rbk_guessed" : key}`,
        "content-type": "application/x-ndjson",
      },
      body: events.map((event) => JSON.stringify(event)).join("\n"),
    });
    const answer = (await response.json()) as { readonly results: readonly { readonly verdict: string }[] };
    assert.equal(response.status, isForged ? 401 : 200);
    statuses[isForged ? "forged" : "ok"] += events.length;
    if (isForged) return;
    for (const { verdict } of answer.results) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  });

  assert.equal(statuses.forged, deliveriesCount / 100);
  assert.deepEqual(sorted((await allCalls()).map((call) => shown(call))), sorted([...truth.values()]));
  assert.equal(verdicts["new"], truth.size);
  assert.deepEqual(Object.keys(verdicts).toSorted(), ["duplicate", "merged", "new"]);
  assert.equal(await loggedChanges(), truth.size);
  assert.deepEqual((await server.storage.check()).problems, []);
});

type Event = Readonly<Record<string, unknown>> & { readonly id: string; readonly event_id: string };
type Sent = { readonly event: Event; readonly isForged: boolean };
type Shown = Pick<Call, "direction" | "from" | "to" | "via" | "durationMs" | "callType" | "createdAtMs">;

/**
 * Calls as they happened, and what a phone system says about them: a state when it rings, perhaps one when somebody takes it,
 * one when it ends. A fifth is sent again later, a fifth comes up to a hundred places late, a hundredth is made up by somebody else.
 */
function makeHistory(random: () => number): { truth: ReadonlyMap<string, Shown>; stream: readonly Sent[] } {
  const truth = new Map<string, Shown>();
  const placed: { at: number; sent: Sent }[] = [];
  const forgedCount = deliveriesCount / 100;
  const genuineCount = deliveriesCount - forgedCount;
  const originals: Event[] = [];
  const repeatedCount = Math.floor(genuineCount / 6);
  for (let index = 0; originals.length < genuineCount - repeatedCount; index += 1) {
    const left = genuineCount - repeatedCount - originals.length;
    const { events, call } = happen(index, random, left);
    originals.push(...events);
    truth.set(`call-${index}`, call);
  }
  for (const [at, event] of originals.entries()) {
    const late = random() < 0.2 ? random() * 100 : 0;
    placed.push({ at: at + late, sent: { event, isForged: false } });
  }
  for (let count = 0; count < repeatedCount; count += 1) {
    const at = Math.floor(random() * originals.length);
    const event = originals[at];
    if (event !== undefined) placed.push({ at: at + random() * 300, sent: { event, isForged: false } });
  }
  for (let count = 0; count < forgedCount; count += 1) {
    const id = `call-${Math.floor(random() * truth.size * 1.1)}`;
    const event = { id, event_id: `${id}:end`, duration: 1, call_type: "voicemail", from: "+0" };
    placed.push({ at: random() * originals.length, sent: { event, isForged: true } });
  }
  return { truth, stream: placed.toSorted((a, b) => a.at - b.at).map(({ sent }) => sent) };
}

function happen(index: number, random: () => number, eventsMax: number): { events: readonly Event[]; call: Shown } {
  const id = `call-${index}`;
  const direction = random() < 0.6 ? "inbound" : "outbound";
  const [ours, theirs] = ["+33187650001", `+4420794600${String(Math.floor(random() * 100)).padStart(2, "0")}`];
  const [from, to] = direction === "inbound" ? [theirs, ours] : [ours, theirs];
  const createdAtMs = Date.UTC(2026, 0, 5) + index * 7_000 + Math.floor(random() * 5_000);
  const ringMs = Math.floor(random() * 30_000);
  const callType = (["answered", "missed", "voicemail"] as const)[Math.floor(random() * 3)] ?? "missed";
  const isTaken = callType !== "missed" && eventsMax >= 3;
  const durationMs = ringMs + (isTaken ? Math.floor(random() * 600_000) : 0);
  const created_at = new Date(createdAtMs).toISOString();
  const ringing = { id, event_id: `${id}:ring`, direction, from, to, via: ours, created_at, call_type: "missed" };
  const taken = { id, event_id: `${id}:take`, call_type: callType };
  const ended = { id, event_id: `${id}:end`, duration: durationMs, ended_at: createdAtMs + durationMs };
  const events = [ringing, ...(isTaken ? [taken] : []), ended].slice(0, eventsMax);
  const knownMs = events.includes(ended) ? durationMs : 0;
  const call = { direction, from, to, via: ours, createdAtMs, durationMs: knownMs } as const;
  return { events, call: { ...call, callType: isTaken ? callType : "missed" } };
}

/** Requests of one to forty deliveries of one sender, as systems with and without batching make them. */
function cut(
  stream: readonly Sent[],
  random: () => number,
): readonly { isForged: boolean; events: readonly Event[] }[] {
  const requests: { isForged: boolean; events: Event[] }[] = [];
  let room = 0;
  for (const { event, isForged } of stream) {
    const last = requests.at(-1);
    if (last !== undefined && last.isForged === isForged && room > 0) {
      last.events.push(event);
      room -= 1;
    } else {
      requests.push({ isForged, events: [event] });
      room = Math.floor(random() * 40);
    }
  }
  return requests;
}

/** Runs the work of several senders at once. */
async function inLanes<T>(lanes: number, work: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const queue = work.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of queue) await run(item);
    }),
  );
}

async function allCalls(): Promise<readonly Call[]> {
  const calls: Call[] = [];
  for (;;) {
    const last = calls.at(-1);
    const next = await server.storage.calls.after(1, last ?? null, 500);
    if (next.length === 0) return calls;
    calls.push(...next);
  }
}

async function loggedChanges(): Promise<number> {
  let logged = 0;
  let revision = 0;
  for (;;) {
    const changes = await server.storage.changes.after(1, revision, 500);
    if (changes.length === 0) return logged;
    logged += changes.filter(({ kind }) => kind === "call.logged").length;
    revision = changes.at(-1)?.revision ?? revision;
  }
}

function shown({ direction, from, to, via, durationMs, callType, createdAtMs }: Call): Shown {
  return { direction, from, to, via, durationMs, callType, createdAtMs };
}

function sorted(calls: readonly Shown[]): readonly Shown[] {
  return calls.toSorted((a, b) => a.createdAtMs - b.createdAtMs || a.from.localeCompare(b.from));
}

function mulberry32(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

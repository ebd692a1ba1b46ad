import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { DomainError } from "../../server/src/domain/errors.ts";
import type { Storage } from "../../server/src/domain/storage.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { type PlacedCall, type SipNetwork, startSipNetwork, whatIsMissing } from "./telephony.ts";

const ringMs = 200;
const key = "rbk_kamailio-test";
const us = "+33187650001";

const missing = whatIsMissing();
if (missing !== null && process.env["CI"] === "true") {
  test("real calls can be placed", () => assert.fail(`In CI this must not be skipped: ${missing}.`));
}

describe("real calls through Kamailio", { skip: missing ?? false, timeout: 120_000 }, () => {
  let data: string;
  let server: TestServer;
  let network: SipNetwork;
  let watcher: Watcher;

  before(async () => {
    data = await mkdtemp(join(tmpdir(), "ringback-sip-data-"));
    server = await startTestServer({ data });
    const source = { id: "proxy", workspaceId: 1, name: "proxy", kind: "kamailio", createdAtMs: Date.now() } as const;
    await server.storage.sources.add(source, hash("sha256", key));
    const { accessToken } = await server.signIn();
    watcher = createWatcher(server.socketUrl, accessToken);
    await watcher.follow();
    network = await startSipNetwork({ ringbackUrl: `${server.url}/ingest/calls`, key, ringMs });
  });

  after(async () => {
    await network?.close();
    await watcher?.close();
    await server?.close();
    await rm(data, { recursive: true, force: true });
  });

  test("a call that is answered is in the inbox once, and a subscriber sees it once", async () => {
    const [call] = await placed("caller", { from: "+442079460001", to: us, pauseMs: 400 });
    assertCall(call, { direction: "inbound", from: "+442079460001", to: us, via: us, call_type: "answered" });
    assertSpan(call, ringMs + 400);
  });

  test("a call to a busy phone that voicemail takes is voicemail", async () => {
    const to = "+33187650086";
    const [call] = await placed("caller", { from: "+442079460002", to, pauseMs: 300 });
    assertCall(call, { direction: "inbound", from: "+442079460002", to, via: to, call_type: "voicemail" });
    assertSpan(call, ringMs + 300);
  });

  test("a call that the caller gives up while it rings is missed, and lasts as long as it rang", async () => {
    const to = "+33187650077";
    const [call] = await placed("caller-gives-up", { from: "+442079460003", to, pauseMs: 500 });
    assertCall(call, { direction: "inbound", from: "+442079460003", to, via: to, call_type: "missed" });
    assertSpan(call, 500);
  });

  test("a call out is outbound, by the line of ours that it shows", async () => {
    const [call] = await placed("caller", { from: us, to: "+442079460004", pauseMs: 300 });
    assertCall(call, { direction: "outbound", from: us, to: "+442079460004", via: us, call_type: "answered" });
    assertSpan(call, ringMs + 300);
  });

  test("a call out that the trunk first asks to authenticate is one call", async () => {
    const [call] = await placed("caller-challenged", { from: us, to: "+442079460007", pauseMs: 300 });
    assertCall(call, { direction: "outbound", from: us, to: "+442079460007", via: us, call_type: "answered" });
    assertSpan(call, ringMs + 300);
  });

  test("a call between our own lines is kept out of the inbox", async () => {
    const before = await total();
    await network.place("caller", { from: us, to: "+33187650002", pauseMs: 100 });
    // Kamailio tells of calls in their order, so the next one proves that this one has been told.
    await placed("caller", { from: "+442079460005", to: us, pauseMs: 100 });
    assert.equal(await total(), before + 1);
  });

  test("a hundred calls at speed are a hundred calls", async () => {
    const calls = await placed("caller", { from: "+442079460010", to: us, pauseMs: 200, count: 100, perSecond: 50 });
    for (const call of calls) {
      assertCall(call, { direction: "inbound", from: "+442079460010", to: us, via: us, call_type: "answered" });
      assertSpan(call, ringMs + 200);
    }
  });

  test("calls made while the server is down, and while it answers 503, arrive once when it is back", async () => {
    const port = new URL(server.url).port;
    const noticed = network.logged(/Ringback did not take a call/);
    await server.close();
    const from = "+442079460020";
    const startedAtMs = Date.now();
    await network.place("caller", { from, to: us, pauseMs: 200, count: 5 });
    await noticed;
    const endedAtMs = Date.now();

    let refusals = 0;
    const recovered = network.logged(/Ringback takes calls again/);
    server = await startTestServer(
      { data, port },
      { aroundStorage: (storage) => refusing(storage, 2, () => (refusals += 1)) },
    );
    await watcher.follow();
    const calls = await watcher.logged(from, 5);
    await recovered;
    assert.equal(refusals, 2);
    for (const call of calls) {
      assertCall(call, { direction: "inbound", from, to: us, via: us, call_type: "answered" });
      assertTimes(call, startedAtMs, endedAtMs, ringMs + 200);
    }
    await assertInInbox(calls);
  });

  test("nothing was told twice: every call was logged once and none altered afterwards", async () => {
    const { accessToken } = await server.signIn();
    const query = "{ paginatedCalls(limit: 1000) { totalCount nodes { id } } }";
    const { paginatedCalls } = (await server.graphql(query, { token: accessToken })).data;
    const ids = paginatedCalls.nodes.map(({ id }: { id: string }) => id).toSorted();
    assert.equal(ids.length, paginatedCalls.totalCount);
    assert.deepEqual(watcher.changes.map(({ call }) => call.id).toSorted(), ids);
    assert.deepEqual([...new Set(watcher.changes.map(({ kind }) => kind))], ["CALL_LOGGED"]);
    assert.equal(ids.length, 6 + 100 + 5);
  });

  /** Places calls and returns them as the subscriber saw them, once they are known to be in the inbox in the same way. */
  async function placed(scenario: string, call: PlacedCall): Promise<readonly TimedCall[]> {
    const startedAtMs = Date.now();
    await network.place(scenario, call);
    const endedAtMs = Date.now();
    const calls = await watcher.logged(call.from, call.count ?? 1, call.to);
    await assertInInbox(calls);
    return calls.map((logged) => Object.assign({ startedAtMs, endedAtMs }, logged));
  }

  async function assertInInbox(calls: readonly SeenCall[]): Promise<void> {
    const { accessToken } = await server.signIn();
    for (const { id, ...seen } of calls.slice(0, 10)) {
      const query = `{ call(id: ${id}) { ${fields} } }`;
      const { data } = await server.graphql(query, { token: accessToken });
      assert.deepEqual(data.call, { id, ...seen });
    }
  }

  async function total(): Promise<number> {
    return (await server.storage.calls.page(1, 0, 0)).totalCount;
  }
});

type SeenCall = Readonly<Record<"id" | "direction" | "from" | "to" | "via" | "call_type" | "created_at", string>> & {
  readonly duration: number;
};
type TimedCall = SeenCall & { readonly startedAtMs: number; readonly endedAtMs: number };
type SeenChange = { readonly cursor: string; readonly kind: string; readonly call: SeenCall };

const fields = "id direction from to via call_type created_at duration";

function assertCall(call: SeenCall | undefined, expected: Partial<SeenCall>): asserts call is SeenCall {
  assert.ok(call !== undefined);
  assert.deepEqual(
    Object.fromEntries(Object.keys(expected).map((name) => [name, call[name as keyof SeenCall]])),
    expected,
  );
}

/** The call was made while sipp ran, and lasted at least as long as it rang and was talked, and no longer than sipp ran. */
function assertSpan(call: TimedCall | undefined, leastMs: number): void {
  assert.ok(call !== undefined);
  assertTimes(call, call.startedAtMs, call.endedAtMs, leastMs);
}

function assertTimes(call: SeenCall, startedAtMs: number, endedAtMs: number, leastMs: number): void {
  const createdAtMs = Date.parse(call.created_at);
  assert.ok(createdAtMs >= startedAtMs && createdAtMs <= endedAtMs, `made at ${call.created_at}`);
  // sipp's pauses end up to a tick of its clock early.
  assert.ok(
    call.duration >= leastMs - 50 && createdAtMs + call.duration <= endedAtMs + 50,
    `lasted ${call.duration} ms`,
  );
}

type Watcher = {
  readonly changes: readonly SeenChange[];
  /** Follows from where it stopped, or from now on; resolves when it is connected. */
  follow(): Promise<void>;
  /** The calls from a number that were logged, once there are so many. */
  logged(from: string, count: number, to?: string): Promise<readonly SeenCall[]>;
  close(): Promise<void>;
};

/** A live subscriber by graphql-ws, as an integration would be written: it resumes by the last cursor that it saw. */
function createWatcher(url: string, token: string): Watcher {
  const changes: SeenChange[] = [];
  const waiting = new Set<() => void>();
  let client: Client | null = null;
  return {
    changes,
    async follow() {
      await client?.dispose();
      const connection = createClient({
        url,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${token}` },
        lazy: false,
        retryAttempts: 0,
        onNonLazyError: () => undefined,
      });
      client = connection;
      await new Promise<void>((resolve) => connection.on("connected", () => resolve()));
      const query = `subscription ($after: Cursor) { changes(after: $after) { cursor kind call { ${fields} } } }`;
      connection.subscribe<{ changes: SeenChange }>(
        { query, variables: { after: changes.at(-1)?.cursor ?? null } },
        {
          next({ data }) {
            if (data !== null && data !== undefined) changes.push(data.changes);
            for (const look of waiting) look();
          },
          error: () => undefined,
          complete: () => undefined,
        },
      );
    },
    logged: (from, count, to) =>
      new Promise((resolve) => {
        const look = () => {
          const calls = changes
            .filter(
              ({ kind, call }) => kind === "CALL_LOGGED" && call.from === from && (to === undefined || call.to === to),
            )
            .map(({ call }) => call);
          if (calls.length < count) return;
          waiting.delete(look);
          resolve(calls);
        };
        waiting.add(look);
        look();
      }),
    async close() {
      await client?.dispose();
    },
  };
}

/** A storage that cannot take the first deliveries. */
function refusing(storage: Storage, count: number, refused: () => void): Storage {
  let left = count;
  const accept: Storage["sources"]["accept"] = async (...args) => {
    if (left === 0) return storage.sources.accept(...args);
    left -= 1;
    refused();
    throw new DomainError("UNAVAILABLE", "The database does not answer.");
  };
  return { ...storage, sources: { ...storage.sources, accept } };
}

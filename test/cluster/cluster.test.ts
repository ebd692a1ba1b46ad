import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import postgres from "postgres";
import { postJson } from "../model/ways.ts";
import { startNats, whyNoNats } from "../support/nats.ts";
import { type OwnPostgres, startPostgres } from "../support/postgres.ts";
import { type Cluster, hangMsMax, isFull, startCluster, told } from "./cluster.ts";
import { ask, openOffice, signIn } from "./office.ts";

const rollingRestarts = isFull ? 10 : 2;
const brokerKills = isFull ? 20 : 3;
const databaseRestarts = isFull ? 20 : 3;

/** Within which all goes on by itself once the database has been restarted, in milliseconds. */
const recoveryMsMax = 5_000;

/** How two nodes ring each other. */
type Broker = {
  readonly doorbell: string;
  /** Takes it away from both and gives it back. */
  lose(): Promise<void>;
  stop(): Promise<void>;
};

const brokers: Readonly<Record<string, (server: OwnPostgres, database: string) => Promise<Broker>>> = {
  async postgres(_, database) {
    return {
      doorbell: database,
      async lose() {
        const sql = postgres(database, { max: 1, onnotice: () => {} });
        await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ringback doorbell'`;
        await sql.end();
      },
      async stop() {},
    };
  },
  async nats() {
    const nats = await startNats();
    return {
      doorbell: nats.url,
      async lose() {
        await nats.kill();
        await nats.start();
      },
      stop: () => nats.stop(),
    };
  },
};

for (const [kind, openBroker] of Object.entries(brokers)) {
  const missing = kind === "nats" ? whyNoNats() : null;
  const skip = missing !== null && process.env["CI"] !== "true" ? missing : false;

  describe(
    `two nodes on one PostgreSQL that ring each other over ${kind}, under writes and with 50 listeners`,
    { skip },
    () => {
      let server: OwnPostgres;
      let broker: Broker;
      let cluster: Cluster;

      before(async () => {
        server = await startPostgres();
        const { url } = await server.createDatabase();
        broker = await openBroker(server, url);
        cluster = await startCluster({ database: url, doorbell: broker.doorbell });
      });
      after(async () => {
        await cluster.stop();
        await broker.stop();
        await server.stop();
      });

      it("what one node has signed, done or ended is so on the other", async (t) => {
        const [one, two] = cluster.nodes.map(({ url }) => url) as [string, string];
        const token = await signIn(one, "ann");
        const { paginatedCalls } = await ask<{ paginatedCalls: { nodes: readonly { id: string }[] } }>(
          two,
          token,
          "{ paginatedCalls(limit: 1) { nodes { id } } }",
        );
        const [call] = paginatedCalls.nodes;
        const note = {
          query: "mutation ($input: AddNoteInput!) { addNote(input: $input) { revision } }",
          variables: { input: { activityId: call?.id, content: "once" } },
        };
        const headers = { authorization: `Bearer ${token}`, "idempotency-key": randomUUID() };
        const answers = await Promise.all([one, two, one, two].map((url) => postJson(`${url}/graphql`, headers, note)));
        assert.equal(new Set(answers.map(({ text }) => text)).size, 1, String(answers.map(({ text }) => text)));

        await ask(one, token, "mutation { logout }");
        const sinceMs = performance.now();
        for (;;) {
          const { text } = await postJson(
            `${two}/graphql`,
            { authorization: `Bearer ${token}` },
            { query: "{ cursor }" },
          );
          if (/UNAUTHENTICATED/.test(text)) break;
        }
        const afterMs = performance.now() - sinceMs;
        t.diagnostic(`a session that ended on one node ended on the other ${Math.round(afterMs)} ms later`);
        assert.ok(afterMs < hangMsMax);
      });

      it("rolling restarts fail no request and miss no change", async (t) => {
        const office = await openOffice(cluster.url);
        t.after(() => office.close());
        for (let at = 0; at < rollingRestarts; at += 1) {
          const node = cluster.nodes[at % cluster.nodes.length] as Cluster["nodes"][number];
          await node.restart();
          await cluster.balancer.takesTo(node.url);
          await office.writers.next();
        }
        const { changes, comebacks } = await office.finish();
        const { failures, longestMs } = office.writers;
        const ends = new Map<string, number>();
        for (const listener of office.listeners) {
          for (const [end, count] of listener.ends) ends.set(end, (ends.get(end) ?? 0) + count);
        }
        t.diagnostic(
          `${rollingRestarts} rolling restarts: ${changes} changes, ${comebacks} comebacks (${counted(ends)}), longest request ${Math.round(longestMs)} ms, failed ${counted(failures)}`,
        );
        assert.deepEqual(refused(failures), []);
        assert.ok(longestMs < hangMsMax);
      });

      it("a broker that is killed and comes back costs no change", async (t) => {
        const office = await openOffice(cluster.url);
        t.after(() => office.close());
        for (let at = 0; at < brokerKills; at += 1) {
          await broker.lose();
          await office.writers.next();
        }
        const { changes, comebacks } = await office.finish();
        const { failures, longestMs } = office.writers;
        t.diagnostic(`${brokerKills} broker kills: ${changes} changes, longest request ${Math.round(longestMs)} ms`);
        assert.deepEqual(refused(failures), []);
        assert.equal(comebacks, 0);
        assert.ok(longestMs < hangMsMax);
      });

      it("immediate restarts of the database lose nothing that was acknowledged, and all goes on by itself", async (t) => {
        const office = await openOffice(cluster.url);
        t.after(() => office.close());
        const away: number[] = [];
        const recoveries: number[] = [];
        for (let at = 0; at < databaseRestarts; at += 1) {
          const endMs = performance.now();
          await server.end("immediate");
          await server.start();
          const startMs = performance.now();
          await office.writers.next();
          away.push(startMs - endMs);
          recoveries.push(performance.now() - startMs);
        }
        const { changes, comebacks } = await office.finish();
        const { failures, longestMs } = office.writers;
        t.diagnostic(
          `${databaseRestarts} database restarts: ${changes} changes, ${comebacks} comebacks, away ${told(away)}, recovered after ${told(recoveries)}, longest request ${Math.round(longestMs)} ms, failed ${counted(failures)}`,
        );
        assert.ok(Math.max(...recoveries) < recoveryMsMax);
        assert.ok(longestMs < hangMsMax);
      });
    },
  );
}

/** What failed but for what a busy machine did not finish in five seconds, which a node says as it always would. */
function refused(failures: ReadonlyMap<string, number>): readonly string[] {
  return [...failures.keys()].filter((code) => code !== "TIMEOUT");
}

/** Counts by name, for people. */
function counted(counts: ReadonlyMap<string, number>): string {
  return JSON.stringify(Object.fromEntries(counts));
}

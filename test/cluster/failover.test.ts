import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import postgres from "postgres";
import { type OwnPostgres, startPostgres } from "../support/postgres.ts";
import { type Cluster, hangMsMax, startCluster } from "./cluster.ts";
import { openOffice } from "./office.ts";

/** From the loss of the primary until writes are taken again, its successor's promotion included, in milliseconds. */
const recoveryMsMax = 15_000;

describe("two nodes on a PostgreSQL with a synchronous standby", () => {
  let primary: OwnPostgres;
  let standby: OwnPostgres;
  let cluster: Cluster;

  before(async () => {
    primary = await startPostgres();
    const { url } = await primary.createDatabase();
    standby = await startPostgres({ standbyOf: primary });
    await makeSynchronous(primary);
    const { pathname } = new URL(url);
    const hosts = [primary, standby].map(({ port }) => `127.0.0.1:${port}`).join(",");
    const database = `postgres://postgres@${hosts}${pathname}?target_session_attrs=primary`;
    cluster = await startCluster({ database, doorbell: "" });
  });
  after(async () => {
    await cluster.stop();
    await standby.stop();
    await primary.stop();
  });

  it("go on with it when the primary is lost, and nothing that was acknowledged is", async (t) => {
    const office = await openOffice(cluster.url);
    t.after(() => office.close());
    const lostMs = performance.now();
    await primary.end("immediate");
    const sql = postgres(standby.url, { max: 1, onnotice: () => {} });
    await sql`SELECT pg_promote()`;
    const promotedMs = performance.now();
    await sql.end();
    await office.writers.next();
    const backMs = performance.now();
    const { changes, comebacks } = await office.finish();
    const { failures, longestMs } = office.writers;
    t.diagnostic(
      `a failover: ${changes} changes, ${comebacks} comebacks, promoted after ${Math.round(promotedMs - lostMs)} ms, written again after ${Math.round(backMs - lostMs)} ms, longest request ${Math.round(longestMs)} ms, failed ${JSON.stringify(Object.fromEntries(failures))}`,
    );
    assert.ok(backMs - lostMs < recoveryMsMax);
    assert.ok(longestMs < hangMsMax);
  });
});

/** Resolves once every commit waits for the standby. */
async function makeSynchronous(primary: OwnPostgres): Promise<void> {
  const sql = postgres(primary.url, { max: 1, onnotice: () => {} });
  await sql.unsafe("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
  await sql`SELECT pg_reload_conf()`;
  for (;;) {
    const [row] = await sql<{ sync_state: string }[]>`SELECT sync_state FROM pg_stat_replication`;
    if (row?.sync_state === "sync") break;
  }
  await sql.end();
}

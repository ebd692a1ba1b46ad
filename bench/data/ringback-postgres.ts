import postgres from "postgres";
import { numberKey } from "../../server/src/domain/number-key.ts";
import { snapshotText } from "../../server/src/storage/rows.ts";
import { connect, limitsDefault, statementsOf } from "../../server/src/storage/postgres/connection.ts";
import { createLedger } from "../../server/src/storage/postgres/ledger.ts";
import { recount, settle } from "../../server/src/storage/postgres/migrations/0003-returns.ts";
import { openPostgresStorage } from "../../server/src/storage/postgres/open.ts";
import { wordsJson, wordsOfJson } from "../../server/src/storage/postgres/search-rows.ts";
import { callsBetween, generatorVersion } from "./calls.ts";

const callsPerCommit = 5_000;
const workspaceId = 1;

/**
 * A database of the product on a server with the first `count` calls of the workload, made when it is not there yet: many rows to a
 * statement, with the product's own counts, returns, dictionary and words, and no deliveries.
 */
export async function preparedDatabase(server: string, count: number): Promise<string> {
  const name = `ringback_bench_v${generatorVersion}_returns_${count}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  const [known] = await admin`SELECT FROM pg_database WHERE datname = ${name}`;
  if (known === undefined) {
    const aside = new URL(server);
    aside.pathname = `/${name}_part`;
    await admin.unsafe(`DROP DATABASE IF EXISTS ${name}_part`);
    await admin.unsafe(`CREATE DATABASE ${name}_part TEMPLATE template0 ENCODING 'UTF8'`);
    await (await openPostgresStorage({ url: aside.href, clock: { now: () => 0 } })).close();
    await fill(aside.href, count);
    await admin.unsafe(`ALTER DATABASE ${name}_part RENAME TO ${name}`);
  }
  await admin.end();
  return url.href;
}

async function fill(url: string, count: number): Promise<void> {
  const sql = connect(url, 1, { ...limitsDefault, statementMs: 0 }, "bench");
  const tx = statementsOf(sql);
  await tx.script("SET synchronous_commit = off");
  let [revision, lastCallId, lastNoteId] = [0, 0, 0];
  for (let from = 0; from < count; from += callsPerCommit) {
    const ledger = createLedger(workspaceId, { revision, lastCallId, lastNoteId });
    const calls: object[] = [];
    const notes: object[] = [];
    for (const { id: _, notes: contents, ...given } of callsBetween(from, Math.min(from + callsPerCommit, count))) {
      revision = ledger.nextRevision();
      lastCallId = ledger.nextCallId();
      const call = { ...given, id: lastCallId, tags: [], assignee: null, returned: null, revision };
      ledger.count(null, call);
      const other = numberKey(call.direction === "inbound" ? call.from : call.to);
      calls.push({ ...call, other, archived: call.isArchived ? 1 : 0, snapshot: snapshotText(call) });
      for (const content of contents.toReversed()) {
        lastNoteId = ledger.nextNoteId();
        notes.push({ id: lastNoteId, callId: call.id, content, revision, words: wordsJson(workspaceId, content) });
      }
    }
    await tx.script("BEGIN READ WRITE");
    await tx.run(addCalls, workspaceId, JSON.stringify(calls));
    await tx.run(addChanges, workspaceId, JSON.stringify(calls));
    await tx.run(addNotes, workspaceId, JSON.stringify(notes));
    await ledger.flush(tx);
    await tx.script("COMMIT");
  }
  await sql.unsafe("SET default_transaction_read_only = off");
  // Counts that were kept as calls came stand in the order of time, and not in that of a hash.
  await tx.script(`ANALYZE calls; ${settle}; TRUNCATE rollups; ${recount}; CLUSTER rollups USING rollups_pkey`);
  await sql.unsafe("VACUUM ANALYZE");
  await sql.end();
}

const fields = `id bigint, direction text, "from" text, "to" text, via text, "durationMs" bigint, "callType" text,
  archived integer, "createdAtMs" bigint, revision bigint, other text, snapshot text`;

const addCalls = `INSERT INTO calls (workspace_id, id, direction, caller, callee, via, duration_ms, call_type, is_archived,
    created_at_ms, revision, other)
  SELECT $1::bigint, id, direction, "from", "to", via, "durationMs", "callType", archived, "createdAtMs", revision, other
  FROM json_to_recordset($2::text::json) AS given (${fields})`;

const addChanges = `INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot)
  SELECT $1::bigint, revision, 'call.logged', 0, 'source:bench', id, snapshot
  FROM json_to_recordset($2::text::json) AS given (${fields})`;

const addNotes = `INSERT INTO notes (workspace_id, id, call_id, content, revision, created_at_ms, words)
  SELECT $1::bigint, id, "callId", content, revision, 0, ${wordsOfJson("given.words")}
  FROM json_to_recordset($2::text::json) AS given (id bigint, "callId" bigint, content text, revision bigint, words text)`;

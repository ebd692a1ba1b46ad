import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import postgres from "postgres";
import { openPostgres, type TestPostgres } from "../../../../test/support/postgres.ts";
import { createNumberKeys } from "../../domain/number-key.ts";
import type { CallType } from "../../domain/call.ts";
import type { CallFacts, Delivery } from "../../domain/source.ts";
import { createNumberPlans } from "../../numbers/number-plans.ts";
import { delivery, noonMs, pbx, writing as author } from "../contract-samples.ts";
import { type Client, createClient } from "./client.ts";
import { connect, limitsDefault } from "./connection.ts";
import { deleteOfNumber } from "./delete-calls.ts";
import { findByWords } from "./find-by-words.ts";
import { commitGroup, type Tx } from "./group-commit.ts";
import { openPostgresStorage } from "./open.ts";
import { setReturned, settleRest } from "./write-calls.ts";
import { addContact, setCountry } from "./write-contacts.ts";
import { accept } from "./write-deliveries.ts";
import { beginRekeying, rekeyMore } from "./write-number-keys.ts";

/** What an index is asked for when it gives no more than what is wanted: a table may be looked at by these and in no other way. */
const wanted: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  calls: { calls_pkey: /\bid [=>]/, calls_by_other: /\(other =/ },
  changes: { changes_pkey: /\(revision =/ },
  deliveries: { deliveries_pkey: /\(id =/, deliveries_workspace_id_source_id_delivery_key_key: /\(delivery_key <=/ },
  number_runs: { number_runs_pkey: /\(number =/ },
  source_calls: { source_calls_pkey: /\(group_key =/, source_calls_of_call: /\(call_id =/ },
};

const callsAtOnce = 150;

describe("the plans of statements", () => {
  let server: TestPostgres;

  before(async () => {
    server = await openPostgres();
  });

  after(() => server.stop());

  for (const [statistics, prepare] of [
    ["no statistics", ""],
    ["the statistics of empty tables", "ANALYZE"],
  ] as const) {
    it(`with ${statistics}, bringing calls in and asking for those of a number reads what is asked for and nothing else`, async () => {
      const database = await server.createDatabase();
      await (await openPostgresStorage({ url: database.url, clock: { now: () => 0 } })).close();
      const admin = postgres(database.url, { max: 1, onnotice: () => {} });
      const frozen = Object.keys(wanted).map((table) => `ALTER TABLE ${table} SET (autovacuum_enabled = off);`);
      await admin.unsafe(`${frozen.join(" ")} ${prepare}`);
      await admin.end();
      const asked = { writes: new Set<string>(), reads: new Set<string>() };
      const writing = createClient(() => recorded(database.url, "writes", asked.writes), limitsDefault);
      const reading = createClient(() => recorded(database.url, "reads", asked.reads), limitsDefault);
      try {
        await bringIn(writing);
        await findByWords(reading.statements, 1, ["anna"], 10);
        for (const purpose of ["writes", "reads"] as const) {
          for (const text of asked[purpose]) {
            for (const { table, index, condition } of await looksOf(database.url, purpose, text)) {
              const ways = wanted[table];
              if (ways !== undefined)
                assert.match(condition, ways[index] ?? /no way/, `${table} by ${index} for ${text}`);
            }
          }
        }
        assert.ok(asked.writes.size > 20);
      } finally {
        await Promise.all([writing.close(), reading.close()]);
        await database.drop();
      }
    });
  }
});

/** Everything that can become of deliveries, and of calls for which another country is set. */
async function bringIn(client: Client): Promise<void> {
  const numberKeys = createNumberKeys(createNumberPlans());
  const write = async (run: (tx: Tx) => Promise<unknown>) => {
    const { outcomes } = await commitGroup(client, 1, [run], numberKeys);
    for (const outcome of outcomes) if ("error" in outcome) throw outcome.error;
  };
  const bring = (batch: readonly Delivery[]) => write((tx) => accept(tx, pbx, batch, noonMs, () => undefined));
  for (let from = 0; from < 2_000; from += callsAtOnce) {
    // oxlint-disable-next-line no-await-in-loop -- batches follow each other
    await bring(callsFrom(from));
  }
  const first = callsFrom(0);
  await bring(first);
  await bring(first.map((told) => ({ ...told, digest: "another" })));
  await bring(first.map((told) => toldAnew(told)));
  await write(async (tx) => {
    while (await settleRest(tx, 1));
  });
  await write(async (tx) => {
    await setCountry(tx, 1, null, "GB");
    await beginRekeying(tx, 1, noonMs);
    while (await rekeyMore(tx, 1, setReturned));
  });
  // What is to be deleted is asked for; deleting is by keys.
  await write((tx) => deleteOfNumber(tx, author(), ["+442079460010"], 0));
  const anna = { id: "anna", name: "Anna", company: null, numbers: [{ e164: "+442079460010", label: null }] };
  await write((tx) => addContact(tx, author(), anna));
}

/** Missed and answered calls of a few numbers by turns, some of them as they are dialled in their country. */
function callsFrom(from: number): readonly Delivery[] {
  return Array.from({ length: callsAtOnce }, (_, at) => {
    const id = from + at;
    const number = id % 7 === 0 ? `020 7946 0${id % 40}`.padEnd(13, "1") : `+4420794600${10 + (id % 40)}`;
    const call: Partial<CallFacts> = {
      ...({ direction: "inbound", from: number, to: "+442079460999", via: "+442079460999" } as const),
      startedAtMs: noonMs + id * 1_000,
      callType: id % 3 === 0 ? "answered" : "missed",
    };
    return delivery(call, { deliveryKey: `d${id}`, groupKey: `c${id}` });
  });
}

function toldAnew(told: Delivery): Delivery {
  const callType: CallType = told.facts?.callType === "answered" ? "voicemail" : "answered";
  const facts = told.facts && { ...told.facts, callType };
  return { ...told, deliveryKey: `${told.deliveryKey} anew`, facts };
}

/** A connection that keeps the texts of what is asked of it. */
function recorded(url: string, purpose: string, texts: Set<string>): postgres.Sql {
  return new Proxy(connect(url, 1, limitsDefault, purpose), {
    get(sql, name) {
      if (name !== "unsafe") return Reflect.get(sql, name) as unknown;
      return (text: string, ...rest: [never?, never?]) => {
        if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH) /.test(text)) texts.add(text);
        return sql.unsafe(text, ...rest);
      };
    },
  });
}

type Look = { readonly table: string; readonly index: string; readonly condition: string };

/** At which tables a statement looks as it is planned for this purpose, by which index and for what. */
async function looksOf(url: string, purpose: string, text: string): Promise<readonly Look[]> {
  const sql = connect(url, 1, limitsDefault, purpose);
  try {
    await sql.unsafe(`PREPARE asked AS ${text}`);
    const [asked] = await sql.unsafe("SELECT cardinality(parameter_types) AS values FROM pg_prepared_statements");
    const values = Array.from({ length: Number(asked?.["values"]) }, () => "NULL");
    const given = values.length === 0 ? "" : `(${values.join(", ")})`;
    const [plan] = await sql.unsafe(`EXPLAIN (FORMAT JSON) EXECUTE asked ${given}`);
    return looksWithin(plan?.["QUERY PLAN"]);
  } finally {
    await sql.end();
  }
}

function looksWithin(node: unknown): readonly Look[] {
  if (node === null || typeof node !== "object") return [];
  const inner = Object.values(node).flatMap((part) => looksWithin(part));
  const {
    "Relation Name": table,
    "Index Name": index = "nothing",
    "Index Cond": condition = "",
    ...rest
  } = node as Record<string, string | undefined>;
  // What is changed is looked at below; a tuple is found by its own place.
  const isLook = table !== undefined && rest["Node Type"] !== "ModifyTable" && rest["Node Type"] !== "Tid Scan";
  return isLook ? [{ table, index, condition }, ...inner] : inner;
}

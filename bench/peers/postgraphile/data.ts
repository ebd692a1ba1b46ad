import pg from "pg";
import { callsBetween } from "../../data/calls.ts";

// Fills a PostgreSQL database with the first so many generated calls, for PostGraphile:
//   node data.ts ADDRESS COUNT

const [address = "", count = "0"] = process.argv.slice(2);
const rowsPerInsert = 2_000;

const client = new pg.Client({ connectionString: address });
await client.connect();
await client.query(`
  CREATE TABLE calls (
    id integer PRIMARY KEY, direction text NOT NULL, "from" text NOT NULL, "to" text NOT NULL, duration integer NOT NULL,
    is_archived boolean NOT NULL, call_type text NOT NULL, via text NOT NULL, created_at timestamptz(3) NOT NULL
  );
  CREATE TABLE notes (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, call_id integer NOT NULL REFERENCES calls, content text NOT NULL
  );
  CREATE FUNCTION add_note(wanted integer, content text) RETURNS calls LANGUAGE sql VOLATILE AS $$
    INSERT INTO notes (call_id, content) VALUES (wanted, content);
    SELECT * FROM calls WHERE id = wanted;
  $$;
  CREATE FUNCTION archive_call(wanted integer) RETURNS calls LANGUAGE sql VOLATILE AS $$
    UPDATE calls SET is_archived = NOT is_archived WHERE id = wanted RETURNING *;
  $$;
`);
for (let from = 0; from < Number(count); from += rowsPerInsert) {
  const calls = [...callsBetween(from, Math.min(from + rowsPerInsert, Number(count)))];
  const rows = calls.map((call) => ({
    id: call.id,
    direction: call.direction,
    from: call.from,
    to: call.to,
    duration: call.durationMs,
    is_archived: call.isArchived,
    call_type: call.callType,
    via: call.via,
    created_at: new Date(call.createdAtMs),
  }));
  await client.query("INSERT INTO calls SELECT * FROM json_populate_recordset(NULL::calls, $1)", [
    JSON.stringify(rows),
  ]);
  const notes = calls.flatMap(({ id, notes }) => notes.toReversed().map((content) => ({ call_id: id, content })));
  await client.query(
    "INSERT INTO notes (call_id, content) SELECT call_id, content FROM json_to_recordset($1) AS note(call_id integer, content text)",
    [JSON.stringify(notes)],
  );
}
await client.query(`
  CREATE INDEX ON calls (created_at DESC, id DESC);
  CREATE INDEX ON notes (call_id, id DESC);
`);
await client.query("VACUUM ANALYZE");
await client.end();

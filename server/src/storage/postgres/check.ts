import type { NumberKeys } from "../../domain/number-key.ts";
import type { CheckReport } from "../../domain/storage.ts";
import { deletedSnapshot } from "../rows.ts";
import { spans } from "../spans.ts";
import { checkNumberKeys } from "./check-number-keys.ts";
import { searches } from "./check-search.ts";
import type { Statements } from "./connection.ts";
import { oldestOfNumber } from "./order-of-number.ts";

const counted = ["workspaces", "users", "sessions", "sources", "calls", "notes", "changes", "deliveries"] as const;

const dimensions = { feed_counts: "", rollups: ", direction, call_type, via, is_archived, return_state" } as const;

/** Compares everything derived with a full scan, within the one snapshot of the caller's transaction; see `Storage.check`. */
export async function check(statements: Statements, numberKeys: NumberKeys): Promise<CheckReport> {
  const counts: [string, number][] = [];
  for (const table of counted) {
    // oxlint-disable-next-line no-await-in-loop -- one connection
    counts.push([table, await count(statements, `SELECT FROM ${table}`)]);
  }
  const problems: string[] = [];
  for (const [differing, says] of comparisons()) {
    // oxlint-disable-next-line no-await-in-loop
    const rows = await count(statements, differing);
    if (rows > 0) problems.push(`${says}: ${rows} rows.`);
  }
  problems.push(...(await searches(statements)), ...(await checkNumberKeys(statements, numberKeys)));
  return { counts: Object.fromEntries(counts), problems };
}

async function count(statements: Statements, rows: string): Promise<number> {
  return (await statements.get<{ count: number }>(`SELECT count(*) AS count FROM (${rows}) AS counted`))?.count ?? 0;
}

type Comparison = readonly [differing: string, says: string];

/** What finds differing rows, and what is wrong with them. */
function comparisons(): readonly Comparison[] {
  return [...revisions, ...edits, ...returns, ...pointers(), ...derived("feed_counts"), ...derived("rollups")];
}

const revisions: readonly Comparison[] = [
  [
    `SELECT FROM workspaces w LEFT JOIN (SELECT workspace_id, count(*) AS kept, min(revision) AS oldest,
        max(revision) AS newest FROM changes GROUP BY workspace_id) c ON c.workspace_id = w.workspace_id
      WHERE c.newest <> w.revision OR c.kept <> w.revision - c.oldest + 1`,
    "Table changes: the changes of a workspace are not all there, or not once each",
  ],
  [
    `SELECT FROM workspaces w WHERE
      w.last_call_id < (SELECT max(id) FROM calls c WHERE c.workspace_id = w.workspace_id)
      OR w.last_note_id < (SELECT max(id) FROM notes n WHERE n.workspace_id = w.workspace_id)`,
    "Table workspaces: the next id of a call or a note is taken already",
  ],
];

const lastChanges = `SELECT DISTINCT ON (workspace_id, call_id) workspace_id, call_id, revision, snapshot::json AS snapshot
  FROM changes ORDER BY workspace_id, call_id, revision DESC`;

const edits: readonly Comparison[] = [
  [
    `SELECT FROM (${lastChanges}) AS last JOIN calls c ON c.workspace_id = last.workspace_id AND c.id = last.call_id
      WHERE last.revision <> greatest(c.revision, (SELECT max(n.revision) FROM notes n
        WHERE n.workspace_id = c.workspace_id AND n.call_id = c.id))`,
    "Table calls: revisions are not those of the last change",
  ],
  [
    `SELECT FROM (${lastChanges}) AS last JOIN calls c ON c.workspace_id = last.workspace_id AND c.id = last.call_id
      WHERE c.is_archived IS DISTINCT FROM (last.snapshot->>6)::integer
        OR c.tags::jsonb IS DISTINCT FROM coalesce((last.snapshot->8)::jsonb, '[]')
        OR c.assignee_id IS DISTINCT FROM (last.snapshot->9->>'id')
        OR c.assignee_name IS DISTINCT FROM (last.snapshot->9->>'username')
        OR (json_array_length(last.snapshot) > 10
          AND coalesce((last.snapshot->10->>0)::bigint, 0) IS DISTINCT FROM c.returned_by)`,
    "Table calls: archived, tags, assignee or return are not as the last change left them",
  ],
  [
    `SELECT FROM changes c WHERE c.kind IN ('note.added', 'note.edited', 'note.restored')
      AND NOT EXISTS (SELECT FROM notes n WHERE n.workspace_id = c.workspace_id AND n.call_id = c.call_id
        AND n.id::text = c.subject AND n.revision = c.revision)
      AND NOT EXISTS (SELECT FROM note_versions v WHERE v.workspace_id = c.workspace_id AND v.call_id = c.call_id
        AND v.id::text = c.subject AND v.revision = c.revision)`,
    "Table changes: texts that notes were given are missing",
  ],
  [
    `SELECT FROM changes c WHERE c.kind = 'call.deleted' AND (c.snapshot <> '${deletedSnapshot}' OR EXISTS
      (SELECT FROM calls t WHERE t.workspace_id = c.workspace_id AND t.id = c.call_id))`,
    "Table changes: calls that were deleted are there, or told of",
  ],
  [
    `SELECT FROM changes c WHERE c.kind IN ('note.edited', 'note.deleted')
      AND NOT EXISTS (SELECT FROM note_versions v WHERE v.workspace_id = c.workspace_id AND v.call_id = c.call_id
        AND v.id::text = c.subject AND v.until_revision = c.revision)`,
    "Table changes: texts that notes had before are missing",
  ],
  [
    `SELECT FROM note_versions v WHERE v.revision >= v.until_revision
      OR v.until_revision > (SELECT w.revision FROM workspaces w WHERE w.workspace_id = v.workspace_id)
      OR EXISTS (SELECT FROM note_versions o WHERE o.workspace_id = v.workspace_id AND o.call_id = v.call_id
        AND o.id = v.id AND o.revision > v.revision AND o.revision < v.until_revision)
      OR EXISTS (SELECT FROM notes n WHERE n.workspace_id = v.workspace_id AND n.id = v.id
        AND n.revision < v.until_revision)`,
    "Table note_versions: texts of one note overlap",
  ],
];

/** Numbers whose settling was too much for one transaction and is not finished are left out. */
const returns: readonly Comparison[] = [
  [
    `SELECT FROM calls m LEFT JOIN LATERAL (SELECT n.id, n.created_at_ms, n.direction FROM calls n
        WHERE n.workspace_id = m.workspace_id AND n.other = m.other AND n.settles = 1
          AND (n.created_at_ms, n.id) > (m.created_at_ms, m.id) ORDER BY ${oldestOfNumber("n")} LIMIT 1) AS s
        ON m.settles = 0 AND m.other IS NOT NULL
      WHERE (m.returned_by IS DISTINCT FROM
          CASE WHEN m.settles = 0 AND m.other IS NOT NULL THEN coalesce(s.id, 0) END
        OR m.returned_at_ms IS DISTINCT FROM s.created_at_ms
        OR m.returned_how IS DISTINCT FROM
          CASE s.direction WHEN 'outbound' THEN 'called-back' WHEN 'inbound' THEN 'got-through' END)
      AND NOT EXISTS (SELECT FROM return_work w WHERE w.workspace_id = m.workspace_id AND w.other = m.other)`,
    "Table calls: calls are not returned by the call that settles them",
  ],
];

function pointers(): readonly Comparison[] {
  return (["source_calls", "deliveries", "changes", "note_versions", "notes"] as const).map((table) => [
    `SELECT FROM ${table} t WHERE call_id IS NOT NULL ${table === "changes" ? "AND t.kind <> 'call.deleted'" : ""} AND NOT EXISTS
      (SELECT FROM calls c WHERE c.workspace_id = t.workspace_id AND c.id = t.call_id)`,
    `Table ${table}: rows point at calls that are not there`,
  ]);
}

/**
 * The buckets of a table of counts that are not what they should be: hours are compared with a scan of the calls, each coarser
 * span with the one below it.
 */
function derived(table: keyof typeof dimensions): readonly Comparison[] {
  const names = dimensions[table];
  return spans.map(({ span, ms }, at) => {
    const finer = spans[at + 1];
    const scanned =
      finer === undefined
        ? `SELECT workspace_id, ${floored("created_at_ms", ms)} AS bucket${names}, -1 AS n FROM calls`
        : `SELECT workspace_id, ${floored("bucket", ms / finer.ms)} AS bucket${names}, -count AS n
          FROM ${table} WHERE span = ${finer.span}`;
    return [
      `SELECT FROM (SELECT workspace_id, bucket${names}, count AS n FROM ${table} WHERE span = ${span}
        UNION ALL ${scanned}) AS both_ways GROUP BY workspace_id, bucket${names} HAVING sum(n) <> 0`,
      `Table ${table}, span ${span}: buckets differ from a full count of the calls`,
    ];
  });
}

/** A division that rounds down: that of whole numbers rounds towards zero. */
function floored(column: string, size: number): string {
  return Number.isFinite(size) ? `(${column} - ((${column} % ${size} + ${size}) % ${size})) / ${size}` : "0";
}

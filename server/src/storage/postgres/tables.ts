/**
 * How each table lies in a distributed PostgreSQL: spread by `workspace_id`, so that everything of a workspace is on one machine
 * and every transaction stays there, or copied to all machines because it is small, read everywhere and found by other keys
 * than the workspace's (the name of a user, the hash of a key). What nodes tell each other stays where it is made: it is nobody's
 * data, and is in no copy of the database.
 */
export const tables = {
  spread: [
    "workspaces",
    "calls",
    "notes",
    "note_versions",
    "changes",
    "feed_counts",
    "rollups",
    "number_runs",
    "deliveries",
    "source_calls",
    "idempotency_keys",
    "kept_answers",
    "views",
    "preferences",
    "workspace_settings",
    "contact_books",
    "contacts",
    "contact_numbers",
    "contact_words",
    "contact_keys",
    "number_countries",
    "return_work",
    "call_news",
    "read_floors",
    "call_reads",
    "webhooks",
    "webhook_deliveries",
    "deleted_groups",
    "number_keys",
    "key_work",
    "audit_events",
  ],
  copied: ["schema_version", "upkeep", "users", "sessions", "api_keys", "invitations", "sources"],
  alone: ["tallies", "nodes"],
} as const;

/** What an operator of Citus runs once, on a database that has the schema and no rows yet. */
export function distributionLines(): readonly string[] {
  return [
    ...tables.copied.map((table) => `SELECT create_reference_table('${table}');`),
    ...tables.spread.map((table, at) =>
      at === 0
        ? `SELECT create_distributed_table('${table}', 'workspace_id');`
        : `SELECT create_distributed_table('${table}', 'workspace_id', colocate_with => '${tables.spread[0]}');`,
    ),
  ];
}

import type { Migration } from "../migrate.ts";

/**
 * `calls_by_other` in an order of its own: that of places, with nulls where no other index has them. There are none in these columns, so
 * it means the same; but no other index gives this order, and a statement that asks for it (`order-of-number.ts`) has one plan only.
 */
export const callsOfANumber: Migration = {
  version: 10,
  run: (tx) =>
    tx.script(`DROP INDEX calls_by_other;
      CREATE INDEX calls_by_other ON calls
        (workspace_id, other, settles, created_at_ms NULLS FIRST, id NULLS FIRST) WHERE other IS NOT NULL`),
};

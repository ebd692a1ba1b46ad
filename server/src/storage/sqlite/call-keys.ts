import type { DatabaseSync } from "node:sqlite";
import { numberKey, type NumberKeys } from "../../domain/number-key.ts";
import { needsCountry } from "../../domain/phone-numbers.ts";
import type { Ledger } from "./ledger.ts";

/** The keys under which calls are kept: numbers as they are read in the country of the call's source. */
export function createCallKeys(db: DatabaseSync, ledger: Pick<Ledger, "number">, numberKeys: NumberKeys) {
  const country = db.prepare(`SELECT country FROM number_countries
    WHERE workspace_id = ? AND source_id IN (?, '') ORDER BY source_id DESC LIMIT 1`);
  const addKey = db.prepare(
    "INSERT INTO number_keys (workspace_id, number, key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );

  return {
    /** The key for a call that this source told of; searches know it then. @param sourceId null where none did */
    keyFor(workspaceId: number, sourceId: string | null, text: string): string | null {
      if (!needsCountry(text)) return numberKey(text);
      const row = country.get(workspaceId, sourceId ?? "") as { country: string } | undefined;
      const key = numberKeys(text, row?.country ?? null);
      if (key !== null && key !== numberKey(text)) {
        addKey.run(workspaceId, text, key);
        ledger.number(workspaceId, key);
      }
      return key;
    },
  };
}

export type CallKeys = ReturnType<typeof createCallKeys>;

import type { DatabaseSync } from "node:sqlite";
import type { OtherEnd } from "../../domain/other-end.ts";
import { shownOf } from "./contact-rows.ts";

/** Answers `CallStore.otherEnds` in one statement: each call by its id, its contact by the index of numbers. */
export function createOtherEndReader(db: DatabaseSync) {
  const some = db.prepare(`SELECT calls.id, contacts.name, contacts.company
    FROM json_each(?2) AS wanted CROSS JOIN calls ON calls.workspace_id = ?1 AND calls.id = wanted.value
    LEFT JOIN contacts ON contacts.workspace_id = ?1 AND contacts.id = ${shownOf("?1", "calls.other")}`);

  return (workspaceId: number, callIds: readonly number[]): ReadonlyMap<number, OtherEnd> => {
    const rows = some.all(workspaceId, JSON.stringify(callIds)) as EndRow[];
    return new Map(rows.map(({ id, name, company }) => [id, { contact: name === null ? null : { name, company } }]));
  };
}

type EndRow = { readonly id: number; readonly name: string | null; readonly company: string | null };

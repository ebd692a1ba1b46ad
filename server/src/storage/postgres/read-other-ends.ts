import type { OtherEnd } from "../../domain/other-end.ts";
import { list, type Statements } from "./connection.ts";
import { shownOf } from "./contact-rows.ts";

/** Answers `CallStore.otherEnds` in one statement: each call by its id, its contact by the index of numbers. */
export async function readOtherEnds(
  statements: Statements,
  workspaceId: number,
  callIds: readonly number[],
): Promise<ReadonlyMap<number, OtherEnd>> {
  const rows = await statements.all<EndRow>(some, workspaceId, list(callIds));
  return new Map(rows.map(({ id, name, company }) => [id, { contact: name === null ? null : { name, company } }]));
}

type EndRow = { readonly id: number; readonly name: string | null; readonly company: string | null };

const some = `SELECT calls.id, contacts.name, contacts.company FROM calls
  LEFT JOIN contacts ON contacts.workspace_id = $1 AND contacts.id = ${shownOf("$1", "calls.other")}
  WHERE calls.workspace_id = $1 AND calls.id = ANY($2::text::bigint[])`;

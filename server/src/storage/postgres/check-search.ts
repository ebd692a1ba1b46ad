import { digitsOf } from "./filter-sql.ts";
import type { Statements } from "./connection.ts";
import { wordsJson, wordsOfJson } from "./search-rows.ts";

/** Notes that are taken apart at once, so that memory stays small with any number of them. */
const notesPerStep = 5_000;

/** What searches look in that is not what a full scan of calls and notes finds. Within the snapshot of the caller. */
export async function searches(statements: Statements): Promise<readonly string[]> {
  const numbers = (await statements.get<{ count: number }>(missingNumbers))?.count ?? 0;
  let notes = 0;
  let last = { workspace_id: 0, id: 0 };
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one connection
    const rows = await statements.all<NoteRow>(nextNotes, last.workspace_id, last.id, notesPerStep);
    const given = rows.map(({ workspace_id: workspaceId, id, content }) => {
      return { workspaceId, id, words: wordsJson(workspaceId, content) };
    });
    // oxlint-disable-next-line no-await-in-loop
    notes += (await statements.get<{ count: number }>(differingNotes, JSON.stringify(given)))?.count ?? 0;
    const end = rows.at(-1);
    if (end === undefined) break;
    last = end;
  }
  return [
    ...(numbers === 0 ? [] : [`Table number_runs: ${numbers} numbers of calls cannot be searched.`]),
    ...(notes === 0 ? [] : [`Table notes: ${notes} notes have other words in the index than in their text.`]),
  ];
}

// A number is in it by all the ends of its digits: as many as there are digits from the fourth on, its whole digits among them.
const missingNumbers = `WITH numbers AS (SELECT workspace_id, caller AS number FROM calls
    UNION SELECT workspace_id, callee FROM calls),
  digits AS (SELECT workspace_id, number, ${digitsOf("number")} AS digits FROM numbers),
  runs AS (SELECT workspace_id, number, count(*) AS count FROM number_runs GROUP BY 1, 2)
  SELECT count(*) AS count FROM digits AS d LEFT JOIN runs USING (workspace_id, number)
  WHERE greatest(length(digits) - 3, 0) <> coalesce(runs.count, 0)
    OR length(digits) > 3 AND NOT EXISTS (SELECT FROM number_runs r
      WHERE r.workspace_id = d.workspace_id AND r.run = d.digits AND r.number = d.number)`;

const nextNotes = `SELECT workspace_id, id, content FROM notes WHERE (workspace_id, id) > ($1, $2)
  ORDER BY workspace_id, id LIMIT $3`;

const differingNotes = `SELECT count(*) AS count
  FROM json_to_recordset($1::text::json) AS given ("workspaceId" bigint, id bigint, words text)
  JOIN notes ON notes.workspace_id = given."workspaceId" AND notes.id = given.id
  WHERE notes.words <> ${wordsOfJson("given.words")}`;

type NoteRow = { readonly workspace_id: number; readonly id: number; readonly content: string };

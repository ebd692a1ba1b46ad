import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { hourMs, logCalls, noonMs, writing } from "../contract-samples.ts";
import { withFile } from "./sqlite-samples.ts";

const damages = {
  "a bucket that counts too many": "UPDATE feed_counts SET count = count + 1 WHERE span = 4 AND bucket < 0",
  "a bucket that is missing": "DELETE FROM rollups WHERE span = 2",
  "a bucket of a time without calls": "INSERT INTO feed_counts VALUES (1, 3, 1, 5)",
  "a wrong total": "UPDATE rollups SET count = 9 WHERE span = 0",
  "a call that was not counted": "UPDATE calls SET is_archived = 1 WHERE id = 1",
  "a change that is missing": "DELETE FROM changes WHERE revision = 3",
  "a last change that is missing": "DELETE FROM changes WHERE revision = (SELECT max(revision) FROM changes)",
  "a revision that is behind": "UPDATE workspaces SET revision = revision - 1",
  "an id that would be given again": "UPDATE workspaces SET last_call_id = 1",
  "a note of no call": "PRAGMA foreign_keys = OFF; UPDATE notes SET call_id = 404",
  "a source's call that is gone": "PRAGMA foreign_keys = OFF; UPDATE source_calls SET call_id = 404",
  "a call with another revision than its last change": "UPDATE calls SET revision = revision + 1 WHERE id = 3",
  "a tag that nobody put on a call": `UPDATE calls SET tags = '["vip"]' WHERE id = 4`,
  "a call that nobody was given": "UPDATE calls SET assignee_name = 'ann' WHERE id = 4",
  "a change that names no change before": "UPDATE changes SET previous = NULL WHERE kind = 'tag.added'",
  "a note whose text is gone": "DELETE FROM notes WHERE id = 1",
  "an old text that is gone":
    "DELETE FROM note_versions WHERE until_revision = (SELECT max(until_revision) FROM note_versions)",
  "an old text that lasts too long":
    "UPDATE note_versions SET until_revision = until_revision + 1 WHERE revision = (SELECT min(revision) FROM note_versions)",
  "an old text of a call that is gone": "PRAGMA foreign_keys = OFF; UPDATE note_versions SET call_id = 404",
  "a call that was returned by nobody":
    "UPDATE calls SET returned_by = 404, returned_at_ms = 1, returned_how = 'called-back' WHERE id = 5",
  "a call that waits for nobody": "UPDATE calls SET returned_by = NULL WHERE id = 5",
  "a call under the key of another number": "UPDATE calls SET other = '+1' WHERE id = 5",
  "a number that cannot be searched": "DELETE FROM numbers",
  "a number whose digits are not in the index": "UPDATE numbers SET number = number || '7'",
  "a note that cannot be searched": "INSERT INTO note_words (note_words) VALUES ('delete-all')",
  "a note that is searched by another text": "UPDATE notes SET content = 'another'",
  "words of a note that is gone": "INSERT INTO note_words (rowid, words) VALUES (404, 'gone')",
  "a delivery whose call is gone": "UPDATE deliveries SET call_id = 404 WHERE call_id = 2",
};

for (const [name, sql] of Object.entries(damages)) {
  it(`check finds ${name}`, () =>
    withFile(async ({ file, open }) => {
      const storage = await open();
      const times = Array.from({ length: 30 }, (_, at) => noonMs - at * 50 * 24 * hourMs);
      await logCalls(storage, [...times, -1, -hourMs - 1]);
      for (const text of ["n", "m"]) await storage.calls.addNote(writing(), 2, text);
      for (const text of ["o", "p"]) await storage.calls.editNote(writing(), 2, text);
      await storage.calls.deleteNote(writing(), 2);
      await storage.calls.setTag(writing(), 2, "vip", true);
      assert.deepEqual((await storage.check()).problems, []);
      const db = new DatabaseSync(file);
      db.exec(sql);
      db.close();
      const { problems } = await storage.check();
      assert.notEqual(problems.length, 0);
      for (const problem of problems) assert.match(problem, /^[A-Z].*\.$/);
      await storage.close();
    }));
}

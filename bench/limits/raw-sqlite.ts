import { DatabaseSync } from "node:sqlite";

// The limit of durable writes: notes and archives on the alternatives' file by node:sqlite alone, `perCommit` to a
// transaction, `synchronous=FULL`. Prints how many were written a second.
//   node raw-sqlite.ts FILE CALLS PER_COMMIT MILLISECONDS

const [file = "", calls = "1", perCommit = "1", runMs = "1000"] = process.argv.slice(2);
const db = new DatabaseSync(file);
db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536");
const addNote = db.prepare("INSERT INTO notes (call_id, content) VALUES (?, ?)");
const archive = db.prepare("UPDATE calls SET is_archived = 1 - is_archived WHERE id = ?");

let written = 0;
const started = performance.now();
let elapsedMs = 0;
while (elapsedMs < Number(runMs)) {
  db.exec("BEGIN IMMEDIATE");
  for (let left = Number(perCommit); left > 0; left--) {
    const id = ((written * 61_803) % Number(calls)) + 1;
    if (written % 2 === 0) addNote.run(id, `A note of the bench ${written}`);
    else archive.run(id);
    written += 1;
  }
  db.exec("COMMIT");
  elapsedMs = performance.now() - started;
}
db.close();
process.stdout.write(JSON.stringify({ perSecond: (written * 1_000) / elapsedMs }));

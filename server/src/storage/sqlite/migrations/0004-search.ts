import type { Migration } from "../migrate.ts";

/**
 * What filters and searches rest on. All of it is derived from `calls` and `notes`, and kept by SQLite itself: indices and
 * triggers, so that no write can forget it. The triggers use the functions of `search-functions.ts`.
 *
 * - `calls_by_kind` and `calls_by_line` end in the order of the feed: any filter on direction, type, line and archived state is a
 *   union of a few ranges of them, each in order.
 * - `numbers` has every number once that a call ever had; `number_runs` each of its digits' ends, so that a run of digits
 *   anywhere in a number is a range of its key. Numbers come again and again, calls are many.
 * - `note_words` has the words of each note under the note's rowid. The tokenizer is `ascii` because the words have been
 *   taken apart and folded before: it leaves all beyond ASCII as it is.
 */
export const search: Migration = {
  version: 4,
  run(db) {
    db.exec(schema);
    db.exec(fill);
  },
};

const schema = `
CREATE INDEX calls_by_kind ON calls
  (workspace_id, direction, call_type, is_archived, created_at_ms DESC, id DESC);
CREATE INDEX calls_by_line ON calls
  (workspace_id, via, direction, call_type, is_archived, created_at_ms DESC, id DESC);
CREATE INDEX calls_by_caller ON calls (workspace_id, caller);
CREATE INDEX calls_by_callee ON calls (workspace_id, callee);

CREATE TABLE numbers (
  row INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  number TEXT NOT NULL,
  UNIQUE (workspace_id, number)
) STRICT;

CREATE TABLE number_runs (
  workspace_id INTEGER NOT NULL,
  digits TEXT NOT NULL,
  number_row INTEGER NOT NULL REFERENCES numbers (row),
  PRIMARY KEY (workspace_id, digits, number_row)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE note_words USING fts5
  (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');

CREATE TRIGGER numbers_inserted AFTER INSERT ON numbers BEGIN
  INSERT INTO number_runs SELECT new.workspace_id, value, new.row FROM json_each(digit_runs(new.number));
END;
CREATE TRIGGER calls_inserted AFTER INSERT ON calls BEGIN
  INSERT OR IGNORE INTO numbers (workspace_id, number) VALUES (new.workspace_id, new.caller), (new.workspace_id, new.callee);
END;
CREATE TRIGGER calls_numbers_changed AFTER UPDATE OF caller, callee ON calls BEGIN
  INSERT OR IGNORE INTO numbers (workspace_id, number) VALUES (new.workspace_id, new.caller), (new.workspace_id, new.callee);
END;
CREATE TRIGGER notes_inserted AFTER INSERT ON notes BEGIN
  INSERT INTO note_words (rowid, words) VALUES (new.row, words_of(new.content));
END;
CREATE TRIGGER notes_content_changed AFTER UPDATE OF content ON notes BEGIN
  DELETE FROM note_words WHERE rowid = old.row;
  INSERT INTO note_words (rowid, words) VALUES (new.row, words_of(new.content));
END;
CREATE TRIGGER notes_deleted AFTER DELETE ON notes BEGIN
  DELETE FROM note_words WHERE rowid = old.row;
END;
`;

const fill = `
INSERT OR IGNORE INTO numbers (workspace_id, number)
  SELECT workspace_id, caller FROM calls UNION SELECT workspace_id, callee FROM calls;
INSERT INTO note_words (rowid, words) SELECT row, words_of(content) FROM notes;
`;

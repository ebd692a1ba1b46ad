import type { Migration } from "../migrate.ts";

/**
 * Contacts, and where numbers without a country code belong.
 *
 * - `contact_books.revision` grows with every write about contacts or countries; there is no row before the first.
 * - `contact_numbers.claim` is that revision when the number was given to the contact: of all that have it, calls show the one
 *   with the greatest.
 * - `contact_words` has the words of `contactWords`, for searches.
 * - `number_countries.source_id` is empty for all sources that have no row of their own.
 */
export const contacts: Migration = {
  version: 5,
  run(db) {
    db.exec(schema);
  },
};

const schema = `
CREATE TABLE contact_books (
  workspace_id INTEGER PRIMARY KEY REFERENCES workspaces (id),
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE contacts (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  company TEXT,
  sort_key TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_by_name ON contacts (workspace_id, sort_key, id);

CREATE TABLE contact_numbers (
  workspace_id INTEGER NOT NULL,
  contact_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  e164 TEXT NOT NULL,
  label TEXT,
  claim INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, contact_id, place),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX contact_numbers_shown ON contact_numbers (workspace_id, e164, claim);

CREATE TABLE contact_words (
  workspace_id INTEGER NOT NULL,
  word TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (workspace_id, word, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_words_of_contact ON contact_words (workspace_id, contact_id);

CREATE TABLE contact_keys (
  workspace_id INTEGER NOT NULL,
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  part TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  used_at_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, actor, key, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_keys_by_age ON contact_keys (used_at_ms);

CREATE TABLE number_countries (
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  source_id TEXT NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (workspace_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_calls_of_call ON source_calls (workspace_id, call_id);
`;

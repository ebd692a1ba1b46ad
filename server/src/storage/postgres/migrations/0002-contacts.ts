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
  version: 2,
  run: (tx) => tx.script(schema),
};

const schema = `
CREATE TABLE contact_books (
  workspace_id BIGINT PRIMARY KEY REFERENCES workspaces (workspace_id),
  revision BIGINT NOT NULL
);

CREATE TABLE contacts (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  id TEXT COLLATE "C" NOT NULL,
  name TEXT NOT NULL,
  company TEXT,
  sort_key TEXT COLLATE "C" NOT NULL,
  created_at_ms BIGINT NOT NULL,
  updated_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX contacts_by_name ON contacts (workspace_id, sort_key, id);

CREATE TABLE contact_numbers (
  workspace_id BIGINT NOT NULL,
  contact_id TEXT COLLATE "C" NOT NULL,
  place INTEGER NOT NULL,
  e164 TEXT COLLATE "C" NOT NULL,
  label TEXT,
  claim BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, contact_id, place),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id)
);
CREATE UNIQUE INDEX contact_numbers_shown ON contact_numbers (workspace_id, e164, claim);

CREATE TABLE contact_words (
  workspace_id BIGINT NOT NULL,
  word TEXT COLLATE "C" NOT NULL,
  contact_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, word, contact_id)
);
CREATE INDEX contact_words_of_contact ON contact_words (workspace_id, contact_id);

CREATE TABLE contact_keys (
  workspace_id BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  part TEXT COLLATE "C" NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  used_at_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, actor, key, part)
);
CREATE INDEX contact_keys_by_age ON contact_keys (workspace_id, used_at_ms);

CREATE TABLE number_countries (
  workspace_id BIGINT NOT NULL REFERENCES workspaces (workspace_id),
  source_id TEXT COLLATE "C" NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (workspace_id, source_id)
);
`;

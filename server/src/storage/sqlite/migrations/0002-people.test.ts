import assert from "node:assert/strict";
import { it } from "node:test";
import { DatabaseSync } from "node:sqlite";
import { withFile } from "../sqlite-samples.ts";
import { first } from "./0001-first.ts";
import { people } from "./0002-people.ts";

it("of the people of an older database, the first of each workspace becomes its admin and the others members", () =>
  withFile(async ({ file }) => {
    const db = new DatabaseSync(file);
    first.run(db, { nowMs: 0, epoch: "one", tell() {} });
    db.exec(`INSERT INTO workspaces (id, name, epoch, created_at_ms) VALUES (2, 'two', 'two', 0), (3, 'empty', 'three', 0);
      INSERT INTO users (id, workspace_id, username, username_key, password_hash, is_disabled, created_at_ms) VALUES
        ('a', 1, 'a', 'a', '', 0, 2), ('b', 1, 'b', 'b', '', 0, 1), ('c', 2, 'c', 'c', '', 0, 3), ('d', 2, 'd', 'd', '', 0, 3)`);
    people.run(db, { nowMs: 0, epoch: "one", tell() {} });
    const rows = db.prepare("SELECT id, role FROM users ORDER BY id").all();
    assert.deepEqual(
      rows.map(({ id, role }) => `${String(id)} ${String(role)}`),
      ["a member", "b admin", "c admin", "d member"],
    );
    db.close();
  }));

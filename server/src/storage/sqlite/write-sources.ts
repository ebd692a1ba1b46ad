import type { DatabaseSync } from "node:sqlite";
import type { Source } from "../../domain/source.ts";
import { sourceNotFound, sourceTaken } from "../answers.ts";
import { isTaken } from "./errors.ts";
import type { createAccountWriter } from "./write-accounts.ts";

/** What is written about sources by admins, within the transaction that the caller has begun; see `SourceRegister`. */
export function createSourceWriter(db: DatabaseSync, accounts: ReturnType<typeof createAccountWriter>) {
  const setKey = db.prepare("UPDATE sources SET key_hash = ?, key_hint = ? WHERE workspace_id = ? AND id = ?");
  const rename = db.prepare("UPDATE sources SET name = ? WHERE workspace_id = ? AND id = ?");
  const setDisabled = db.prepare("UPDATE sources SET is_disabled = ? WHERE workspace_id = ? AND id = ?");

  return {
    addSourceWithHint(source: Source, keyHash: string, keyHint: string): void {
      accounts.addSource(source, keyHash);
      setKey.run(keyHash, keyHint, source.workspaceId, source.id);
    },

    renameSource(workspaceId: number, sourceId: string, name: string): void {
      known(unlessTaken(() => rename.run(name, workspaceId, sourceId)));
    },

    setSourceKey(workspaceId: number, sourceId: string, keyHash: string, keyHint: string): void {
      known(setKey.run(keyHash, keyHint, workspaceId, sourceId));
    },

    setSourceDisabled(workspaceId: number, sourceId: string, isDisabled: boolean): void {
      known(setDisabled.run(isDisabled ? 1 : 0, workspaceId, sourceId));
    },
  };

  function known({ changes }: { readonly changes: number | bigint }): void {
    if (changes === 0) throw sourceNotFound();
  }

  function unlessTaken<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw isTaken(error) ? sourceTaken() : error;
    }
  }
}

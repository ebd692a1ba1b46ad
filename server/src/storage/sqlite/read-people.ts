import type { DatabaseSync } from "node:sqlite";
import { type ApiKey, keySessionId } from "../../domain/api-key.ts";
import type { Invitation } from "../../domain/invitation.ts";
import { apiKeyOf, type ApiKeyRow, invitationOf, type InvitationRow } from "../people-rows.ts";

/** The reading halves of `ApiKeyStore` and `InvitationStore`: one statement each, synchronous. */
export function createPeopleReader(db: DatabaseSync) {
  const keyByHash = db.prepare("SELECT * FROM api_keys WHERE key_hash = ?");
  const keys = db.prepare("SELECT * FROM api_keys WHERE workspace_id = ? AND revoked_at_ms IS NULL ORDER BY name");
  const keysRevokedSince = db.prepare(`SELECT id, revoked_at_ms FROM api_keys
    WHERE revoked_at_ms IS NOT NULL AND revoked_at_ms >= ? ORDER BY revoked_at_ms, id`);
  const invitationByHash = db.prepare(
    "SELECT * FROM invitations WHERE token_hash = ? AND closed_at_ms IS NULL AND expires_at_ms > ?",
  );
  const invitations = db.prepare(`SELECT * FROM invitations
    WHERE workspace_id = ? AND closed_at_ms IS NULL AND expires_at_ms > ? ORDER BY created_at_ms DESC, id`);

  return {
    keyByHash: (keyHash: string): ApiKey | null => {
      const row = keyByHash.get(keyHash) as ApiKeyRow | undefined;
      return row === undefined ? null : apiKeyOf(row);
    },
    keys: (workspaceId: number): readonly ApiKey[] => keys.all(workspaceId).map((row) => apiKeyOf(row as ApiKeyRow)),
    keysRevokedSince: (sinceMs: number): readonly { readonly sessionId: string; readonly revokedAtMs: number }[] =>
      (keysRevokedSince.all(sinceMs) as { id: string; revoked_at_ms: number }[]).map((row) => ({
        sessionId: keySessionId(row.id),
        revokedAtMs: row.revoked_at_ms,
      })),
    invitationByHash: (tokenHash: string, atMs: number): Invitation | null => {
      const row = invitationByHash.get(tokenHash, atMs) as InvitationRow | undefined;
      return row === undefined ? null : invitationOf(row);
    },
    invitations: (workspaceId: number, atMs: number): readonly Invitation[] =>
      invitations.all(workspaceId, atMs).map((row) => invitationOf(row as InvitationRow)),
  };
}

import { type ApiKey, keySessionId } from "../../domain/api-key.ts";
import { actorText } from "../../domain/change.ts";
import type { Invitation } from "../../domain/invitation.ts";
import type { KeyedWriting } from "../../domain/kept-answers.ts";
import { idempotencyKeptMs, idempotencyMismatch } from "../answers.ts";
import { apiKeyOf, type ApiKeyRow, invitationOf, type InvitationRow } from "../people-rows.ts";
import type { Statements } from "./connection.ts";

type Revoked = { readonly sessionId: string; readonly revokedAtMs: number };

/** The reading halves of `ApiKeyStore`, `InvitationStore` and `KeptAnswerStore`: one statement each. */
export function createPeopleReader(statements: Statements) {
  return {
    keyByHash: async (keyHash: string): Promise<ApiKey | null> => {
      const row = await statements.get<ApiKeyRow>("SELECT * FROM api_keys WHERE key_hash = $1", keyHash);
      return row === undefined ? null : apiKeyOf(row);
    },
    keys: async (workspaceId: number): Promise<readonly ApiKey[]> => {
      const text = "SELECT * FROM api_keys WHERE workspace_id = $1 AND revoked_at_ms IS NULL ORDER BY name";
      return (await statements.all<ApiKeyRow>(text, workspaceId)).map(apiKeyOf);
    },
    keysRevokedSince: async (sinceMs: number): Promise<readonly Revoked[]> => {
      const text = "SELECT id, revoked_at_ms FROM api_keys WHERE revoked_at_ms >= $1 ORDER BY revoked_at_ms, id";
      const rows = await statements.all<{ id: string; revoked_at_ms: number }>(text, sinceMs);
      return rows.map((row) => ({ sessionId: keySessionId(row.id), revokedAtMs: row.revoked_at_ms }));
    },
    invitationByHash: async (tokenHash: string, atMs: number): Promise<Invitation | null> => {
      const text = "SELECT * FROM invitations WHERE token_hash = $1 AND closed_at_ms IS NULL AND expires_at_ms > $2";
      const row = await statements.get<InvitationRow>(text, tokenHash, atMs);
      return row === undefined ? null : invitationOf(row);
    },
    invitations: async (workspaceId: number, atMs: number): Promise<readonly Invitation[]> => {
      const text = `SELECT * FROM invitations
        WHERE workspace_id = $1 AND closed_at_ms IS NULL AND expires_at_ms > $2 ORDER BY created_at_ms DESC, id`;
      return (await statements.all<InvitationRow>(text, workspaceId, atMs)).map(invitationOf);
    },
    keptAnswer: async ({ workspaceId, actor, atMs, idempotency }: KeyedWriting): Promise<string | null> => {
      const { key, part, fingerprint } = idempotency;
      const rows = await statements.all<{ part: string; fingerprint: string; answer: string }>(
        `SELECT part, fingerprint, answer FROM kept_answers
          WHERE workspace_id = $1 AND actor = $2 AND key = $3 AND kept_at_ms > $4`,
        ...([workspaceId, actorText(actor), key, atMs - idempotencyKeptMs] as const),
      );
      if (rows.some((row) => row.fingerprint !== fingerprint)) throw idempotencyMismatch();
      return rows.find((row) => row.part === part)?.answer ?? null;
    },
  };
}

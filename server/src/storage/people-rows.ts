import type { ApiKey, KeyScope } from "../domain/api-key.ts";
import type { Invitation } from "../domain/invitation.ts";
import type { Role } from "../domain/workspace.ts";

export type ApiKeyRow = {
  readonly id: string;
  readonly workspace_id: number;
  readonly name: string;
  /** Separated by spaces. */
  readonly scopes: string;
  readonly requests_per_minute: number;
  readonly created_by: string | null;
  readonly created_at_ms: number;
  readonly expires_at_ms: number | null;
  readonly last_used_at_ms: number | null;
  readonly revoked_at_ms: number | null;
};

export function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    name: row.name,
    scopes: row.scopes.split(" ") as KeyScope[],
    requestsPerMinute: row.requests_per_minute,
    createdBy: row.created_by,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
    revokedAtMs: row.revoked_at_ms,
  };
}

export type InvitationRow = {
  readonly id: string;
  readonly workspace_id: number;
  readonly role: Role;
  readonly created_by: string | null;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
};

export function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    role: row.role,
    createdBy: row.created_by,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
  };
}

import { type ApiKey, keySessionId } from "../../domain/api-key.ts";
import { type Invitation, invitationSpent } from "../../domain/invitation.ts";
import type { Keep } from "../../domain/kept-answers.ts";
import type { InvitationStore } from "../../domain/storage.ts";
import type { Role, User, Workspace } from "../../domain/workspace.ts";
import { keyNameTaken, userNotFound, workspaceNameTaken } from "../answers.ts";
import { newEpoch } from "../epoch.ts";
import { workspaceOf, type WorkspaceRow } from "../rows.ts";
import type { Tx } from "./group-commit.ts";
import type { InvitationRow } from "../people-rows.ts";
import { addUser, revokeSessions } from "./write-accounts.ts";
import { once } from "./write-kept-answers.ts";

/** What is written about workspaces, roles, keys and invitations, within the transaction of the caller. */

/** Whoever adds a workspace holds this lock of the database: names and ids are compared with all there are. */
const workspacesLock = 0x52_69_6e_68;

export async function addWorkspace(tx: Tx, name: string, atMs: number): Promise<Workspace> {
  await tx.get("SELECT pg_advisory_xact_lock($1)", workspacesLock);
  if ((await tx.get("SELECT 1 AS one FROM workspaces WHERE name = $1 LIMIT 1", name)) !== undefined) {
    throw workspaceNameTaken();
  }
  const last = await tx.get<{ id: number }>("SELECT coalesce(max(workspace_id), 0) AS id FROM workspaces");
  const added = await tx.get<WorkspaceRow>(
    `INSERT INTO workspaces (workspace_id, name, epoch, created_at_ms) VALUES ($1, $2, $3, $4)
      RETURNING workspace_id AS id, name, epoch, revision`,
    (last?.id ?? 0) + 1,
    name,
    newEpoch(),
    atMs,
  );
  if (added === undefined) throw new Error("The workspace was not added.");
  return workspaceOf(added);
}

export function setRole(tx: Tx, userId: string, role: Role, atMs: number, keep?: Keep): Promise<readonly string[]> {
  let isOther = true;
  const set = async () => {
    const before = await tx.get<{ role: Role }>("SELECT role FROM users WHERE id = $1 FOR NO KEY UPDATE", userId);
    if (before === undefined) throw userNotFound();
    isOther = before.role !== role;
    if (!isOther) return [];
    await tx.run("UPDATE users SET role = $1 WHERE id = $2", role, userId);
    const ended = await revokeSessions(tx, userId, "role-changed", atMs);
    return before.role === "admin" ? [...ended, ...(await endWhatUserMade(tx, userId, atMs))] : ended;
  };
  return once(tx, keep, set, undefined, () => isOther);
}

export function setDisabled(
  tx: Tx,
  userId: string,
  isDisabled: boolean,
  atMs: number,
  keep?: Keep,
): Promise<readonly string[]> {
  let isOther = true;
  const set = async () => {
    const before = await tx.get<{ is_disabled: number }>(
      "SELECT is_disabled FROM users WHERE id = $1 FOR NO KEY UPDATE",
      userId,
    );
    if (before === undefined) throw userNotFound();
    isOther = before.is_disabled !== Number(isDisabled);
    await tx.run("UPDATE users SET is_disabled = $1 WHERE id = $2", Number(isDisabled), userId);
    if (!isDisabled) return [];
    const ended = await revokeSessions(tx, userId, "user-disabled", atMs);
    return [...ended, ...(await endWhatUserMade(tx, userId, atMs))];
  };
  return once(tx, keep, set, undefined, () => isOther);
}

export function addApiKey(tx: Tx, key: ApiKey, keyHash: string, keep?: Keep): Promise<void> {
  return once(tx, keep, async () => {
    const added = await tx.run(
      `INSERT INTO api_keys (id, workspace_id, name, key_hash, scopes, requests_per_minute, created_by, created_at_ms,
          expires_at_ms, last_used_at_ms, revoked_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (workspace_id, name) WHERE revoked_at_ms IS NULL DO NOTHING`,
      key.id,
      key.workspaceId,
      key.name,
      keyHash,
      key.scopes.join(" "),
      key.requestsPerMinute,
      key.createdBy,
      key.createdAtMs,
      key.expiresAtMs,
      key.lastUsedAtMs,
      key.revokedAtMs,
    );
    if (added === 0) throw keyNameTaken();
  });
}

export function revokeApiKey(tx: Tx, workspaceId: number, keyId: string, atMs: number, keep?: Keep): Promise<boolean> {
  const revoke = "UPDATE api_keys SET revoked_at_ms = $1 WHERE workspace_id = $2 AND id = $3 AND revoked_at_ms IS NULL";
  return once(tx, keep, async () => (await tx.run(revoke, atMs, workspaceId, keyId)) === 1, Boolean);
}

export async function noteKeyUse(tx: Tx, keyId: string, atMs: number): Promise<void> {
  await tx.run("UPDATE api_keys SET last_used_at_ms = greatest(last_used_at_ms, $1) WHERE id = $2", atMs, keyId);
}

export function addInvitation(tx: Tx, invitation: Invitation, tokenHash: string, keep?: Keep): Promise<void> {
  const { id, workspaceId, role, createdBy, createdAtMs, expiresAtMs } = invitation;
  return once(tx, keep, async () => {
    await tx.run(
      `INSERT INTO invitations (id, workspace_id, token_hash, role, created_by, created_at_ms, expires_at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      id,
      workspaceId,
      tokenHash,
      role,
      createdBy,
      createdAtMs,
      expiresAtMs,
    );
  });
}

export function withdrawInvitation(
  tx: Tx,
  workspaceId: number,
  invitationId: string,
  atMs: number,
  keep?: Keep,
): Promise<boolean> {
  const withdraw = `UPDATE invitations SET closed_at_ms = $1
    WHERE workspace_id = $2 AND id = $3 AND closed_at_ms IS NULL AND expires_at_ms > $1`;
  return once(tx, keep, async () => (await tx.run(withdraw, atMs, workspaceId, invitationId)) === 1, Boolean);
}

export async function acceptInvitation(tx: Tx, acceptance: Parameters<InvitationStore["accept"]>[0]): Promise<User> {
  const { tokenHash, userId, username, passwordHash, atMs } = acceptance;
  const row = await tx.get<InvitationRow>(
    "SELECT * FROM invitations WHERE token_hash = $1 AND closed_at_ms IS NULL AND expires_at_ms > $2 FOR UPDATE",
    tokenHash,
    atMs,
  );
  if (row === undefined) throw invitationSpent();
  const { id, workspace_id: workspaceId, role } = row;
  const user: User = { id: userId, workspaceId, username, role, isDisabled: false, createdAtMs: atMs };
  await addUser(tx, user, passwordHash);
  await tx.run("UPDATE invitations SET closed_at_ms = $1, user_id = $2 WHERE id = $3", atMs, userId, id);
  return user;
}

/** The keys and open invitations of somebody who no longer may make any: a way back in would otherwise stay open. */
async function endWhatUserMade(tx: Tx, userId: string, atMs: number): Promise<readonly string[]> {
  const [, keys] = await Promise.all([
    tx.run("UPDATE invitations SET closed_at_ms = $1 WHERE created_by = $2 AND closed_at_ms IS NULL", atMs, userId),
    tx.all<{ id: string }>(
      "UPDATE api_keys SET revoked_at_ms = $1 WHERE created_by = $2 AND revoked_at_ms IS NULL RETURNING id",
      atMs,
      userId,
    ),
  ]);
  return keys.map(({ id }) => keySessionId(id));
}

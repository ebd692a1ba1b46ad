import type { DatabaseSync } from "node:sqlite";
import { type ApiKey, keySessionId } from "../../domain/api-key.ts";
import { type Invitation, invitationSpent } from "../../domain/invitation.ts";
import type { Keep } from "../../domain/kept-answers.ts";
import type { InvitationStore } from "../../domain/storage.ts";
import type { Role, User, Workspace } from "../../domain/workspace.ts";
import { keyNameTaken, userNotFound, workspaceNameTaken } from "../answers.ts";
import { isTaken } from "./errors.ts";
import { newEpoch } from "../epoch.ts";
import type { InvitationRow } from "../people-rows.ts";
import { workspaceOf, type WorkspaceRow } from "../rows.ts";
import type { createAccountWriter } from "./write-accounts.ts";
import { createAnswerKeeper } from "./write-kept-answers.ts";

/** What is written about workspaces, roles, keys and invitations, within the transaction that the caller has begun. */
export function createPeopleWriter(db: DatabaseSync, accounts: ReturnType<typeof createAccountWriter>) {
  const once = createAnswerKeeper(db);
  const workspaceNamed = db.prepare("SELECT 1 FROM workspaces WHERE name = ?");
  const insertWorkspace = db.prepare(
    "INSERT INTO workspaces (name, epoch, created_at_ms) VALUES (?, ?, ?) RETURNING id, name, epoch, revision",
  );
  const stateOf = db.prepare("SELECT role, is_disabled FROM users WHERE id = ?");
  const setRole = db.prepare("UPDATE users SET role = ? WHERE id = ?");
  const insertKey = db.prepare(`INSERT INTO api_keys (id, workspace_id, name, key_hash, scopes, requests_per_minute,
    created_by, created_at_ms, expires_at_ms, last_used_at_ms, revoked_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const revokeKey = db.prepare(
    "UPDATE api_keys SET revoked_at_ms = ? WHERE workspace_id = ? AND id = ? AND revoked_at_ms IS NULL",
  );
  const revokeKeysOf = db.prepare(
    "UPDATE api_keys SET revoked_at_ms = ? WHERE created_by = ? AND revoked_at_ms IS NULL RETURNING id",
  );
  const noteKeyUse = db.prepare(
    "UPDATE api_keys SET last_used_at_ms = max(coalesce(last_used_at_ms, ?1), ?1) WHERE id = ?2",
  );
  const insertInvitation = db.prepare(`INSERT INTO invitations
    (id, workspace_id, token_hash, role, created_by, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const withdraw = db.prepare(`UPDATE invitations SET closed_at_ms = ?1
    WHERE workspace_id = ?2 AND id = ?3 AND closed_at_ms IS NULL AND expires_at_ms > ?1`);
  const closeInvitationsOf = db.prepare(
    "UPDATE invitations SET closed_at_ms = ? WHERE created_by = ? AND closed_at_ms IS NULL",
  );
  const openInvitation = db.prepare(
    "SELECT * FROM invitations WHERE token_hash = ? AND closed_at_ms IS NULL AND expires_at_ms > ?",
  );
  const closeInvitation = db.prepare("UPDATE invitations SET closed_at_ms = ?, user_id = ? WHERE id = ?");

  return {
    addWorkspace(name: string, atMs: number): Workspace {
      if (workspaceNamed.get(name) !== undefined) throw workspaceNameTaken();
      return workspaceOf(insertWorkspace.get(name, newEpoch(), atMs) as WorkspaceRow);
    },

    setRole(userId: string, role: Role, atMs: number, keep?: Keep): readonly string[] {
      const before = stateOf.get(userId) as UserState | undefined;
      const set = () => {
        if (before === undefined) throw userNotFound();
        if (before.role === role) return [];
        setRole.run(role, userId);
        const ended = accounts.revokeSessions(userId, "role-changed", atMs);
        return before.role === "admin" ? [...ended, ...endWhatUserMade(userId, atMs)] : ended;
      };
      return once(keep, set, undefined, () => before?.role !== role);
    },

    setDisabled(userId: string, isDisabled: boolean, atMs: number, keep?: Keep): readonly string[] {
      const before = stateOf.get(userId) as UserState | undefined;
      const set = () => {
        const ended = accounts.setDisabled(userId, isDisabled, atMs);
        return isDisabled ? [...ended, ...endWhatUserMade(userId, atMs)] : ended;
      };
      return once(keep, set, undefined, () => before?.is_disabled !== Number(isDisabled));
    },

    addApiKey: (key: ApiKey, keyHash: string, keep?: Keep): void => once(keep, () => addApiKey(key, keyHash)),

    revokeApiKey: (workspaceId: number, keyId: string, atMs: number, keep?: Keep): boolean =>
      once(keep, () => revokeKey.run(atMs, workspaceId, keyId).changes === 1, Boolean),

    noteKeyUse(keyId: string, atMs: number): void {
      noteKeyUse.run(atMs, keyId);
    },

    addInvitation(invitation: Invitation, tokenHash: string, keep?: Keep): void {
      const { id, workspaceId, role, createdBy, createdAtMs, expiresAtMs } = invitation;
      once(keep, () => insertInvitation.run(id, workspaceId, tokenHash, role, createdBy, createdAtMs, expiresAtMs));
    },

    withdrawInvitation: (workspaceId: number, invitationId: string, atMs: number, keep?: Keep): boolean =>
      once(keep, () => withdraw.run(atMs, workspaceId, invitationId).changes === 1, Boolean),

    acceptInvitation: (acceptance: Parameters<InvitationStore["accept"]>[0], keep?: Keep): User =>
      once(keep, () => accept(acceptance)),
  };

  function accept({ tokenHash, userId, username, passwordHash, atMs }: Parameters<InvitationStore["accept"]>[0]): User {
    const row = openInvitation.get(tokenHash, atMs) as InvitationRow | undefined;
    if (row === undefined) throw invitationSpent();
    const { id, workspace_id: workspaceId, role } = row;
    const user: User = { id: userId, workspaceId, username, role, isDisabled: false, createdAtMs: atMs };
    accounts.addUser(user, passwordHash);
    closeInvitation.run(atMs, userId, id);
    return user;
  }

  function addApiKey(key: ApiKey, keyHash: string): void {
    const { id, workspaceId, name, scopes, requestsPerMinute, createdBy } = key;
    try {
      insertKey.run(
        id,
        workspaceId,
        name,
        keyHash,
        scopes.join(" "),
        requestsPerMinute,
        createdBy,
        key.createdAtMs,
        key.expiresAtMs,
        key.lastUsedAtMs,
        key.revokedAtMs,
      );
    } catch (error) {
      throw isTaken(error) ? keyNameTaken() : error;
    }
  }

  /** The keys and open invitations of somebody who no longer may make any: a way back in would otherwise stay open. */
  function endWhatUserMade(userId: string, atMs: number): readonly string[] {
    closeInvitationsOf.run(atMs, userId);
    return (revokeKeysOf.all(atMs, userId) as { id: string }[]).map(({ id }) => keySessionId(id));
  }
}

type UserState = { readonly role: Role; readonly is_disabled: number };

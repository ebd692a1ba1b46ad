import { unauthenticated } from "../../domain/errors.ts";
import type { Keep } from "../../domain/kept-answers.ts";
import type { RevocationReason, RotationOutcome, Session } from "../../domain/session.ts";
import type { SessionStore } from "../../domain/storage.ts";
import { type User, usernameKey } from "../../domain/workspace.ts";
import { nameTaken, userNotFound } from "../answers.ts";
import { sessionOf, type SessionRow } from "../rows.ts";
import type { Tx } from "./group-commit.ts";
import { welcome } from "./unread.ts";
import { once } from "./write-kept-answers.ts";

/** What is written about users and sessions, within the transaction of the caller. */

export async function addUser(tx: Tx, user: User, passwordHash: string): Promise<void> {
  const { id, workspaceId, username, role, isDisabled, createdAtMs } = user;
  const added = await tx.run(
    `INSERT INTO users (id, workspace_id, username, username_key, role, password_hash, is_disabled, created_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (username_key) DO NOTHING`,
    id,
    workspaceId,
    username,
    usernameKey(username),
    role,
    passwordHash,
    isDisabled ? 1 : 0,
    createdAtMs,
  );
  if (added === 0) throw nameTaken();
  await tx.run(welcome, workspaceId, id);
}

/** In the workspace's lane: its row is locked, so of nodes that do this at once each sees what the one before did. */
export async function addFirstUser(tx: Tx, user: User, passwordHash: string): Promise<boolean> {
  if ((await tx.get("SELECT id FROM users LIMIT 1")) !== undefined) return false;
  await addUser(tx, user, passwordHash);
  return true;
}

export async function rehash(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  const changed = await tx.run("UPDATE users SET password_hash = $1 WHERE id = $2", passwordHash, userId);
  if (changed === 0) throw userNotFound();
}

export async function changePassword(
  tx: Tx,
  userId: string,
  passwordHash: string,
  atMs: number,
): Promise<readonly string[]> {
  await rehash(tx, userId, passwordHash);
  return revokeSessions(tx, userId, "password-changed", atMs);
}

export async function addSession(tx: Tx, session: Session): Promise<void> {
  // Locked, so that whoever disables the user at this moment finds the session or keeps it out.
  const user = await tx.get("SELECT id FROM users WHERE id = $1 AND is_disabled = 0 FOR NO KEY UPDATE", session.userId);
  if (user === undefined) throw unauthenticated();
  await tx.run(
    `INSERT INTO sessions (id, user_id, workspace_id, rotation, generation, generation_issued_at_ms, key_id, started_at_ms,
      ends_at_ms, revoked_at_ms, revoked_reason, client) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    session.id,
    session.userId,
    session.workspaceId,
    session.rotation,
    session.generation,
    session.generationIssuedAtMs,
    session.keyId,
    session.startedAtMs,
    session.endsAtMs,
    session.revokedAtMs,
    session.revokedReason,
    session.client,
  );
}

export function rotateSession(tx: Tx, rotation: Rotating, keep?: Keep): Promise<RotationOutcome> {
  return once(
    tx,
    keep,
    () => rotate(tx, rotation),
    undefined,
    ({ kind }) => kind === "reused",
  );
}

type Rotating = Parameters<SessionStore["rotate"]>[0];

async function rotate(tx: Tx, { sessionId, generation, atMs, graceMs, keyId }: Rotating): Promise<RotationOutcome> {
  // Locked: of several nodes that rotate one session at once, each sees what the one before did.
  const row = await tx.get<SessionRow>(
    "SELECT * FROM sessions WHERE id = $1 AND revoked_at_ms IS NULL AND ends_at_ms > $2 FOR UPDATE",
    sessionId,
    atMs,
  );
  if (row === undefined) return { kind: "ended" };
  if (generation > row.generation) return { kind: "ahead" };
  if (generation === row.generation) {
    const next = await tx.get<SessionRow>(
      "UPDATE sessions SET generation = $1, generation_issued_at_ms = $2, key_id = $3 WHERE id = $4 RETURNING *",
      generation + 1,
      atMs,
      keyId,
      sessionId,
    );
    return { kind: "rotated", session: sessionOf(next ?? row) };
  }
  // The one before was replaced when the current one was issued.
  if (generation === row.generation - 1 && atMs - row.generation_issued_at_ms <= graceMs) {
    return { kind: "repeated", session: sessionOf(row) };
  }
  const revoked = await tx.get<SessionRow>(revokeOne, atMs, "token-reused", sessionId);
  return { kind: "reused", session: sessionOf(revoked ?? row) };
}

export async function revokeSession(
  tx: Tx,
  sessionId: string,
  reason: RevocationReason,
  atMs: number,
): Promise<boolean> {
  return (await tx.get(revokeOne, atMs, reason, sessionId)) !== undefined;
}

export async function revokeSessions(
  tx: Tx,
  userId: string,
  reason: RevocationReason,
  atMs: number,
): Promise<readonly string[]> {
  const rows = await tx.all<{ id: string }>(
    `UPDATE sessions SET revoked_at_ms = $1, revoked_reason = $2
      WHERE user_id = $3 AND revoked_at_ms IS NULL AND ends_at_ms > $1 RETURNING id`,
    atMs,
    reason,
    userId,
  );
  return rows.map(({ id }) => id);
}

export function pruneSessions(tx: Tx, beforeMs: number): Promise<number> {
  return tx.run("DELETE FROM sessions WHERE ends_at_ms < $1", beforeMs);
}

const revokeOne = `UPDATE sessions SET revoked_at_ms = $1, revoked_reason = $2
  WHERE id = $3 AND revoked_at_ms IS NULL AND ends_at_ms > $1 RETURNING *`;

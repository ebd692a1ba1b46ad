import type { DatabaseSync } from "node:sqlite";
import { unauthenticated } from "../../domain/errors.ts";
import type { RevocationReason, RotationOutcome, Session } from "../../domain/session.ts";
import type { Source } from "../../domain/source.ts";
import type { SessionStore } from "../../domain/storage.ts";
import { type User, usernameKey } from "../../domain/workspace.ts";
import { nameTaken, sourceTaken, userNotFound } from "../answers.ts";
import { isTaken } from "./errors.ts";
import { welcomeText } from "./unread.ts";
import { sessionOf, type SessionRow } from "../rows.ts";

/** What is written about users, sessions and sources, within the transaction that the caller has begun. */
export function createAccountWriter(db: DatabaseSync) {
  const insertUser = db.prepare(`INSERT INTO users
    (id, workspace_id, username, username_key, role, password_hash, is_disabled, created_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const welcome = db.prepare(welcomeText);
  const anyUser = db.prepare("SELECT 1 FROM users LIMIT 1");
  const setPassword = db.prepare("UPDATE users SET password_hash = ? WHERE id = ?");
  const setDisabled = db.prepare("UPDATE users SET is_disabled = ? WHERE id = ?");
  const enabledUser = db.prepare("SELECT 1 FROM users WHERE id = ? AND is_disabled = 0");
  const insertSession = db.prepare(`INSERT INTO sessions (id, user_id, workspace_id, rotation, generation,
    generation_issued_at_ms, key_id, started_at_ms, ends_at_ms, revoked_at_ms, revoked_reason, client)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const liveSession = db.prepare("SELECT * FROM sessions WHERE id = ? AND revoked_at_ms IS NULL AND ends_at_ms > ?");
  const nextGeneration = db.prepare(`UPDATE sessions SET generation = ?, generation_issued_at_ms = ?, key_id = ?
    WHERE id = ? RETURNING *`);
  const revokeOne = db.prepare(`UPDATE sessions SET revoked_at_ms = ?, revoked_reason = ?
    WHERE id = ? AND revoked_at_ms IS NULL AND ends_at_ms > ? RETURNING *`);
  const revokeUsers = db.prepare(`UPDATE sessions SET revoked_at_ms = ?, revoked_reason = ?
    WHERE user_id = ? AND revoked_at_ms IS NULL AND ends_at_ms > ? RETURNING id`);
  const pruneSessions = db.prepare("DELETE FROM sessions WHERE ends_at_ms < ?");
  const insertSource = db.prepare(`INSERT INTO sources (workspace_id, id, name, kind, key_hash, created_at_ms)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const deleteSource = db.prepare("DELETE FROM sources WHERE workspace_id = ? AND id = ?");

  const addUser = (user: User, passwordHash: string): void => {
    const { id, workspaceId, username, role, isDisabled, createdAtMs } = user;
    const disabled = isDisabled ? 1 : 0;
    unlessTaken(nameTaken, () =>
      insertUser.run(id, workspaceId, username, usernameKey(username), role, passwordHash, disabled, createdAtMs),
    );
    welcome.run(id, workspaceId);
  };

  return {
    addUser,

    addFirstUser(user: User, passwordHash: string): boolean {
      if (anyUser.get() !== undefined) return false;
      addUser(user, passwordHash);
      return true;
    },

    rehash(userId: string, passwordHash: string): void {
      if (setPassword.run(passwordHash, userId).changes === 0) throw userNotFound();
    },

    changePassword(userId: string, passwordHash: string, atMs: number): readonly string[] {
      if (setPassword.run(passwordHash, userId).changes === 0) throw userNotFound();
      return revokeAll(userId, "password-changed", atMs);
    },

    setDisabled(userId: string, isDisabled: boolean, atMs: number): readonly string[] {
      if (setDisabled.run(isDisabled ? 1 : 0, userId).changes === 0) throw userNotFound();
      return isDisabled ? revokeAll(userId, "user-disabled", atMs) : [];
    },

    addSession(session: Session): void {
      if (enabledUser.get(session.userId) === undefined) throw unauthenticated();
      insertSession.run(
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
    },

    rotateSession(rotation: Parameters<SessionStore["rotate"]>[0]): RotationOutcome {
      const { sessionId, generation, atMs, graceMs, keyId } = rotation;
      const row = liveSession.get(sessionId, atMs) as SessionRow | undefined;
      if (row === undefined) return { kind: "ended" };
      if (generation > row.generation) return { kind: "ahead" };
      if (generation === row.generation) {
        const next = nextGeneration.get(generation + 1, atMs, keyId, sessionId) as SessionRow;
        return { kind: "rotated", session: sessionOf(next) };
      }
      // The one before was replaced when the current one was issued.
      if (generation === row.generation - 1 && atMs - row.generation_issued_at_ms <= graceMs) {
        return { kind: "repeated", session: sessionOf(row) };
      }
      const revoked = revokeOne.get(atMs, "token-reused", sessionId, atMs) as SessionRow;
      return { kind: "reused", session: sessionOf(revoked) };
    },

    revokeSession: (sessionId: string, reason: RevocationReason, atMs: number): boolean =>
      revokeOne.get(atMs, reason, sessionId, atMs) !== undefined,

    revokeSessions: revokeAll,

    pruneSessions: (beforeMs: number): number => Number(pruneSessions.run(beforeMs).changes),

    addSource(source: Source, keyHash: string): void {
      const { workspaceId, id, name, kind, createdAtMs } = source;
      unlessTaken(sourceTaken, () => insertSource.run(workspaceId, id, name, kind, keyHash, createdAtMs));
    },

    removeSource: (workspaceId: number, sourceId: string): boolean =>
      deleteSource.run(workspaceId, sourceId).changes === 1,
  };

  function revokeAll(userId: string, reason: RevocationReason, atMs: number): readonly string[] {
    return (revokeUsers.all(atMs, reason, userId, atMs) as { id: string }[]).map(({ id }) => id);
  }

  function unlessTaken(taken: () => Error, insert: () => unknown): void {
    try {
      insert();
    } catch (error) {
      throw isTaken(error) ? taken() : error;
    }
  }
}

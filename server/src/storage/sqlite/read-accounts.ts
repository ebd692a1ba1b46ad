import type { DatabaseSync } from "node:sqlite";
import type { Session } from "../../domain/session.ts";
import type { Source } from "../../domain/source.ts";
import type { User, Workspace } from "../../domain/workspace.ts";
import {
  sessionOf,
  type SessionRow,
  sourceOf,
  type SourceRow,
  userOf,
  type UserRow,
  workspaceOf,
  type WorkspaceRow,
} from "../rows.ts";

/** The reading halves of `WorkspaceStore`, `UserStore`, `SessionStore` and `SourceStore`: one statement each, synchronous. */
export function createAccountReader(db: DatabaseSync) {
  const workspace = db.prepare("SELECT id, name, epoch, revision FROM workspaces WHERE id = ?");
  const workspaces = db.prepare("SELECT id, name, epoch, revision FROM workspaces ORDER BY id");
  const userColumns = "id, workspace_id, username, role, password_hash, is_disabled, created_at_ms";
  const userByName = db.prepare(`SELECT ${userColumns} FROM users WHERE username_key = ?`);
  const user = db.prepare(`SELECT ${userColumns} FROM users WHERE id = ?`);
  const users = db.prepare(`SELECT ${userColumns} FROM users WHERE workspace_id = ? ORDER BY username_key`);
  const userCount = db.prepare("SELECT count(*) AS count FROM users");
  const session = db.prepare("SELECT * FROM sessions WHERE id = ?");
  const revokedSince = db.prepare(`SELECT id, revoked_at_ms FROM sessions
    WHERE revoked_at_ms IS NOT NULL AND revoked_at_ms >= ? ORDER BY revoked_at_ms, id`);
  const sourceColumns = "id, workspace_id, name, kind, created_at_ms";
  const sourceByKey = db.prepare(`SELECT ${sourceColumns} FROM sources WHERE key_hash = ? AND is_disabled = 0`);
  const sources = db.prepare(`SELECT ${sourceColumns} FROM sources WHERE workspace_id = ? ORDER BY name`);

  return {
    workspace: (workspaceId: number): Workspace | null => {
      const row = workspace.get(workspaceId) as WorkspaceRow | undefined;
      return row === undefined ? null : workspaceOf(row);
    },
    workspaces: (): readonly Workspace[] => workspaces.all().map((row) => workspaceOf(row as WorkspaceRow)),
    userByName: (nameKey: string): { readonly user: User; readonly passwordHash: string } | null => {
      const row = userByName.get(nameKey) as UserRow | undefined;
      return row === undefined ? null : { user: userOf(row), passwordHash: row.password_hash };
    },
    user: (userId: string): User | null => {
      const row = user.get(userId) as UserRow | undefined;
      return row === undefined ? null : userOf(row);
    },
    users: (workspaceId: number): readonly User[] => users.all(workspaceId).map((row) => userOf(row as UserRow)),
    userCount: (): number => (userCount.get() as { count: number }).count,
    session: (sessionId: string): Session | null => {
      const row = session.get(sessionId) as SessionRow | undefined;
      return row === undefined ? null : sessionOf(row);
    },
    revokedSince: (sinceMs: number): readonly { readonly sessionId: string; readonly revokedAtMs: number }[] =>
      (revokedSince.all(sinceMs) as { id: string; revoked_at_ms: number }[]).map((row) => ({
        sessionId: row.id,
        revokedAtMs: row.revoked_at_ms,
      })),
    sourceByKey: (keyHash: string): Source | null => {
      const row = sourceByKey.get(keyHash) as SourceRow | undefined;
      return row === undefined ? null : sourceOf(row);
    },
    sources: (workspaceId: number): readonly Source[] =>
      sources.all(workspaceId).map((row) => sourceOf(row as SourceRow)),
  };
}

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
import type { Statements } from "./connection.ts";

const workspaceColumns = "workspace_id AS id, name, epoch, revision";
const userColumns = "id, workspace_id, username, role, password_hash, is_disabled, created_at_ms";
const sourceColumns = "id, workspace_id, name, kind, created_at_ms";

type Revoked = { readonly sessionId: string; readonly revokedAtMs: number };

/** The reading halves of `WorkspaceStore`, `UserStore`, `SessionStore` and `SourceStore`: one statement each. */
export function createAccountReader(statements: Statements) {
  return {
    workspace: async (workspaceId: number): Promise<Workspace | null> => {
      const text = `SELECT ${workspaceColumns} FROM workspaces WHERE workspace_id = $1`;
      const row = await statements.get<WorkspaceRow>(text, workspaceId);
      return row === undefined ? null : workspaceOf(row);
    },
    workspaces: async (): Promise<readonly Workspace[]> =>
      (await statements.all<WorkspaceRow>(`SELECT ${workspaceColumns} FROM workspaces ORDER BY workspace_id`)).map(
        workspaceOf,
      ),
    userByName: async (nameKey: string): Promise<{ readonly user: User; readonly passwordHash: string } | null> => {
      const row = await statements.get<UserRow>(`SELECT ${userColumns} FROM users WHERE username_key = $1`, nameKey);
      return row === undefined ? null : { user: userOf(row), passwordHash: row.password_hash };
    },
    user: async (userId: string): Promise<User | null> => {
      const row = await statements.get<UserRow>(`SELECT ${userColumns} FROM users WHERE id = $1`, userId);
      return row === undefined ? null : userOf(row);
    },
    users: async (workspaceId: number): Promise<readonly User[]> => {
      const text = `SELECT ${userColumns} FROM users WHERE workspace_id = $1 ORDER BY username_key`;
      return (await statements.all<UserRow>(text, workspaceId)).map(userOf);
    },
    userCount: async (): Promise<number> =>
      (await statements.get<{ count: number }>("SELECT count(*) AS count FROM users"))?.count ?? 0,
    session: async (sessionId: string): Promise<Session | null> => {
      const row = await statements.get<SessionRow>("SELECT * FROM sessions WHERE id = $1", sessionId);
      return row === undefined ? null : sessionOf(row);
    },
    revokedSince: async (sinceMs: number): Promise<readonly Revoked[]> => {
      const rows = await statements.all<{ id: string; revoked_at_ms: number }>(
        "SELECT id, revoked_at_ms FROM sessions WHERE revoked_at_ms >= $1 ORDER BY revoked_at_ms, id",
        sinceMs,
      );
      return rows.map((row) => ({ sessionId: row.id, revokedAtMs: row.revoked_at_ms }));
    },
    sourceByKey: async (keyHash: string): Promise<Source | null> => {
      const text = `SELECT ${sourceColumns} FROM sources WHERE key_hash = $1 AND is_disabled = 0`;
      const row = await statements.get<SourceRow>(text, keyHash);
      return row === undefined ? null : sourceOf(row);
    },
    sources: async (workspaceId: number): Promise<readonly Source[]> => {
      const text = `SELECT ${sourceColumns} FROM sources WHERE workspace_id = $1 ORDER BY name`;
      return (await statements.all<SourceRow>(text, workspaceId)).map(sourceOf);
    },
  };
}

import type { DatabaseSync } from "node:sqlite";
import { noPreferences, type Preferences, timeZoneDefault, type KeptWorkspaceSettings } from "../../domain/settings.ts";
import { type SavedView, viewsOfOwnerMax } from "../../domain/view.ts";
import { viewOf, type ViewRow } from "../desk-rows.ts";
import { tooManyViews, workspaceNotFound } from "../answers.ts";

/** The reading halves of `ViewStore` and `SettingsStore`. */
export function createViewReader(db: DatabaseSync) {
  const list = db.prepare(`SELECT workspace_id, ${columns} FROM views
    WHERE workspace_id = ? AND (owner_id = ? OR is_shared = 1) ORDER BY name, id`);
  const preferences = db.prepare("SELECT settings FROM preferences WHERE workspace_id = ? AND user_id = ?");
  const workspace = db.prepare(`SELECT coalesce(own_name, name) AS name, time_zone, calls_kept_days
    FROM workspaces LEFT JOIN workspace_settings ON workspace_id = id WHERE id = ?`);

  return {
    views: (workspaceId: number, userId: string): readonly SavedView[] =>
      (list.all(workspaceId, userId) as ViewRow[]).map(viewOf),
    preferences: (workspaceId: number, userId: string): Preferences => {
      const row = preferences.get(workspaceId, userId) as { settings: string } | undefined;
      return row === undefined ? noPreferences : { ...noPreferences, ...(JSON.parse(row.settings) as Preferences) };
    },
    workspaceSettings: (workspaceId: number): KeptWorkspaceSettings | null => {
      const row = workspace.get(workspaceId) as WorkspaceRow | undefined;
      if (row === undefined) return null;
      return { name: row.name, timeZone: row.time_zone ?? timeZoneDefault, callsKeptDays: row.calls_kept_days };
    },
  };
}

/** What is written about views and settings, within the transaction that the caller has begun. */
export function createViewWriter(db: DatabaseSync) {
  const named = db.prepare("SELECT id FROM views WHERE workspace_id = ? AND owner_id = ? AND name = ?");
  const count = db.prepare("SELECT count(*) AS count FROM views WHERE workspace_id = ? AND owner_id = ?");
  const save = db.prepare(`INSERT OR REPLACE INTO views (workspace_id, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const remove = db.prepare("DELETE FROM views WHERE workspace_id = ? AND owner_id = ? AND id = ?");
  const setPreferences = db.prepare(
    "INSERT OR REPLACE INTO preferences (workspace_id, user_id, settings) VALUES (?, ?, ?)",
  );
  const known = db.prepare("SELECT 1 FROM workspaces WHERE id = ?");
  const setSettings = db.prepare(`INSERT OR REPLACE INTO workspace_settings
    (workspace_id, own_name, time_zone, calls_kept_days) VALUES (?, ?, ?, ?)`);

  return {
    saveView(view: SavedView): SavedView {
      const { workspaceId, ownerId, name, query, isShared, savedAtMs } = view;
      const known = named.get(workspaceId, ownerId, name) as { id: string } | undefined;
      const { count: total } = count.get(workspaceId, ownerId) as { count: number };
      if (known === undefined && total >= viewsOfOwnerMax) throw tooManyViews();
      const id = known?.id ?? view.id;
      save.run(workspaceId, id, ownerId, name, query, isShared ? 1 : 0, savedAtMs);
      return { ...view, id };
    },

    removeView: (workspaceId: number, ownerId: string, viewId: string): boolean =>
      remove.run(workspaceId, ownerId, viewId).changes === 1,

    setPreferences(workspaceId: number, userId: string, preferences: Preferences): void {
      setPreferences.run(workspaceId, userId, JSON.stringify(preferences));
    },

    setWorkspaceSettings(workspaceId: number, { name, timeZone, callsKeptDays }: KeptWorkspaceSettings): void {
      if (known.get(workspaceId) === undefined) throw workspaceNotFound();
      setSettings.run(workspaceId, name, timeZone, callsKeptDays);
    },
  };
}

const columns = "id, owner_id, name, query, is_shared, saved_at_ms";

type WorkspaceRow = {
  readonly name: string;
  readonly time_zone: string | null;
  readonly calls_kept_days: number | null;
};

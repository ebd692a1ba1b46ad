import type { KeptWorkspaceSettings, Preferences } from "../../domain/settings.ts";
import type { Source } from "../../domain/source.ts";
import { type SavedView, viewsOfOwnerMax } from "../../domain/view.ts";
import { sourceNotFound, sourceTaken, tooManyViews, workspaceNotFound } from "../answers.ts";
import { isTaken } from "./errors.ts";
import type { Tx } from "./group-commit.ts";

/** What is written about sources, views and settings, within the transaction of the caller. */

export async function addSource(tx: Tx, source: Source, keyHash: string, keyHint: string | null = null): Promise<void> {
  const { workspaceId, id, name, kind, createdAtMs } = source;
  const added = await tx.run(
    `INSERT INTO sources (workspace_id, id, name, kind, key_hash, key_hint, created_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    ...([workspaceId, id, name, kind, keyHash, keyHint, createdAtMs] as const),
  );
  if (added === 0) throw sourceTaken();
}

export async function removeSource(tx: Tx, workspaceId: number, sourceId: string): Promise<boolean> {
  return (await tx.run("DELETE FROM sources WHERE workspace_id = $1 AND id = $2", workspaceId, sourceId)) === 1;
}

export async function renameSource(tx: Tx, workspaceId: number, sourceId: string, name: string): Promise<void> {
  try {
    const text = "UPDATE sources SET name = $3 WHERE workspace_id = $1 AND id = $2";
    if ((await tx.run(text, workspaceId, sourceId, name)) === 0) throw sourceNotFound();
  } catch (error) {
    throw isTaken(error) ? sourceTaken() : error;
  }
}

export async function setSourceKey(
  tx: Tx,
  workspaceId: number,
  sourceId: string,
  keyHash: string,
  keyHint: string,
): Promise<void> {
  const text = "UPDATE sources SET key_hash = $3, key_hint = $4 WHERE workspace_id = $1 AND id = $2";
  if ((await tx.run(text, workspaceId, sourceId, keyHash, keyHint)) === 0) throw sourceNotFound();
}

export async function setSourceDisabled(
  tx: Tx,
  workspaceId: number,
  sourceId: string,
  isDisabled: boolean,
): Promise<void> {
  const text = "UPDATE sources SET is_disabled = $3 WHERE workspace_id = $1 AND id = $2";
  if ((await tx.run(text, workspaceId, sourceId, isDisabled ? 1 : 0)) === 0) throw sourceNotFound();
}

export async function saveView(tx: Tx, view: SavedView): Promise<SavedView> {
  const { workspaceId, ownerId, name, query, isShared, savedAtMs } = view;
  const kept = await tx.all<{ id: string; name: string }>(
    "SELECT id, name FROM views WHERE workspace_id = $1 AND owner_id = $2",
    workspaceId,
    ownerId,
  );
  const known = kept.find((other) => other.name === name);
  if (known === undefined && kept.length >= viewsOfOwnerMax) throw tooManyViews();
  const id = known?.id ?? view.id;
  await tx.run(
    `INSERT INTO views (workspace_id, id, owner_id, name, query, is_shared, saved_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (workspace_id, owner_id, name) DO UPDATE SET query = excluded.query, is_shared = excluded.is_shared,
        saved_at_ms = excluded.saved_at_ms`,
    ...([workspaceId, id, ownerId, name, query, isShared ? 1 : 0, savedAtMs] as const),
  );
  return { ...view, id };
}

export async function removeView(tx: Tx, workspaceId: number, ownerId: string, viewId: string): Promise<boolean> {
  const text = "DELETE FROM views WHERE workspace_id = $1 AND owner_id = $2 AND id = $3";
  return (await tx.run(text, workspaceId, ownerId, viewId)) === 1;
}

export async function setPreferences(
  tx: Tx,
  workspaceId: number,
  userId: string,
  preferences: Preferences,
): Promise<void> {
  await tx.run(
    `INSERT INTO preferences (workspace_id, user_id, settings) VALUES ($1, $2, $3)
      ON CONFLICT (workspace_id, user_id) DO UPDATE SET settings = excluded.settings`,
    workspaceId,
    userId,
    JSON.stringify(preferences),
  );
}

export async function setWorkspaceSettings(
  tx: Tx,
  workspaceId: number,
  { name, timeZone, callsKeptDays }: KeptWorkspaceSettings,
): Promise<void> {
  const known = await tx.get("SELECT 1 AS one FROM workspaces WHERE workspace_id = $1", workspaceId);
  if (known === undefined) throw workspaceNotFound();
  await tx.run(
    `INSERT INTO workspace_settings (workspace_id, own_name, time_zone, calls_kept_days) VALUES ($1, $2, $3, $4)
      ON CONFLICT (workspace_id) DO UPDATE SET own_name = excluded.own_name, time_zone = excluded.time_zone,
        calls_kept_days = excluded.calls_kept_days`,
    workspaceId,
    name,
    timeZone,
    callsKeptDays,
  );
}

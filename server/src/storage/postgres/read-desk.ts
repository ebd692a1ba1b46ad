import type {
  DeliveryFilter,
  DeliveryPosition,
  KeptBody,
  KeptDelivery,
  SourceFacts,
} from "../../domain/delivery-store.ts";
import { type KeptWorkspaceSettings, noPreferences, type Preferences, timeZoneDefault } from "../../domain/settings.ts";
import { eventsCountedMax, type SourceCard } from "../../domain/source-register.ts";
import type { CallFacts } from "../../domain/source.ts";
import type { SavedView } from "../../domain/view.ts";
import { amiss, deliveryOf, type DeliveryRow, viewOf, type ViewRow } from "../desk-rows.ts";
import { sourceOf, type SourceRow } from "../rows.ts";
import type { Statements } from "./connection.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const deliveryColumns = `id, source_id, group_key, verdict, reason, call_id, received_at_ms,
  coalesce(bytes, octet_length(raw)) AS bytes`;
const bodyColumns = `${deliveryColumns}, delivery_key, raw`;

/** A source with what it sent lately, as far as it is counted: $2 is the time now. */
const card = `SELECT s.id, s.workspace_id, s.name, s.kind, s.created_at_ms, s.key_hint, s.is_disabled,
    (SELECT max(d.received_at_ms) FROM deliveries d WHERE d.workspace_id = s.workspace_id AND d.source_id = s.id) AS last,
    ${counted(`d.received_at_ms > $2::bigint - ${hourMs}`)} AS hour,
    ${counted(`d.received_at_ms > $2::bigint - ${dayMs}`)} AS day,
    ${counted(`d.verdict IN ('refused', 'conflicting') AND d.received_at_ms > $2::bigint - ${dayMs}`)} AS errors
  FROM sources s WHERE s.workspace_id = $1`;

function counted(which: string): string {
  return `(SELECT count(*) FROM (SELECT FROM deliveries d WHERE d.workspace_id = s.workspace_id AND d.source_id = s.id
    AND ${which} LIMIT ${eventsCountedMax}) AS events)`;
}

const newestFirst = "ORDER BY received_at_ms DESC, id DESC LIMIT $3";

/** The reading halves of `SourceRegister`, `DeliveryStore`, `ViewStore` and `SettingsStore`: one statement each. */
export function createDeskReader(statements: Statements) {
  return {
    cards: async (workspaceId: number, nowMs: number): Promise<readonly SourceCard[]> =>
      (await statements.all<CardRow>(`${card} ORDER BY s.name`, workspaceId, nowMs)).map(cardOf),
    card: async (workspaceId: number, sourceId: string, nowMs: number): Promise<SourceCard | null> => {
      const row = await statements.get<CardRow>(`${card} AND s.id = $3`, workspaceId, nowMs, sourceId);
      return row === undefined ? null : cardOf(row);
    },
    deliveries: async (
      workspaceId: number,
      { sourceId, verdict }: DeliveryFilter,
      after: DeliveryPosition | null,
      limit: number,
    ): Promise<readonly KeptDelivery[]> => {
      const place = [after?.receivedAtMs ?? Number.MAX_SAFE_INTEGER, after?.id ?? 0] as const;
      const from = `SELECT ${deliveryColumns} FROM deliveries
        WHERE workspace_id = $1 AND source_id = $2 AND (received_at_ms, id) < ($4, $5)`;
      const rows = await (verdict === null
        ? statements.all<DeliveryRow>(`${from} ${newestFirst}`, workspaceId, sourceId, limit, ...place)
        : statements.all<DeliveryRow>(
            // Spelled out where there is an index of its own for it.
            `${from} AND verdict = ${amiss.has(verdict) ? `'${verdict}' AND verdict = $6` : "$6"} ${newestFirst}`,
            ...([workspaceId, sourceId, limit, ...place, verdict] as const),
          ));
      return rows.map(deliveryOf);
    },
    delivery: async (workspaceId: number, deliveryId: number): Promise<KeptBody | null> => {
      const text = `SELECT ${bodyColumns} FROM deliveries WHERE workspace_id = $1 AND id = $2`;
      const row = await statements.get<BodyRow>(text, workspaceId, deliveryId);
      return row === undefined ? null : bodyOf(row);
    },
    deliveriesOfCall: async (workspaceId: number, callId: number, limit: number): Promise<readonly KeptBody[]> => {
      const text = `SELECT ${bodyColumns} FROM deliveries WHERE workspace_id = $1 AND call_id = $2 ORDER BY id LIMIT $3`;
      return (await statements.all<BodyRow>(text, workspaceId, callId, limit)).map(bodyOf);
    },
    factsOfCall: async (workspaceId: number, callId: number): Promise<readonly SourceFacts[]> => {
      const text = `SELECT source_id, facts FROM source_calls
        WHERE workspace_id = $1 AND call_id = $2 ORDER BY source_id, group_key`;
      const rows = await statements.all<{ source_id: string; facts: string }>(text, workspaceId, callId);
      return rows.map((row) => ({ sourceId: row.source_id, facts: JSON.parse(row.facts) as CallFacts }));
    },
    bodiesAfter: async (
      workspaceId: number,
      sourceId: string,
      after: DeliveryPosition | null,
      limit: number,
    ): Promise<readonly DeliveryPosition[]> => {
      const rows = await statements.all<{ received_at_ms: number; id: number }>(
        `SELECT received_at_ms, id FROM deliveries
          WHERE workspace_id = $1 AND source_id = $2 AND (received_at_ms, id) > ($4, $5)
            AND id > coalesce((SELECT value FROM upkeep WHERE name = 'bodies'), 0) AND octet_length(raw) > 0
          ORDER BY received_at_ms, id LIMIT $3`,
        ...([workspaceId, sourceId, limit, after?.receivedAtMs ?? -1, after?.id ?? 0] as const),
      );
      return rows.map((row) => ({ receivedAtMs: row.received_at_ms, id: row.id }));
    },
    views: async (workspaceId: number, userId: string): Promise<readonly SavedView[]> => {
      const text = `SELECT workspace_id, id, owner_id, name, query, is_shared, saved_at_ms FROM views
        WHERE workspace_id = $1 AND (owner_id = $2 OR is_shared = 1) ORDER BY name, id`;
      return (await statements.all<ViewRow>(text, workspaceId, userId)).map(viewOf);
    },
    preferences: async (workspaceId: number, userId: string): Promise<Preferences> => {
      const text = "SELECT settings FROM preferences WHERE workspace_id = $1 AND user_id = $2";
      const row = await statements.get<{ settings: string }>(text, workspaceId, userId);
      return row === undefined ? noPreferences : { ...noPreferences, ...(JSON.parse(row.settings) as Preferences) };
    },
    workspaceSettings: async (workspaceId: number): Promise<KeptWorkspaceSettings | null> => {
      const text = `SELECT coalesce(s.own_name, w.name) AS name, s.time_zone, s.calls_kept_days FROM workspaces w
        LEFT JOIN workspace_settings s ON s.workspace_id = w.workspace_id WHERE w.workspace_id = $1`;
      const row = await statements.get<{ name: string; time_zone: string | null; calls_kept_days: number | null }>(
        text,
        workspaceId,
      );
      if (row === undefined) return null;
      return { name: row.name, timeZone: row.time_zone ?? timeZoneDefault, callsKeptDays: row.calls_kept_days };
    },
  };
}

type CardRow = SourceRow & {
  readonly key_hint: string | null;
  readonly is_disabled: number;
  readonly last: number | null;
  readonly hour: number;
  readonly day: number;
  readonly errors: number;
};

type BodyRow = DeliveryRow & { readonly delivery_key: string; readonly raw: Uint8Array };

function cardOf(row: CardRow): SourceCard {
  return {
    ...sourceOf(row),
    keyHint: row.key_hint,
    isDisabled: row.is_disabled === 1,
    lastEventAtMs: row.last,
    eventsLastHour: row.hour,
    eventsLastDay: row.day,
    errorsLastDay: row.errors,
  };
}

function bodyOf(row: BodyRow): KeptBody {
  const raw = Buffer.from(row.raw).toString();
  return { ...deliveryOf(row), deliveryKey: row.delivery_key, raw: raw === "" ? null : raw };
}

/**
 * The token that a client's `connection_init` (or an upgrade header) carries, without its scheme: `authorization`,
 * `Authorization`, `authToken`, and the first two under `headers`. Null when there is none, when something else than text
 * stands there, and when two places name different tokens.
 */
export function readInitToken(payload: unknown, upgradeAuthorization: string | undefined): string | null {
  const given = [...placesOf(payload), upgradeAuthorization].filter((value) => value !== undefined && value !== null);
  if (!given.every((value) => typeof value === "string")) return null;
  const tokens = new Set(given.map((value) => withoutScheme(value)).filter((token) => token !== ""));
  const [token] = tokens;
  return tokens.size === 1 && token !== undefined ? token : null;
}

/** Whether a payload has any of the places that a token may stand in. */
export function carriesToken(payload: unknown): boolean {
  return placesOf(payload).some((value) => value !== undefined && value !== null);
}

function placesOf(payload: unknown): readonly unknown[] {
  if (!isRecord(payload)) return [];
  const headers = isRecord(payload["headers"]) ? payload["headers"] : {};
  return [
    payload["authorization"],
    payload["Authorization"],
    payload["authToken"],
    headers["authorization"],
    headers["Authorization"],
  ];
}

function withoutScheme(value: string): string {
  return value.trim().replace(/^bearer(?:\s+|$)/i, "");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

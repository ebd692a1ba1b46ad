/** What `keys.json` holds. */
export type KeyFileContent = {
  readonly version: 1;
  readonly sealing: Sealing | null;
  readonly keys: readonly KeptKey[];
};

/** How the secrets are sealed. */
export type Sealing = {
  readonly cipher: "aes-256-gcm";
  readonly kdf: "scrypt";
  /** scrypt's N. */
  readonly cost: number;
  /** Base64url. */
  readonly salt: string;
};

/** One key as text; `secret` is base64url, of the secret itself or of its sealed form. */
export type KeptKey = {
  readonly kid: string;
  readonly use: "access" | "refresh";
  readonly createdAtMs: number;
  readonly activatedAtMs: number | null;
  readonly retiredAtMs: number | null;
  readonly secret: string;
};

/**
 * The content of a key file, with nothing in it that is not known. By hand and not by a schema library, because every start
 * reads this file, and loading one took a fifth of the time of a start.
 * @throws TypeError
 */
export function readKeyFileContent(json: string): KeyFileContent {
  const { version, sealing, keys, ...rest } = object(JSON.parse(json));
  none(rest);
  if (version !== 1 || !Array.isArray(keys)) throw new TypeError("not a key file of this version");
  return { version, sealing: sealing === null ? null : readSealing(sealing), keys: keys.map(readKey) };
}

function readSealing(value: unknown): Sealing {
  const { cipher, kdf, cost, salt, ...rest } = object(value);
  none(rest);
  // The cost is bounded, so that a damaged file cannot ask for all memory.
  if (cipher !== "aes-256-gcm" || kdf !== "scrypt" || !costs.has(cost)) throw new TypeError("unknown sealing");
  return { cipher, kdf, cost: Number(cost), salt: base64url(salt) };
}

const costs: ReadonlySet<unknown> = new Set([16_384, 32_768, 65_536, 131_072]);

function readKey(value: unknown): KeptKey {
  const { kid, use, createdAtMs, activatedAtMs, retiredAtMs, secret, ...rest } = object(value);
  none(rest);
  if (use !== "access" && use !== "refresh") throw new TypeError("unknown use of a key");
  return {
    kid: base64url(kid),
    use,
    createdAtMs: instant(createdAtMs),
    activatedAtMs: activatedAtMs === null ? null : instant(activatedAtMs),
    retiredAtMs: retiredAtMs === null ? null : instant(retiredAtMs),
    secret: base64url(secret),
  };
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("not an object");
  return { ...value };
}

function none(rest: object): void {
  if (Object.keys(rest).length > 0) throw new TypeError(`unknown entries: ${Object.keys(rest).join(", ")}`);
}

function base64url(value: unknown): string {
  if (typeof value !== "string" || !/^[A-Za-z0-9_-]{1,256}$/.test(value)) throw new TypeError("not base64url");
  return value;
}

function instant(value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw new TypeError("not a time");
  return Number(value);
}

import { resolve } from "node:path";
import { parseDoorbellAddress, readPostgresAddress } from "./changes/doorbell-address.ts";
import { DomainError } from "./domain/errors.ts";
import { readNetwork } from "./webhooks/networks.ts";

type Setting<T> = {
  readonly env: `RINGBACK_${string}`;
  readonly default: string;
  readonly meaning: string;
  /** The value, or a sentence that says what is acceptable (thrown as an Error). */
  readonly read: (text: string) => T;
  /** Not printed by `ringback config`. */
  readonly secret?: boolean;
};

/**
 * Every setting of the product: the one table that the command line, `ringback config` and the documentation are made
 * from. Read from flags first (`--port` for RINGBACK_PORT), then the environment, then `ringback.json` in the data folder.
 */
export const settings = {
  host: setting("RINGBACK_HOST", "127.0.0.1", "Address to listen on.", text),
  port: setting("RINGBACK_PORT", "4000", "Port to listen on; 0 picks a free one.", whole(0, 65_535)),
  data: setting("RINGBACK_DATA", "data", "The data folder: database, keys, backups.", (value) => resolve(text(value))),
  origins: setting(
    "RINGBACK_ORIGINS",
    "",
    "Origins of other sites whose pages may use the API, separated by commas; `loopback` allows every port of this machine.",
    list,
  ),
  trustedProxies: setting(
    "RINGBACK_TRUSTED_PROXIES",
    "",
    "Addresses whose X-Forwarded-For is believed, separated by commas.",
    list,
  ),
  refreshRotation: setting(
    "RINGBACK_REFRESH_ROTATION",
    "documented",
    "`documented`: API refresh tokens work for their hour; `strict`: each works once.",
    oneOf("documented", "strict"),
  ),
  refreshGraceMs: setting(
    "RINGBACK_REFRESH_GRACE_MS",
    "10000",
    "Strict rotation: for how long the token just replaced yields the same successor, 0 to 60,000 ms.",
    whole(0, 60_000),
  ),
  sessionDays: setting("RINGBACK_SESSION_DAYS", "30", "Absolute end of a session, in days.", whole(1, 3_650)),
  deprecatedRefresh: setting(
    "RINGBACK_DEPRECATED_REFRESH",
    "on",
    "Whether the deprecated mutation refreshToken works: `on` or `off`.",
    onOff,
  ),
  keysSecret: setting(
    "RINGBACK_KEYS_SECRET",
    "",
    "Encrypts the signing keys and the secrets of webhooks at rest, 32 characters at least; empty leaves them to the permissions of their files.",
    keysSecret,
    true,
  ),
  introspection: setting(
    "RINGBACK_INTROSPECTION",
    "signed-in",
    "Who may read the schema: `signed-in` or `open`.",
    oneOf("signed-in", "open"),
  ),
  graphqlGet: setting("RINGBACK_GRAPHQL_GET", "off", "Whether GET /graphql answers queries: `on` or `off`.", onOff),
  changesKeptDays: setting(
    "RINGBACK_CHANGES_DAYS",
    "400",
    "For how many days the change log is kept; the newest 100,000 changes always are.",
    whole(1, 36_500),
  ),
  bodiesKeptDays: setting(
    "RINGBACK_BODIES_DAYS",
    "90",
    "For how many days the bodies of what sources sent are kept.",
    whole(1, 36_500),
  ),
  deliveriesKeptDays: setting(
    "RINGBACK_DELIVERIES_DAYS",
    "400",
    "For how many days it is kept what became of everything that sources sent, at least as long as its body.",
    whole(1, 36_500),
  ),
  auditKeptDays: setting("RINGBACK_AUDIT_DAYS", "400", "For how many days the audit log is kept.", whole(1, 36_500)),
  socketsPerNetwork: setting(
    "RINGBACK_SOCKETS_PER_NETWORK",
    "5000",
    "WebSockets open at once from one network (/24, or /64 on IPv6), and as many event streams.",
    whole(1, 1_000_000),
  ),
  costPerSession: setting(
    "RINGBACK_COST_PER_SESSION",
    "50000",
    "Points of cost that one session may ask for in a minute, and at once; 0 for no limit.",
    whole(0, 999_999_999),
  ),
  requestsPerNetwork: setting(
    "RINGBACK_REQUESTS_PER_NETWORK",
    "600",
    "API requests of one network without being signed in in a minute, and at once; 0 for no limit.",
    whole(0, 999_999_999),
  ),
  signInsPerNetwork: setting(
    "RINGBACK_SIGN_INS_PER_NETWORK",
    "30",
    "Attempts to sign in from one network in a minute; more for a large office behind one address.",
    whole(1, 1_000_000),
  ),
  database: setting(
    "RINGBACK_DATABASE",
    "",
    "The PostgreSQL database that everything is kept in, such as `postgres://user:password@host/database`; empty for a SQLite file in the data folder.",
    databaseAddress,
    true,
  ),
  databaseConnections: setting(
    "RINGBACK_DATABASE_CONNECTIONS",
    "8",
    "PostgreSQL connections of this node for reading, and at most as many again for writing.",
    whole(1, 200),
  ),
  doorbell: setting(
    "RINGBACK_DOORBELL",
    "",
    "How several nodes tell each other of changes: the address of NATS (`nats://`, `tls://`) or PostgreSQL (`postgres://`); empty for one node.",
    doorbellAddress,
    true,
  ),
  webhookNetworks: setting(
    "RINGBACK_WEBHOOK_NETWORKS",
    "",
    "Private networks that webhooks may be sent to, separated by commas, such as `10.1.0.0/16`; all other private addresses are refused.",
    networkList,
  ),
  drainMs: setting(
    "RINGBACK_DRAIN_MS",
    "0",
    "For how long a server that was told to stop still takes requests while `/readyz` says 503, so that a balancer turns away first; 0 to 60,000 ms.",
    whole(0, 60_000),
  ),
  logLevel: setting(
    "RINGBACK_LOG",
    "info",
    "Least severe log line that is written: trace, debug, info, warn, error, fatal or silent.",
    oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent"),
  ),
} as const;

export type SettingName = keyof typeof settings;
export type Config = { readonly [Name in SettingName]: ReturnType<(typeof settings)[Name]["read"]> };

/** Where the text of a setting was found. The first of them that has one wins. */
export type SettingOrigin = "flag" | "environment" | "file" | "default";

/** Texts found in one place, and what could not be taken from there (one sentence each). */
export type SettingLayer = {
  readonly origin: SettingOrigin;
  readonly values: SettingTexts;
  readonly mistakes?: readonly string[];
};

export type SettingTexts = Readonly<Partial<Record<SettingName, string | undefined>>>;

/** The file in the data folder that settings are read from when neither a flag nor the environment has them. */
export const settingsFileName = "ringback.json";

export const settingNames = Object.keys(settings) as readonly SettingName[];

/**
 * The configuration that the given texts make, the first of them winning; the defaults where none has a value.
 * @throws DomainError BAD_CONFIGURATION with one line for every mistake.
 */
export function readConfig(...sources: readonly SettingTexts[]): Config {
  return readSettings(sources.map((values) => ({ origin: "environment", values }))).config;
}

/**
 * The same from layers that know where they come from, the first of them winning, with the origin of every value.
 * @throws DomainError BAD_CONFIGURATION with one line for every mistake in all layers, each named as it was spelled there.
 */
export function readSettings(layers: readonly SettingLayer[]): {
  readonly config: Config;
  readonly origins: Readonly<Record<SettingName, SettingOrigin>>;
} {
  const mistakes = layers.flatMap((layer) => layer.mistakes ?? []);
  const read = settingNames.map((name) => {
    const layer = layers.find(({ values }) => values[name] !== undefined);
    const origin = layer?.origin ?? "default";
    const given = layer?.values[name] ?? settings[name].default;
    try {
      return { name, origin, value: settings[name].read(given) };
    } catch (error) {
      const shown = isSecret(name) ? "" : ` (got ${JSON.stringify(given)})`;
      mistakes.push(`${spelling(name, origin)}: ${(error as Error).message}${shown}`);
      return { name, origin, value: undefined };
    }
  });
  if (mistakes.length > 0) throw new DomainError("BAD_CONFIGURATION", mistakes.join("\n"));
  return {
    config: Object.fromEntries(read.map(({ name, value }) => [name, value])) as Config,
    origins: Object.fromEntries(read.map(({ name, origin }) => [name, origin])) as Record<SettingName, SettingOrigin>,
  };
}

/** The settings that an environment has, by name. An empty variable counts as none. */
export function settingsFromEnvironment(environment: Readonly<Record<string, string | undefined>>): SettingTexts {
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = environment[settings[name].env];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}

/**
 * The settings in the text of a `ringback.json`: an object whose keys are the names of the flags (`"trusted-proxies"`) and
 * whose values are texts, numbers, `true` and `false` (for on and off) or lists of texts. What cannot be read is a mistake,
 * never passed over.
 */
export function settingsFromFile(text: string): SettingLayer {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return fileLayer({}, [`${settingsFileName}: is not JSON`]);
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    return fileLayer({}, [`${settingsFileName}: must be an object, such as { "port": 4000 }`]);
  }
  const values: Partial<Record<SettingName, string>> = {};
  const mistakes: string[] = [];
  for (const [key, value] of Object.entries(content)) {
    const name = settingNames.find((candidate) => settingKey(candidate) === key);
    const given = fileValue(value);
    if (name === undefined) mistakes.push(`${settingsFileName}, ${JSON.stringify(key)}: there is no such setting`);
    else if (name === "data") mistakes.push(`${spelling(name, "file")}: cannot be set in the folder that it names`);
    else if (given === null)
      mistakes.push(`${spelling(name, "file")}: must be a text, a number, true, false or a list`);
    else values[name] = given;
  }
  return fileLayer(values, mistakes);
}

/** The setting's name on the command line (after `--`) and in `ringback.json`: `trusted-proxies` for RINGBACK_TRUSTED_PROXIES. */
export function settingKey(name: SettingName): string {
  return settings[name].env.slice("RINGBACK_".length).toLowerCase().replaceAll("_", "-");
}

/** The settings that whoever uses the API notices, with the values in force. None says where or on what the server runs. */
export function clientSettings(
  config: Config,
): readonly { readonly name: string; readonly value: string; readonly meaning: string }[] {
  return noticed.map((name) => {
    const value = config[name];
    const shown = typeof value === "boolean" ? (value ? "on" : "off") : String(value);
    return { name: settings[name].env, value: shown, meaning: settings[name].meaning };
  });
}

const noticed = [
  "refreshRotation",
  "refreshGraceMs",
  "sessionDays",
  "deprecatedRefresh",
  "introspection",
  "graphqlGet",
  "changesKeptDays",
  "socketsPerNetwork",
  "costPerSession",
  "requestsPerNetwork",
  "signInsPerNetwork",
] as const satisfies readonly SettingName[];

/** The address of the PostgreSQL database without its secrets; null where there is none. */
export function databaseShown({ database }: Pick<Config, "database">): string | null {
  const address = readPostgresAddress(database);
  return address === null ? null : `postgres://${address.shown}`;
}

/** Whether the value must not be printed. */
export function isSecret(name: SettingName): boolean {
  return settings[name].secret === true;
}

function spelling(name: SettingName, origin: SettingOrigin): string {
  if (origin === "flag") return `--${settingKey(name)}`;
  return origin === "file" ? `${settingsFileName}, "${settingKey(name)}"` : settings[name].env;
}

function fileLayer(values: SettingTexts, mistakes: readonly string[]): SettingLayer {
  return { origin: "file", values, mistakes };
}

function fileValue(value: unknown): string | null {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number" || typeof value === "string") return String(value);
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value.join(",") : null;
}

function setting<T>(
  env: `RINGBACK_${string}`,
  fallback: string,
  meaning: string,
  read: (value: string) => T,
  secret = false,
): Setting<T> {
  return { env, default: fallback, meaning, read, secret };
}

function text(value: string): string {
  if (value.trim() === "") throw new Error("must not be empty");
  return value;
}

function list(value: string): readonly string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function whole(least: number, most: number) {
  return (value: string): number => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) throw new Error(`must be a whole number from ${least} to ${most}`);
    return number;
  };
}

function oneOf<const Choice extends string>(...choices: readonly Choice[]) {
  return (value: string): Choice => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new Error(`must be one of ${choices.join(", ")}`);
    return choice;
  };
}

function onOff(value: string): boolean {
  return oneOf("on", "off")(value) === "on";
}

function keysSecret(value: string): string {
  if (value !== "" && value.length < 32) throw new Error("must have 32 characters at least");
  return value;
}

function databaseAddress(value: string): string {
  if (value !== "" && readPostgresAddress(value) === null) throw new Error("must be postgres://host/database");
  return value;
}

function networkList(value: string): readonly string[] {
  const networks = list(value);
  const amiss = networks.find((network) => readNetwork(network) === null);
  if (amiss !== undefined) throw new Error(`must be addresses and networks, which ${amiss} is not`);
  return networks;
}

function doorbellAddress(value: string): string {
  parseDoorbellAddress(value); // for its mistakes; whoever opens it reads it again
  return value;
}

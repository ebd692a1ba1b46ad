import { resolve } from "node:path";
import { DomainError } from "./domain/errors.ts";

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
    "Encrypts the signing keys at rest, 32 characters at least; empty leaves them to the file's permissions.",
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
  socketsPerNetwork: setting(
    "RINGBACK_SOCKETS_PER_NETWORK",
    "5000",
    "WebSockets open at once from one network (/24, or /64 on IPv6).",
    whole(1, 1_000_000),
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

/**
 * The configuration that the given texts make, the first of them winning; the defaults where none has a value.
 * @throws DomainError BAD_CONFIGURATION with one line for every mistake.
 */
export function readConfig(...sources: readonly Readonly<Partial<Record<SettingName, string | undefined>>>[]): Config {
  const mistakes: string[] = [];
  const config = Object.entries(settings).map(([name, { env, default: fallback, read }]) => {
    const given = sources.map((source) => source[name as SettingName]).find((value) => value !== undefined);
    try {
      return [name, read(given ?? fallback)];
    } catch (error) {
      mistakes.push(`${env}: ${(error as Error).message} (got ${JSON.stringify(given)})`);
      return [name, undefined];
    }
  });
  if (mistakes.length > 0) throw new DomainError("BAD_CONFIGURATION", mistakes.join("\n"));
  return Object.fromEntries(config) as Config;
}

/** The settings that an environment has, by name. */
export function settingsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Partial<Record<SettingName, string>> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, { env }]) => {
      const value = environment[env];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
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

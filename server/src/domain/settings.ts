import { DomainError } from "./errors.ts";
import type { Keep } from "./kept-answers.ts";
import type { Awaitable } from "./storage.ts";

/** How one person likes the web app. Null leaves it to the workspace or the device. */
export type Preferences = {
  readonly timeZone: string | null;
  readonly defaultCountry: string | null;
  readonly pageSize: number | null;
  readonly theme: Theme | null;
  /** Names of keyboard commands that are switched off, each once. */
  readonly keysOff: readonly string[];
};

export type Theme = "system" | "light" | "dark";

export const noPreferences: Preferences = {
  timeZone: null,
  defaultCountry: null,
  pageSize: null,
  theme: null,
  keysOff: [],
};

/** What holds for everybody in the workspace who has not chosen otherwise. */
export type WorkspaceSettings = KeptWorkspaceSettings & {
  /** Where numbers without a country code belong: what the `NumberStore` has for the workspace. */
  readonly defaultCountry: string | null;
};

export type KeptWorkspaceSettings = {
  /** What the team calls itself; until it says, what the operator calls it. Need not be unique. */
  readonly name: string;
  readonly timeZone: string;
  /** For how many days calls are kept after they were made: see `retention.ts`. Null keeps them for ever. */
  readonly callsKeptDays: number | null;
};

export const timeZoneDefault = "UTC";
export const workspaceNameLengthMax = 100;
export const pageSizeMax = 200;
export const callsKeptDaysMax = 36_500;
const keysOffMax = 100;

/** The part of {@link Storage} that keeps how people and workspaces like things. */
export interface SettingsStore {
  /** {@link noPreferences} for whoever has saved none. */
  preferences(workspaceId: number, userId: string): Awaitable<Preferences>;
  setPreferences(workspaceId: number, userId: string, preferences: Preferences, keep?: Keep): Promise<void>;
  /** Null when there is no such workspace. */
  workspace(workspaceId: number): Awaitable<KeptWorkspaceSettings | null>;
  /** @throws DomainError NOT_FOUND */
  setWorkspace(workspaceId: number, settings: KeptWorkspaceSettings, keep?: Keep): Promise<void>;
}

/** @throws DomainError BAD_USER_INPUT */
export function checkPageSize(size: number): number {
  if (Number.isSafeInteger(size) && size >= 1 && size <= pageSizeMax) return size;
  throw refusal("pageSize", `must be a whole number from 1 to ${pageSizeMax}`);
}

/** @throws DomainError BAD_USER_INPUT */
export function checkCallsKeptDays(days: number): number {
  if (Number.isSafeInteger(days) && days >= 1 && days <= callsKeptDaysMax) return days;
  throw refusal("callsKeptDays", `must be a whole number from 1 to ${callsKeptDaysMax}`);
}

/** The name of a time zone as it is spelled in the IANA database. @throws DomainError BAD_USER_INPUT */
export function checkTimeZone(name: string): string {
  const problem = refusal("timeZone", "must be a name of the IANA time zone database, such as Europe/Berlin");
  // Offsets such as +02:00 would pass below, and know no summer time.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) throw problem;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw problem;
  }
}

/** A country as ISO 3166-1 writes it in two letters. @throws DomainError BAD_USER_INPUT */
export function checkCountry(code: string): string {
  const upper = code.toUpperCase();
  const name = /^[A-Z]{2}$/.test(upper)
    ? new Intl.DisplayNames("en", { type: "region", fallback: "none" }).of(upper)
    : undefined;
  if (name !== undefined && upper !== "ZZ") return upper;
  throw refusal("defaultCountry", "must be a country in the two letters of ISO 3166, such as DE");
}

/** Each once, in a fixed order. @throws DomainError BAD_USER_INPUT */
export function checkKeysOff(names: readonly string[]): readonly string[] {
  const each = [...new Set(names)].toSorted();
  if (each.length <= keysOffMax && each.every((name) => /^[A-Za-z0-9 _.+:-]{1,50}$/.test(name))) return each;
  throw refusal("keysOff", `must be at most ${keysOffMax} names of commands`);
}

function refusal(field: string, problem: string): DomainError {
  return new DomainError("BAD_USER_INPUT", `${field} ${problem}`, { field });
}

import { DomainError } from "./errors.ts";
import type { Scope } from "./workspace.ts";

/** What a key may be allowed. Deciding about people and keys is for people. */
export type KeyScope = Exclude<Scope, "admin">;

export const keyScopes: readonly KeyScope[] = ["read", "write"];

/** A program's way in. It belongs to the workspace; its secret is shown once and kept as a digest. */
export type ApiKey = {
  readonly id: string;
  readonly workspaceId: number;
  /** Unique among the workspace's keys that are not revoked. */
  readonly name: string;
  /** Not empty. */
  readonly scopes: readonly KeyScope[];
  /** How many requests it may make within a minute. */
  readonly requestsPerMinute: number;
  /** The user who made it, with whose power it ends; null for one made on the command line. */
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  /** Null for one that never ends by itself. */
  readonly expiresAtMs: number | null;
  /** Coarse: written at most once a minute. */
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
};

/** How every key begins. */
export const keyPrefix = "rbk_";

/** What stands for a key wherever sessions are told apart, counted and revoked. */
export function keySessionId(keyId: string): string {
  return `key:${keyId}`;
}

export const requestsPerMinuteDefault = 600;
const requestsPerMinuteMax = 100_000;
const nameCharactersMax = 100;

/** What somebody asks a new key to be. */
export type KeyWishes = {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly expiresAtMs: number | null;
  readonly requestsPerMinute: number;
};

/** The wishes for a new key, each scope once. @throws DomainError BAD_USER_INPUT naming the field. */
export function checkKeyWishes(wishes: KeyWishes, nowMs: number): KeyWishes {
  const { name, expiresAtMs, requestsPerMinute } = wishes;
  if (name.trim() === "" || name.length > nameCharactersMax || !name.isWellFormed() || hasControls(name)) {
    throw refusal("name", `must be printable text of 1 to ${nameCharactersMax} characters`);
  }
  const scopes = keyScopes.filter((scope) => wishes.scopes.includes(scope));
  if (scopes.length === 0) throw refusal("scopes", "must not be empty");
  if (expiresAtMs !== null && !(expiresAtMs > nowMs)) throw refusal("expiresAt", "must be a time to come");
  if (!Number.isSafeInteger(requestsPerMinute) || requestsPerMinute < 1 || requestsPerMinute > requestsPerMinuteMax) {
    throw refusal("requestsPerMinute", `must be a whole number from 1 to ${requestsPerMinuteMax}`);
  }
  return { name, scopes, expiresAtMs, requestsPerMinute };
}

function hasControls(text: string): boolean {
  return /[\u0000-\u001f\u007f]/.test(text);
}

function refusal(field: string, problem: string): DomainError {
  return new DomainError("BAD_USER_INPUT", `${field} ${problem}`, { field });
}

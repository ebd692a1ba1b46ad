import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { DomainError } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";
import { openKeyFile, type StoredKey } from "./key-file.ts";

/** How long an active key signs before the next one takes over. */
export const rotationPeriodMs = 30 * 24 * 60 * 60 * 1_000;
/** How long others may remember the published keys: a key is published that long before it signs. */
export const publishedAheadMs = 300_000;
/** How long a retired key still verifies: the life of what it signed, and a minute. */
export const verifyOnlyMs = { access: 11 * 60_000, refresh: 61 * 60_000 } as const;

export type SigningKey = { readonly kid: string; readonly key: KeyObject };

/** The public part of an access key as RFC 7517 and RFC 8037 write it. */
export type PublicJwk = {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  readonly kid: string;
  readonly use: "sig";
  readonly alg: "EdDSA";
};

/**
 * The keys that tokens are signed with: Ed25519 for access, HMAC-SHA-256 for refresh, each ring of its own. A key is *next*
 * (published, does not sign), *active*, *retired* (verifies only, for {@link verifyOnlyMs}) and then gone. The active
 * keys are replaced when they sign for the first time after {@link rotationPeriodMs}. What another process writes to the
 * file is taken up before the next signature.
 */
export type KeyRing = {
  accessSigner(): SigningKey;
  refreshSigner(): SigningKey;
  /** The public key that verifies access tokens of this `kid` now, or null. Unknown names are looked for in memory only. */
  accessVerifier(kid: string): KeyObject | null;
  /** The key that verifies refresh tokens of this `kid` now, or null; a retired one may sign a token again. */
  refreshKey(kid: string): KeyObject | null;
  /** The key set of `/.well-known/jwks.json` (RFC 7517): next, active and retired access keys. */
  jwks(): { readonly keys: readonly PublicJwk[] };
  /**
   * Lets the next keys sign from now on and retires the active ones; durable once it returns.
   * @throws DomainError RATE_LIMITED while the next key is too young for all to have seen it; STORAGE_FULL, STORAGE_READ_ONLY
   */
  rotate(): void;
};

type RingKey = StoredKey & {
  /** The private or secret key. */
  readonly signs: KeyObject;
  readonly verifies: KeyObject;
  readonly jwk: PublicJwk | null;
};

/**
 * Opens the key ring of a data folder, and makes it at the first start.
 * @param report is told what hinders a rotation; signing then goes on with the keys at hand.
 * @throws DomainError BAD_CONFIGURATION when the file is damaged, unreadable or sealed under another secret;
 *   STORAGE_FULL or STORAGE_READ_ONLY when it has to be written and cannot be.
 */
export function createKeyRing(deps: {
  readonly folder: string;
  /** Seals the keys at rest; empty for no sealing. */
  readonly sealingSecret: string;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}): KeyRing {
  const { folder, sealingSecret, clock, report } = deps;
  const file = openKeyFile(folder, sealingSecret);
  let keys: readonly RingKey[] = [];
  let retryAtMs = 0;
  load();

  return {
    accessSigner: () => signer("access"),
    refreshSigner: () => signer("refresh"),
    accessVerifier: (kid) => verifier("access", kid),
    refreshKey: (kid) => verifier("refresh", kid),
    jwks() {
      keepCurrent();
      return { keys: keys.flatMap((key) => (key.jwk !== null && !isGone(key, clock.now()) ? [key.jwk] : [])) };
    },
    rotate() {
      if (file.changed()) load();
      const waitMs = Math.max(...keys.filter(isNext).map((key) => key.createdAtMs + publishedAheadMs - clock.now()));
      if (waitMs > 0 && waitMs <= publishedAheadMs) {
        const message = "The next signing key has been published for less than five minutes.";
        throw new DomainError("RATE_LIMITED", message, { retryAfterMs: waitMs });
      }
      store(turned(keys, clock.now()));
    },
  };

  function load(): void {
    let stored = file.read();
    if (stored === null) {
      const first = completed([], clock.now());
      keys = first;
      if (file.create(first.map(storedKey))) return;
      stored = file.read(); // of a node that started at the same time
    }
    const found = (stored ?? []).map(ringKey);
    const complete = completed(found, clock.now());
    if (stored === null || complete.length > found.length || file.needsSealing()) store(complete);
    else keys = complete;
  }

  function store(next: readonly RingKey[]): void {
    const kept = next.filter((key) => !isGone(key, clock.now()));
    file.write(kept.map(storedKey));
    keys = kept;
  }

  function signer(use: StoredKey["use"]): SigningKey {
    keepCurrent();
    const active = keys.find((key) => key.use === use && isActive(key));
    if (active === undefined) throw new Error(`the key ring has no active ${use} key`);
    return { kid: active.kid, key: active.signs };
  }

  function verifier(use: StoredKey["use"], kid: string): KeyObject | null {
    const find = () => keys.find((candidate) => candidate.kid === kid && candidate.use === use);
    let key = find();
    if (key !== undefined && isNext(key)) {
      takeUp(); // another node may have begun to sign with it
      key = find();
    }
    return key === undefined || isNext(key) || isGone(key, clock.now()) ? null : key.verifies;
  }

  function takeUp(): void {
    if (clock.now() < retryAtMs) return;
    try {
      if (file.changed()) load();
    } catch (error) {
      retryAtMs = clock.now() + 60_000;
      report(error);
    }
  }

  /** Takes up another process's rotation, and rotates when it is time. A failure must not stop anybody from signing in. */
  function keepCurrent(): void {
    if (clock.now() < retryAtMs) return;
    try {
      if (file.changed()) load();
      if (keys.some((key) => isActive(key) && clock.now() - (key.activatedAtMs ?? 0) >= rotationPeriodMs)) {
        store(turned(keys, clock.now()));
      }
    } catch (error) {
      retryAtMs = clock.now() + 60_000;
      report(error);
    }
  }
}

function storedKey({ kid, use, createdAtMs, activatedAtMs, retiredAtMs, secret }: RingKey): StoredKey {
  return { kid, use, createdAtMs, activatedAtMs, retiredAtMs, secret };
}

function isNext(key: StoredKey): boolean {
  return key.activatedAtMs === null;
}

function isActive(key: StoredKey): boolean {
  return key.activatedAtMs !== null && key.retiredAtMs === null;
}

function isGone(key: StoredKey, nowMs: number): boolean {
  return key.retiredAtMs !== null && nowMs >= key.retiredAtMs + verifyOnlyMs[key.use];
}

/** Retires what is active, activates what is next, and makes a new next key, in both rings. */
function turned(keys: readonly RingKey[], nowMs: number): readonly RingKey[] {
  const moved = keys.map((key) => {
    if (isActive(key)) return { ...key, retiredAtMs: nowMs };
    return isNext(key) ? { ...key, activatedAtMs: nowMs } : key;
  });
  return completed(moved, nowMs);
}

/** The keys with one active and one next key in both rings. */
function completed(keys: readonly RingKey[], nowMs: number): readonly RingKey[] {
  const complete = [...keys];
  for (const use of ["access", "refresh"] as const) {
    const ring = keys.filter((key) => key.use === use);
    if (!ring.some(isActive)) complete.push(newKey(use, nowMs, nowMs));
    if (!ring.some(isNext)) complete.push(newKey(use, nowMs, null));
  }
  return complete;
}

function newKey(use: StoredKey["use"], createdAtMs: number, activatedAtMs: number | null): RingKey {
  const secret = randomBytes(32);
  const kid = use === "access" ? ed25519(secret).jwk.kid : randomBytes(16).toString("base64url");
  return ringKey({ kid, use, createdAtMs, activatedAtMs, retiredAtMs: null, secret });
}

function ringKey(stored: StoredKey): RingKey {
  if (stored.use === "refresh") {
    const key = createSecretKey(stored.secret);
    return { ...stored, signs: key, verifies: key, jwk: null };
  }
  const { signs, verifies, jwk } = ed25519(stored.secret);
  if (jwk.kid !== stored.kid) {
    throw new DomainError("BAD_CONFIGURATION", "keys.json is damaged: a key is not the one its name says.");
  }
  return { ...stored, signs, verifies, jwk };
}

/** The key pair of a 32-byte seed (RFC 8032 section 5.1.5), named by its RFC 7638 thumbprint. */
function ed25519(seed: Buffer) {
  // The fixed beginning of every PKCS #8 Ed25519 private key (RFC 8410 section 7).
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const signs = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const verifies = createPublicKey(signs);
  const x = verifies.export({ format: "der", type: "spki" }).subarray(-32).toString("base64url");
  const kid = createHash("sha256").update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest("base64url");
  const jwk: PublicJwk = { kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA" };
  return { signs, verifies, jwk };
}

import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DomainError } from "../domain/errors.ts";
import { type KeyFileContent, readKeyFileContent, type Sealing } from "./key-file-shape.ts";

/** One signing key as it is kept: who signs with it when follows from the three times. */
export type StoredKey = {
  readonly kid: string;
  readonly use: "access" | "refresh";
  readonly createdAtMs: number;
  /** Null while it waits for its turn. */
  readonly activatedAtMs: number | null;
  /** Null until another has taken over. */
  readonly retiredAtMs: number | null;
  /** 32 bytes: the Ed25519 seed, or the HMAC key. */
  readonly secret: Buffer;
};

/**
 * The file `keys.json` of the data folder: mode 0600, replaced atomically, its secrets sealed with AES-256-GCM under a key
 * that scrypt derives from `sealingSecret` where one is given. A plain file is sealed by the next write.
 */
export type KeyFile = {
  /**
   * The keys, or null when there is no file yet.
   * @throws DomainError BAD_CONFIGURATION when the file is damaged, unreadable or sealed under another secret.
   */
  read(): readonly StoredKey[] | null;
  /** The first keys, durable once it returns true; false where another process was faster. @throws as {@link KeyFile.write} */
  create(keys: readonly StoredKey[]): boolean;
  /** Durable once it returns. @throws DomainError STORAGE_FULL, STORAGE_READ_ONLY */
  write(keys: readonly StoredKey[]): void;
  /** Whether the file is another than the one last read or written here. */
  changed(): boolean;
  /** Whether the file last read has plain secrets although a sealing secret is given. */
  needsSealing(): boolean;
};

const scryptCost = 32_768;
const ivBytes = 12;
const tagBytes = 16;

export function openKeyFile(folder: string, sealingSecret: string): KeyFile {
  const path = join(folder, "keys.json");
  let version = "";
  let isPlain = true;
  let wrapping: { readonly sealing: Sealing; readonly key: Buffer } | null = null;

  return {
    read() {
      const json = readText();
      if (json === null) return null;
      const file = parse(json);
      isPlain = file.sealing === null;
      const wrapped = file.sealing === null ? null : wrappingKey(file.sealing);
      const keys = file.keys.map((key) => Object.assign({}, key, { secret: open(key, wrapped) }));
      version = fileVersion();
      return keys;
    },

    create: (keys) => put(keys, linkSync),
    write: (keys) => void put(keys, renameSync),

    changed: () => fileVersion() !== version,
    needsSealing: () => isPlain && sealingSecret !== "",
  };

  /** @param place puts the finished draft in its place. */
  function put(keys: readonly StoredKey[], place: (draft: string, path: string) => void): boolean {
    const wrapped = sealingSecret === "" ? null : (wrapping ?? newWrapping());
    const file: KeyFileContent = {
      version: 1,
      sealing: wrapped?.sealing ?? null,
      keys: keys.map((key) => ({ ...key, secret: seal(key, wrapped?.key ?? null) })),
    };
    if (!placeFile(`${JSON.stringify(file, null, 2)}\n`, place)) return false;
    isPlain = wrapped === null;
    version = fileVersion();
    return true;
  }

  function readText(): string | null {
    try {
      const { mode } = statSync(path);
      if ((mode & 0o077) !== 0) narrow(mode);
      return readFileSync(path, "utf8");
    } catch (cause) {
      if (errnoOf(cause) === "ENOENT") return null;
      throw new DomainError("BAD_CONFIGURATION", `The signing keys in ${path} cannot be read.`, { cause });
    }
  }

  /** What is mounted read-only, such as a secret of Kubernetes, stays as it is where only its group may read it besides. */
  function narrow(mode: number): void {
    try {
      chmodSync(path, 0o600);
    } catch (error) {
      if (errnoOf(error) !== "EROFS" || (mode & 0o037) !== 0) throw error;
    }
  }

  function parse(json: string): KeyFileContent {
    try {
      return readKeyFileContent(json);
    } catch (cause) {
      throw damaged(cause);
    }
  }

  function wrappingKey(described: Sealing): Buffer {
    if (sealingSecret === "") {
      throw new DomainError("BAD_CONFIGURATION", `The signing keys in ${path} are sealed: set RINGBACK_KEYS_SECRET.`);
    }
    if (wrapping === null || wrapping.sealing.salt !== described.salt || wrapping.sealing.cost !== described.cost) {
      wrapping = { sealing: described, key: derive(described) };
    }
    return wrapping.key;
  }

  function newWrapping() {
    const described: Sealing = {
      cipher: "aes-256-gcm",
      kdf: "scrypt",
      cost: scryptCost,
      salt: randomBytes(16).toString("base64url"),
    };
    wrapping = { sealing: described, key: derive(described) };
    return wrapping;
  }

  function derive({ salt, cost }: Sealing): Buffer {
    const options = { N: cost, r: 8, p: 1, maxmem: 2_048 * cost };
    return scryptSync(sealingSecret, Buffer.from(salt, "base64url"), 32, options);
  }

  function seal({ kid, use, secret }: StoredKey, key: Buffer | null): string {
    if (key === null) return secret.toString("base64url");
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(`${use}:${kid}`));
    return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString("base64url");
  }

  function open(key: { readonly kid: string; readonly use: string; readonly secret: string }, wrapped: Buffer | null) {
    const bytes = Buffer.from(key.secret, "base64url");
    const secret = wrapped === null ? bytes : unseal(bytes, `${key.use}:${key.kid}`, wrapped);
    if (secret.length !== 32) throw damaged();
    return secret;
  }

  function unseal(bytes: Buffer, boundTo: string, key: Buffer): Buffer {
    try {
      const iv = bytes.subarray(0, ivBytes);
      const tag = bytes.subarray(-tagBytes);
      const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(boundTo)).setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
    } catch (cause) {
      throw new DomainError(
        "BAD_CONFIGURATION",
        `RINGBACK_KEYS_SECRET does not open ${path}: it was sealed with another secret, or the file is damaged.`,
        { cause },
      );
    }
  }

  function damaged(cause?: unknown): DomainError {
    const advice = "restore it from a backup, or remove it: everybody then signs in again";
    return new DomainError("BAD_CONFIGURATION", `The signing keys in ${path} are damaged; ${advice}.`, { cause });
  }

  /** False where there is a file already that must stay. */
  function placeFile(content: string, place: (draft: string, path: string) => void): boolean {
    const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(draft, content, { mode: 0o600, flag: "wx", flush: true });
      place(draft, path);
      rmSync(draft, { force: true });
      syncFolder();
      return true;
    } catch (cause) {
      rmSync(draft, { force: true });
      if (errnoOf(cause) === "EEXIST") return false;
      const code = errnoOf(cause) === "ENOSPC" || errnoOf(cause) === "EDQUOT" ? "STORAGE_FULL" : "STORAGE_READ_ONLY";
      throw new DomainError(code, `The signing keys cannot be written to ${path}.`, { cause });
    }
  }

  /** A rename is durable only once its folder is. */
  function syncFolder(): void {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }

  function fileVersion(): string {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found === undefined ? "" : `${found.ino}:${found.mtimeNs}:${found.size}`;
  }
}

function errnoOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

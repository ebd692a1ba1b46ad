import { createHmac, createPrivateKey, type KeyObject, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeyFile } from "./key-file.ts";
import { createKeyRing } from "./keys.ts";
import { createTokens } from "./tokens.ts";

/** For tests: a clock that stands still until it is moved. */
export type TestClock = { now(): number; moveTo(ms: number): void; moveBy(ms: number): void };

export function createTestClock(startMs = Date.UTC(2030, 0, 15, 12)): TestClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    moveTo(ms) {
      nowMs = ms;
    },
    moveBy(ms) {
      nowMs += ms;
    },
  };
}

/** For tests: a key ring in a folder of its own, tokens over it, and the secrets to forge others with. */
export function createTestTokens(clock = createTestClock(), verifiedMax = 100) {
  const folder = mkdtempSync(join(tmpdir(), "ringback-tokens-"));
  const reports: unknown[] = [];
  const report = (error: unknown) => void reports.push(error);
  const keys = createKeyRing({ folder, sealingSecret: "", clock, report });
  const stored = openKeyFile(folder, "").read() ?? [];
  const secretOf = (kid: string) => stored.find((key) => key.kid === kid)?.secret ?? Buffer.alloc(32);
  return {
    clock,
    folder,
    keys,
    reports,
    tokens: createTokens({ keys, clock, verifiedMax }),
    accessKid: keys.accessSigner().kid,
    refreshKid: keys.refreshSigner().kid,
    secretOf,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A compact JWS of these parts, encoded as they are; objects become JSON, texts are taken to the letter. */
export function forge(header: unknown, payload: unknown, signer: (input: string) => Buffer): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${signer(input).toString("base64url")}`;
}

export function signedBy(key: KeyObject): (input: string) => Buffer {
  return (input) => sign(null, Buffer.from(input), key);
}

export function hmacBy(secret: Buffer | string): (input: string) => Buffer {
  return (input) => createHmac("sha256", secret).update(input).digest();
}

/** @param seed the 32 bytes of an Ed25519 key. */
export function ed25519Key(seed: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** The parts of a token, decoded. */
export function takeApart(token: string) {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const json = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
  return { header: json(header), payload: json(payload), signature: Buffer.from(signature, "base64url") };
}

function encode(part: unknown): string {
  return Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
}

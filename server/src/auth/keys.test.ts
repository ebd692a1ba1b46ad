import assert from "node:assert/strict";
import { generateKeyPairSync, sign, verify } from "node:crypto";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { calculateJwkThumbprint } from "jose";
import { createKeyRing, publishedAheadMs, rotationPeriodMs } from "./keys.ts";
import { openKeyFile } from "./key-file.ts";
import { createTestClock, type TestClock } from "./token-forge.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ringback-keys-"));
  folders.push(folder);
  return folder;
}

const secret = "a secret of the operator, long enough";

function ring(folder: string, clock: TestClock = createTestClock(), sealingSecret = "") {
  const reports: unknown[] = [];
  const report = (error: unknown) => void reports.push(error);
  return Object.assign(createKeyRing({ folder, sealingSecret, clock, report }), { reports });
}

const pathOf = (folder: string) => join(folder, "keys.json");
const kids = (keys: ReturnType<typeof ring>) => keys.jwks().keys.map(({ kid }) => kid);

suite("the key ring", () => {
  test("makes one signing and one next key of each kind at the first start, and finds them again", () => {
    const folder = newFolder();
    const first = ring(folder);
    assert.equal(first.jwks().keys.length, 2);
    assert.equal(openKeyFile(folder, "").read()?.length, 4);
    const second = ring(folder);
    assert.equal(second.accessSigner().kid, first.accessSigner().kid);
    assert.equal(second.refreshSigner().kid, first.refreshSigner().kid);
    assert.deepEqual(second.jwks(), first.jwks());
    const data = Buffer.from("text");
    const key = second.accessVerifier(first.accessSigner().kid);
    assert(key !== null && verify(null, data, key, sign(null, data, first.accessSigner().key)));
  });

  test("publishes public parts alone, named by their RFC 7638 thumbprints", async () => {
    const keys = ring(newFolder());
    for (const jwk of keys.jwks().keys) {
      assert.deepEqual(Object.keys(jwk).toSorted(), ["alg", "crv", "kid", "kty", "use", "x"]);
      assert.equal(jwk.kid, await calculateJwkThumbprint(jwk));
    }
  });

  test("computes the public key and the thumbprint of RFC 8037 appendix A", () => {
    const folder = newFolder();
    const kid = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
    const nowMs = createTestClock().now();
    const secret = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    openKeyFile(folder, "").write([
      { kid, use: "access", createdAtMs: nowMs, activatedAtMs: nowMs, retiredAtMs: null, secret },
    ]);
    const keys = ring(folder);
    assert.equal(keys.accessSigner().kid, kid);
    assert.equal(keys.jwks().keys.find((jwk) => jwk.kid === kid)?.x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
  });

  test("rotates with the first signature after 30 days: what was published signs, what signed verifies", () => {
    const clock = createTestClock();
    const folder = newFolder();
    const keys = ring(folder, clock);
    const [old, next] = kids(keys);
    const oldRefresh = keys.refreshSigner().kid;
    assert(old !== undefined && next !== undefined);
    assert.equal(keys.accessSigner().kid, old);
    assert.equal(keys.accessVerifier(next), null);

    clock.moveBy(rotationPeriodMs - 1);
    assert.equal(keys.accessSigner().kid, old);
    clock.moveBy(1);
    assert.equal(keys.accessSigner().kid, next);
    assert.notEqual(keys.refreshSigner().kid, oldRefresh);
    assert.equal(keys.jwks().keys.length, 3);
    assert.notEqual(keys.accessVerifier(old), null);
    assert.notEqual(keys.refreshKey(oldRefresh), null);

    clock.moveBy(11 * 60_000);
    assert.equal(keys.accessVerifier(old), null);
    assert.notEqual(keys.refreshKey(oldRefresh), null);
    assert.equal(keys.jwks().keys.length, 2);
    clock.moveBy(50 * 60_000);
    assert.equal(keys.refreshKey(oldRefresh), null);
    assert.equal(ring(folder, clock).accessSigner().kid, next);

    clock.moveBy(rotationPeriodMs);
    keys.accessSigner();
    assert.equal(openKeyFile(folder, "").read()?.length, 6); // what is gone is no longer kept
  });

  test("rotates on demand once the next key has been published for five minutes", () => {
    const clock = createTestClock();
    const keys = ring(newFolder(), clock);
    const [, next] = kids(keys);
    clock.moveBy(publishedAheadMs - 1_000);
    assert.throws(() => keys.rotate(), { code: "RATE_LIMITED", retryAfterMs: 1_000 });
    clock.moveBy(1_000);
    keys.rotate();
    assert.equal(keys.accessSigner().kid, next);
    assert.throws(() => keys.rotate(), { code: "RATE_LIMITED" });
  });

  test("verifies what another process signed with the next key, without having signed since", () => {
    const clock = createTestClock();
    const folder = newFolder();
    const [one, two] = [ring(folder, clock), ring(folder, clock)];
    const [, next] = kids(one);
    assert(next !== undefined);
    assert.equal(two.accessVerifier(next), null);
    clock.moveBy(publishedAheadMs);
    one.rotate();
    assert.notEqual(two.accessVerifier(next), null);
    assert.notEqual(two.refreshKey(one.refreshSigner().kid), null);
  });

  test("first keys are made once, whoever else makes some at the same time", () => {
    const clock = createTestClock();
    const [folder, other] = [newFolder(), newFolder()];
    ring(other, clock);
    const file = openKeyFile(folder, "");
    const stored = openKeyFile(other, "").read();
    assert(stored !== null);
    assert.equal(file.create(stored), true);
    assert.equal(openKeyFile(folder, "").create([]), false);
    assert.deepEqual(openKeyFile(folder, "").read(), stored);
    assert.equal(ring(folder, clock).accessSigner().kid, stored.find(({ use }) => use === "access")?.kid);
  });

  test("takes up what another process rotated before it signs again", () => {
    const clock = createTestClock();
    const folder = newFolder();
    const [one, two] = [ring(folder, clock), ring(folder, clock)];
    clock.moveBy(publishedAheadMs);
    one.rotate();
    assert.equal(two.accessSigner().kid, one.accessSigner().kid);
    assert.equal(two.refreshSigner().kid, one.refreshSigner().kid);
  });

  test("goes on signing and says so when a rotation cannot be written or the file was damaged meanwhile", () => {
    const clock = createTestClock();
    const folder = newFolder();
    const keys = ring(folder, clock);
    const { kid } = keys.accessSigner();
    writeFileSync(pathOf(folder), "{");
    assert.equal(keys.accessSigner().kid, kid);
    assert.equal(keys.reports.length, 1);
    assert.equal(keys.accessSigner().kid, kid);
    assert.equal(keys.reports.length, 1); // once a minute
  });

  test("looks for unknown names in memory alone", () => {
    const folder = newFolder();
    const keys = ring(folder);
    const { kid } = keys.refreshSigner();
    rmSync(folder, { recursive: true });
    for (const name of ["", "../../etc/passwd", "\u0000", "x".repeat(10_240), "__proto__", kid]) {
      assert.equal(keys.accessVerifier(name), null);
    }
    assert.notEqual(keys.refreshKey(kid), null);
  });
});

suite("the key file", () => {
  test("is readable by its owner alone, also when it was not before", () => {
    const folder = newFolder();
    ring(folder);
    assert.equal(statSync(pathOf(folder)).mode & 0o777, 0o600);
    chmodSync(pathOf(folder), 0o644);
    ring(folder);
    assert.equal(statSync(pathOf(folder)).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ["keys.json"]);
  });

  test("is made together with its folder", () => {
    const folder = join(newFolder(), "deep", "data");
    ring(folder);
    assert.equal(statSync(pathOf(folder)).isFile(), true);
  });

  test("holds no secret in the clear where a sealing secret is given", () => {
    const folder = newFolder();
    const keys = ring(folder, createTestClock(), secret);
    const json = readFileSync(pathOf(folder), "utf8");
    const stored = openKeyFile(folder, secret).read() ?? [];
    assert.equal(stored.length, 4);
    for (const key of stored) assert(!json.includes(key.secret.toString("base64url").slice(0, 20)));
    assert.equal(ring(folder, createTestClock(), secret).accessSigner().kid, keys.accessSigner().kid);
  });

  test("is sealed when a sealing secret is given for the first time", () => {
    const folder = newFolder();
    const plain = ring(folder);
    const [stored] = openKeyFile(folder, "").read() ?? [];
    const sealed = ring(folder, createTestClock(), secret);
    assert.equal(sealed.accessSigner().kid, plain.accessSigner().kid);
    assert(!readFileSync(pathOf(folder), "utf8").includes(stored?.secret.toString("base64url") ?? "?"));
  });

  const badConfiguration = (sentence: RegExp) => (error: Error & { code?: string }) =>
    error.code === "BAD_CONFIGURATION" && sentence.test(error.message);

  test("refuses another sealing secret, and none", () => {
    const folder = newFolder();
    ring(folder, createTestClock(), secret);
    const other = `${secret}!`;
    assert.throws(() => ring(folder, createTestClock(), other), badConfiguration(/sealed with another secret/));
    assert.throws(() => ring(folder), badConfiguration(/set RINGBACK_KEYS_SECRET/));
  });

  test("refuses a sealed key that was moved to another name or use", () => {
    const folder = newFolder();
    const keys = ring(folder, createTestClock(), secret);
    const json = readFileSync(pathOf(folder), "utf8");
    writeFileSync(pathOf(folder), json.replace(keys.refreshSigner().kid, "another"));
    assert.throws(() => ring(folder, createTestClock(), secret), badConfiguration(/does not open/));
  });

  const { privateKey } = generateKeyPairSync("ed25519");
  const strange = privateKey.export({ format: "jwk" })["d"] ?? "";
  const damages: readonly (readonly [name: string, damage: (json: string) => string])[] = [
    ["empty", () => ""],
    ["cut short", (json) => json.slice(0, json.length / 2)],
    ["not an object", () => "[]"],
    ["of another version", (json) => json.replace('"version": 1', '"version": 2')],
    ["given a key that is too short", (json) => json.replace(/"secret": "...../, '"secret": "')],
    ["given a key under another's name", (json) => json.replace(/"secret": "[^"]+"/, `"secret": "${strange}"`)],
    ["given a time that is none", (json) => json.replace(/"createdAtMs": \d+/, '"createdAtMs": "yesterday"')],
    ["given an unknown use", (json) => json.replace('"use": "access"', '"use": "login"')],
    ["given a cost that would take all memory", (json) => json.replace('"cost": 32768', '"cost": 1073741824')],
  ];
  for (const [name, damage] of damages) {
    test(`is called damaged when it was ${name}`, () => {
      const folder = newFolder();
      const sealingSecret = name.includes("cost") ? secret : "";
      ring(folder, createTestClock(), sealingSecret);
      writeFileSync(pathOf(folder), damage(readFileSync(pathOf(folder), "utf8")));
      assert.throws(() => ring(folder, createTestClock(), sealingSecret), badConfiguration(/damaged/));
    });
  }

  test("is refused with a sentence where its folder is a file", () => {
    const notAFolder = join(newFolder(), "file");
    writeFileSync(notAFolder, "");
    assert.throws(() => ring(join(notAFolder, "data")), badConfiguration(/cannot be read/));
  });

  test("that cannot be written stops the first start", () => {
    const folder = join(newFolder(), "data");
    symlinkSync(join(newFolder(), "gone", "away"), folder);
    assert.throws(() => ring(folder), { code: "STORAGE_READ_ONLY" });
  });
});

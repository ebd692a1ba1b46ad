import assert from "node:assert/strict";
import { argon2Sync } from "node:crypto";
import { suite, test } from "node:test";
import { DomainError } from "../domain/errors.ts";
import { createPasswords, type PasswordParameters } from "./passwords.ts";
import { formatPhc, parsePhc } from "./phc.ts";

const light: PasswordParameters = { memoryKiB: 64, passes: 1, lanes: 1 };

/** Hashes that the reference implementation of Argon2 made (argon2-cffi 25.1, and the test vectors of its own source). */
const foreignHashes: readonly (readonly [password: string, encoded: string])[] = [
  [
    "correct horse battery staple",
    "$argon2id$v=19$m=47104,t=1,p=1$c2l4dGVlbiBieXRlIG5vbg$Fu/NpussqCZ16w88HVAVCKEsDogV3/rsSXQuJ3CImZ4",
  ],
  ["pässwörd ☎", "$argon2id$v=19$m=47104,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$pPS7t6345zmoulL5AgMfSSbGXqQK9gtlsccuZZ2OEJ4"],
  ["password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"],
  [
    "x",
    "$argon2id$v=19$m=4096,t=3,p=4$ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7$SY1NlHH7BB4A+SOpGw9BRLNlrOuvRJVL82ppHg5Yl8cWaM0CGjYxeKDx2Cq4l8a9",
  ],
];

test("argon2id of this runtime gives the tag of RFC 9106 section 5.3", () => {
  const tag = argon2Sync("argon2id", {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    parallelism: 4,
    tagLength: 32,
    memory: 32,
    passes: 3,
  });
  assert.equal(tag.toString("hex"), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
});

suite("a hash of another implementation", () => {
  for (const [password, encoded] of foreignHashes) {
    test(`matches its password alone, and is written back to the letter: ${encoded.slice(0, 34)}`, async () => {
      const passwords = createPasswords();
      assert.equal((await passwords.verify(password, encoded)).matches, true);
      assert.equal((await passwords.verify(`${password} `, encoded)).matches, false);
      assert.equal(formatPhc(parsePhc(encoded)), encoded);
    });
  }

  test("is stale when its parameters are not today's", async () => {
    const passwords = createPasswords();
    const stale = await Promise.all(
      foreignHashes.map(async ([password, encoded]) => (await passwords.verify(password, encoded)).stale),
    );
    assert.deepEqual(stale, [false, false, true, true]);
  });
});

suite("a password", () => {
  const passwords = createPasswords({ parameters: light });

  test("is hashed with 46 MiB, one pass, one lane and a salt of its own", async () => {
    const [one, two] = await Promise.all([createPasswords().hash("secret"), createPasswords().hash("secret")]);
    assert.match(one, /^\$argon2id\$v=19\$m=47104,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(one.split("$")[4], two.split("$")[4]);
  });

  const equal: readonly (readonly [name: string, stored: string, given: string, matches: boolean])[] = [
    ["is the same composed and decomposed", "é", "e\u0301", true],
    ["is the same in full-width letters", "ｐａｓｓ", "pass", true],
    ["keeps its trailing space", "secret", "secret ", false],
    ["keeps its leading space", "secret", " secret", false],
    ["keeps its case", "secret", "Secret", false],
    ["is not cut at 72 bytes", `${"a".repeat(72)}b`, `${"a".repeat(72)}c`, false],
    ["is not cut at 1,023 bytes", `${"a".repeat(1_023)}b`, `${"a".repeat(1_023)}c`, false],
    ["may be an emoji with joiners", "👩🏽‍🚀🔑", "👩🏽‍🚀🔑", true],
    ["may be empty", "", "", true],
  ];
  for (const [name, stored, given, matches] of equal) {
    test(name, async () => {
      assert.deepEqual(await passwords.verify(given, await passwords.hash(stored)), { matches, stale: false });
    });
  }

  test("never matches where there is no user", async () => {
    assert.deepEqual(await passwords.verify("", null), { matches: false, stale: false });
  });

  const unsound = [
    "",
    "!",
    "$2b$10$abcdefghijklmnopqrstuv",
    "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=7,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=64,t=1,p=1$c29t$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAA",
  ];
  for (const encoded of unsound) {
    test(`held against the damaged hash ${JSON.stringify(encoded.slice(0, 40))} is a fault, not a match`, async () => {
      await assert.rejects(passwords.verify("x", encoded), /not one that this product makes/);
    });
  }
});

suite("many at once", () => {
  test("J25 two are worked on, 32 wait, all others are refused before any of them is done", async () => {
    const passwords = createPasswords({ parameters: light, waitMaxMs: 60_000 });
    const order: string[] = [];
    const outcomes = await Promise.all(
      Array.from({ length: 1_000 }, () =>
        passwords.hash("x").then(
          () => order.push("hashed"),
          (error: unknown) => {
            assert(error instanceof DomainError);
            assert.equal(error.code, "OVERLOADED");
            assert((error.retryAfterMs ?? 0) >= 1_000);
            order.push("refused");
          },
        ),
      ),
    );
    assert.equal(outcomes.length, 1_000);
    assert.deepEqual(
      order.slice(0, 966),
      Array.from({ length: 966 }, () => "refused"),
    );
    assert.deepEqual(
      order.slice(966),
      Array.from({ length: 34 }, () => "hashed"),
    );
    assert.match(await passwords.hash("x"), /^\$argon2id/); // every turn was given back
  });

  test("those who wait are served in the order they came", async () => {
    const passwords = createPasswords({ parameters: light, concurrencyMax: 1 });
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4, 5].map((place) => passwords.hash("x").then(() => order.push(place))));
    assert.deepEqual(order, [1, 2, 3, 4, 5]);
  });

  test("J25 who has waited long enough is refused, and leaves the place to others", async () => {
    const slow: PasswordParameters = { memoryKiB: 65_536, passes: 4, lanes: 1 };
    const passwords = createPasswords({ parameters: slow, concurrencyMax: 1, queueMax: 1, waitMaxMs: 1 });
    const first = passwords.hash("x");
    await assert.rejects(passwords.hash("x"), { code: "OVERLOADED" });
    await assert.rejects(passwords.hash("x"), { code: "OVERLOADED" });
    await first;
    await passwords.hash("x");
  });

  test("a fault gives its turn back", async () => {
    const passwords = createPasswords({ parameters: { memoryKiB: 1, passes: 1, lanes: 1 }, concurrencyMax: 1 });
    await assert.rejects(passwords.hash("x"));
    await assert.rejects(passwords.hash("x"), (error) => !(error instanceof DomainError));
  });
});

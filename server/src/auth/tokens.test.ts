import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, randomBytes, verify } from "node:crypto";
import { after, suite, test } from "node:test";
import { createTestTokens, ed25519Key, forge, hmacBy, signedBy, takeApart } from "./token-forge.ts";

const bench = createTestTokens();
after(() => bench.remove());
const { clock, tokens, keys, accessKid, refreshKid } = bench;
const startMs = clock.now();
const start = startMs / 1_000;

const accessSecret = ed25519Key(bench.secretOf(accessKid));
const refreshSecret = bench.secretOf(refreshKid);
const byAccessKey = signedBy(accessSecret);
const byRefreshKey = hmacBy(refreshSecret);
const accessClaims = {
  userId: "user-1",
  username: "zoë@example.com",
  workspaceId: 7,
  sessionId: "session-1",
  issuedAtMs: startMs,
  expiresAtMs: startMs + 600_000,
};
const refreshClaims = { userId: "user-1", sessionId: "session-1", generation: 3, expiresAtMs: startMs + 3_600_000 };

const access = await tokens.signAccess({ ...accessClaims, authTimeMs: startMs - 5_000 });
const refresh = await tokens.signRefresh(
  { ...refreshClaims, username: accessClaims.username, issuedAtMs: startMs },
  refreshKid,
);
const { header: accessHeader, payload: accessPayload } = takeApart(access);
const { header: refreshHeader, payload: refreshPayload } = takeApart(refresh);

const accessWith = (payload: object, header: object = {}) =>
  forge({ ...accessHeader, ...header }, { ...accessPayload, ...payload }, byAccessKey);
const refreshWith = (payload: object, header: object = {}) =>
  forge({ ...refreshHeader, ...header }, { ...refreshPayload, ...payload }, byRefreshKey);
const without = (claims: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

suite("what is written", () => {
  test("an access token says who, where and when, in whole seconds, and lives 600 of them", async () => {
    const { jti, ...claims } = accessPayload;
    assert.deepEqual(accessHeader, { alg: "EdDSA", typ: "at+jwt", kid: accessKid });
    assert.deepEqual(claims, {
      iss: "ringback",
      aud: "ringback",
      sub: "user-1",
      username: "zoë@example.com",
      ws: 7,
      sid: "session-1",
      auth_time: start - 5,
      iat: start,
      nbf: start,
      exp: start + 600,
    });
    assert.match(String(jti), /^[\w-]{16}$/);
    assert.deepEqual(await tokens.readAccess(access), accessClaims);
  });

  test("an access token verifies with the published key and node:crypto alone", () => {
    const jwk = keys.jwks().keys.find(({ kid }) => kid === accessKid);
    assert(jwk !== undefined);
    const publicKey = createPublicKey({ key: jwk, format: "jwk" });
    const input = access.slice(0, access.lastIndexOf("."));
    assert.equal(verify(null, Buffer.from(input), publicKey, takeApart(access).signature), true);
  });

  test("a refresh token has its own type, audience and key, and lives 3,600 seconds", async () => {
    assert.deepEqual(refreshHeader, { alg: "HS256", typ: "rt+jwt", kid: refreshKid });
    assert.deepEqual(refreshPayload, {
      iss: "ringback",
      aud: "ringback/refresh",
      sub: "user-1",
      username: "zoë@example.com",
      sid: "session-1",
      gen: 3,
      iat: start,
      exp: start + 3_600,
    });
    assert.deepEqual(await tokens.readRefresh(refresh), refreshClaims);
  });

  test("the same claims give the same refresh token, the one that HMAC-SHA-256 by hand gives", async () => {
    const again = await tokens.signRefresh(
      { ...refreshClaims, username: accessClaims.username, issuedAtMs: startMs + 999 },
      refreshKid,
    );
    assert.equal(again, refresh);
    assert.equal(forge(refreshHeader, refreshPayload, byRefreshKey), refresh);
  });

  test("two access tokens of one second differ", async () => {
    assert.notEqual(await tokens.signAccess({ ...accessClaims, authTimeMs: startMs }), access);
  });

  test("the longest username that an account can have gives tokens within the size that is read", async () => {
    const username = "é".repeat(511);
    const long = { ...accessClaims, username, userId: randomBytes(18).toString("hex"), sessionId: "s".repeat(36) };
    const token = await tokens.signAccess({ ...long, authTimeMs: startMs });
    assert((await tokens.readAccess(token))?.username === username);
    const other = await tokens.signRefresh({ ...refreshClaims, ...long, issuedAtMs: startMs }, refreshKid);
    assert((await tokens.readRefresh(other)) !== null);
  });
});

const refusedAccess: readonly (readonly [name: string, token: string])[] = [
  // J1, J2, J11: not one token in compact form
  ["an empty text", ""],
  ["a word", "null"],
  ["two tokens joined by a comma", `${access},${access}`],
  ["its scheme", `Bearer ${access}`],
  ["white space around it", ` ${access}`],
  ["a line feed at its end", `${access}\n`],
  ["two parts", access.slice(0, access.lastIndexOf("."))],
  ["four parts", `${access}.`],
  ["five parts, as a JWE has", `${access}.YQ.YQ`],
  ["text after it", `${access}.${"A".repeat(86)}`],
  ["padding", `${access}==`],
  ["the other base64 alphabet", accessWith({ username: "???>>>" }).replaceAll("_", "/").replaceAll("-", "+")],
  ["a letter that is not of the alphabet", access.replace(".", ".é")],
  ["an empty header", `.${access.split(".", 3).slice(1).join(".")}`],
  ["an empty payload", `${access.split(".")[0]}..${access.split(".")[2]}`],
  ["a header that is not JSON", forge("{", accessPayload, byAccessKey)],
  ["a header that is a list", forge([accessHeader], accessPayload, byAccessKey)],
  ["a header that is null", forge(null, accessPayload, byAccessKey)],
  ["a payload that is not JSON", forge(accessHeader, "{", byAccessKey)],
  ["a payload that is a list", forge(accessHeader, [accessPayload], byAccessKey)],
  ["a payload that is null", forge(accessHeader, null, byAccessKey)],
  ["a payload that is not UTF-8", notUtf8()],
  // J3: no algorithm
  ...["none", "None", "nOnE", "NONE", ""].flatMap((alg): (readonly [string, string])[] => [
    [`alg ${alg} without a signature`, forge({ ...accessHeader, alg }, accessPayload, () => Buffer.alloc(0))],
    [`alg ${alg} with the right signature`, accessWith({}, { alg })],
  ]),
  ["an empty signature", `${access.slice(0, access.lastIndexOf("."))}.`],
  // J4, J5: the algorithm of another key
  ...publicForms().map(([form, bytes]): readonly [string, string] => [
    `HS256 with the public key as ${form}`,
    forge({ ...accessHeader, alg: "HS256" }, accessPayload, hmacBy(bytes)),
  ]),
  ["HS256 with the refresh key and its kid", forge({ ...refreshHeader, typ: "at+jwt" }, accessPayload, byRefreshKey)],
  ["HS256 with the access kid", forge({ ...accessHeader, alg: "HS256" }, accessPayload, byRefreshKey)],
  ["EdDSA with the refresh kid", accessWith({}, { kid: refreshKid })],
  ["another algorithm's name", accessWith({}, { alg: "ES256" })],
  ["the algorithm's name in lower case", accessWith({}, { alg: "eddsa" })],
  ["an algorithm that is a list", accessWith({}, { alg: ["EdDSA"] })],
  ["no algorithm", forge(without(accessHeader, "alg"), accessPayload, byAccessKey)],
  ["a key of somebody else", forge(accessHeader, accessPayload, signedBy(generateKeyPairSync("ed25519").privateKey))],
  // J6: the other kind
  ["a refresh token", refresh],
  ["a refresh token called at+jwt", refreshWith({ aud: "ringback" }, { typ: "at+jwt" })],
  ["the claims of a refresh token", forge(accessHeader, refreshPayload, byAccessKey)],
  // J7
  ["no type", forge(without(accessHeader, "typ"), accessPayload, byAccessKey)],
  ["the type JWT", accessWith({}, { typ: "JWT" })],
  ["the type rt+jwt", accessWith({}, { typ: "rt+jwt" })],
  ["a type that is a number", accessWith({}, { typ: 1 })],
  ["the type text/at+jwt", accessWith({}, { typ: "text/at+jwt" })],
  // J8
  ["no kid", forge(without(accessHeader, "kid"), accessPayload, byAccessKey)],
  ...[
    "",
    "unknown",
    "k".repeat(10_240),
    "../../keys.json",
    "' OR 1=1 --",
    "\u0000",
    `${accessKid}\u0000`,
    ` ${accessKid}`,
    "__proto__",
    "constructor",
    0,
    null,
    [accessKid],
    { toString: accessKid },
  ].map((kid): readonly [string, string] => [`the kid ${JSON.stringify(kid).slice(0, 40)}`, accessWith({}, { kid })]),
  // J9
  ["an unknown crit", accessWith({}, { crit: ["exp"], exp: start })],
  ["a crit of b64", accessWith({}, { crit: ["b64"], b64: true })],
  ["an empty crit", accessWith({}, { crit: [] })],
  ["a crit that is null", accessWith({}, { crit: null })],
  ...embeddedKeys(),
  // J10
  ["a signature one byte short", access.slice(0, -2)],
  [
    "a signature one byte long",
    forge(accessHeader, accessPayload, (input) => Buffer.concat([byAccessKey(input), Buffer.of(0)])),
  ],
  ["a signature of zeros", forge(accessHeader, accessPayload, () => Buffer.alloc(64))],
  [
    "a signature with the group order added to S",
    forge(accessHeader, accessPayload, (input) => plusGroupOrder(byAccessKey(input))),
  ],
  // J12 beyond the leeway is below, by moving the clock
  ["an iat one hour ahead", accessWith({ iat: start + 3_600, exp: start + 4_200 })],
  ["an nbf one hour ahead", accessWith({ nbf: start + 3_600 })],
  // J13
  ...[`${start + 600}`, start + 0.5, -1, 0, 1e308, 2 ** 53, start + 601, start, null, true, [start + 600], {}].flatMap(
    (value): (readonly [string, string])[] => [[`the exp ${JSON.stringify(value)}`, accessWith({ exp: value })]],
  ),
  [
    "an exp that JSON cannot hold",
    forge(accessHeader, JSON.stringify(accessPayload).replace(/"exp":\d+/, '"exp":1e999'), byAccessKey),
  ],
  ["an exp of NaN", forge(accessHeader, JSON.stringify(accessPayload).replace(/"exp":\d+/, '"exp":NaN'), byAccessKey)],
  ...[`${start}`, start - 0.5, -1, 1e308, null].flatMap((value): (readonly [string, string])[] => [
    [`the iat ${JSON.stringify(value)}`, accessWith({ iat: value })],
    [`the nbf ${JSON.stringify(value)}`, accessWith({ nbf: value })],
    [`the auth_time ${JSON.stringify(value)}`, accessWith({ auth_time: value })],
  ]),
  ...["iss", "aud", "sub", "username", "ws", "sid", "jti", "auth_time", "iat", "nbf", "exp"].map(
    (name): readonly [string, string] => [`no ${name}`, forge(accessHeader, without(accessPayload, name), byAccessKey)],
  ),
  // J14
  ["another issuer", accessWith({ iss: "elsewhere" })],
  ["an issuer that is a list", accessWith({ iss: ["ringback"] })],
  ["another audience", accessWith({ aud: "elsewhere" })],
  ["the audience of refresh tokens", accessWith({ aud: "ringback/refresh" })],
  ["a list of audiences", accessWith({ aud: ["ringback", "elsewhere"] })],
  ["a list with our audience alone", accessWith({ aud: ["ringback"] })],
  // J15
  ["a payload of 100 KB", accessWith({ more: "x".repeat(100_000) })],
  ["2,049 characters", padded(2_049)],
  [
    "duplicate claims of which the last is wrong",
    forge(accessHeader, JSON.stringify(accessPayload).replace(/}$/, ',"aud":"elsewhere"}'), byAccessKey),
  ],
  [
    "claims inherited through __proto__",
    forge(
      accessHeader,
      JSON.stringify(without(accessPayload, "sid")).replace(/}$/, ',"__proto__":{"sid":"session-1"}}'),
      byAccessKey,
    ),
  ],
  ["a user that is a number", accessWith({ sub: 1 })],
  ["an empty user", accessWith({ sub: "" })],
  ["a session that is a list", accessWith({ sid: ["session-1"] })],
  ["a workspace that is text", accessWith({ ws: "7" })],
];

suite("an access token is refused with", () => {
  for (const [name, token] of refusedAccess) {
    test(name, async () => {
      clock.moveTo(startMs);
      assert.equal(await tokens.readAccess(token), null);
      assert.equal(await tokens.readRefresh(token).then((claims) => claims === null || token === refresh), true);
    });
  }
});

const acceptedAccess: readonly (readonly [name: string, token: string])[] = [
  ["the type AT+JWT", accessWith({}, { typ: "AT+JWT" })],
  ["the type application/at+jwt", accessWith({}, { typ: "application/at+jwt" })],
  ["the type Application/AT+jwt", accessWith({}, { typ: "Application/AT+jwt" })],
  [
    "header parameters that mean nothing here",
    accessWith({}, { jku: "http://127.0.0.1:1/", x5u: "x", zip: "DEF", b64: false }),
  ],
  ["claims that mean nothing here", accessWith({ admin: true, constructor: "x" })],
  [
    "a __proto__ claim",
    forge(accessHeader, JSON.stringify(accessPayload).replace(/}$/, ',"__proto__":{"ws":9}}'), byAccessKey),
  ],
  ["2,048 characters", padded(2_048)],
];

suite("an access token is accepted with", () => {
  for (const [name, token] of acceptedAccess) {
    test(name, async () => {
      clock.moveTo(startMs);
      assert.deepEqual(await tokens.readAccess(token), accessClaims);
      assert.equal(Object.hasOwn(Object.prototype, "ws"), false);
    });
  }
});

const refusedRefresh: readonly (readonly [name: string, token: string])[] = [
  ["the claims of an access token", forge(refreshHeader, accessPayload, byRefreshKey)],
  ["an access token", access],
  ["an access token called rt+jwt", accessWith({ aud: "ringback/refresh", gen: 3 }, { typ: "rt+jwt" })],
  ["EdDSA under a refresh kid", forge({ ...refreshHeader, alg: "EdDSA" }, refreshPayload, byAccessKey)],
  ["HS512", refreshWith({}, { alg: "HS512" })],
  ["an empty HMAC key", forge(refreshHeader, refreshPayload, hmacBy(""))],
  ["a shortened HMAC", forge(refreshHeader, refreshPayload, (input) => byRefreshKey(input).subarray(0, 16))],
  ["no generation", forge(refreshHeader, without(refreshPayload, "gen"), byRefreshKey)],
  ["a generation that is text", refreshWith({ gen: "3" })],
  ["a generation of 1.5", refreshWith({ gen: 1.5 })],
  ["the audience of access tokens", refreshWith({ aud: "ringback" })],
  ["a list of audiences", refreshWith({ aud: ["ringback/refresh"] })],
  ["the type at+jwt", refreshWith({}, { typ: "at+jwt" })],
  ["a life of more than an hour", refreshWith({ exp: start + 3_601 })],
  ["an exp that is text", refreshWith({ exp: `${start + 3_600}` })],
  ["an iat one hour ahead", refreshWith({ iat: start + 3_600, exp: start + 7_200 })],
  ["a crit", refreshWith({}, { crit: ["exp"] })],
  ["padding", `${refresh}=`],
];

suite("a refresh token is refused with", () => {
  for (const [name, token] of refusedRefresh) {
    test(name, async () => {
      clock.moveTo(startMs);
      assert.equal(await tokens.readRefresh(token), null);
    });
  }
});

test("no token with one bit changed is read, in whatever part", async () => {
  clock.moveTo(startMs);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const [token, read] of [
    [access, (text: string) => tokens.readAccess(text)],
    [refresh, (text: string) => tokens.readRefresh(text)],
  ] as const) {
    for (let index = 0; index < token.length; index += 1) {
      const value = alphabet.indexOf(token.charAt(index));
      const changed = value < 0 ? ["A", "-", ","] : [1, 2, 4, 8, 16, 32].map((bit) => alphabet.charAt(value ^ bit));
      for (const letter of changed) {
        const other = token.slice(0, index) + letter + token.slice(index + 1);
        assert.equal(await read(other), null, `${other} was read`);
      }
    }
  }
});

suite("time", () => {
  const rows: readonly (readonly [name: string, secondsLater: number, isRead: boolean])[] = [
    ["is read in its last second", 599, true],
    ["is read 1 s after its end, within the leeway", 601, true],
    ["is read 4 s after its end, within the leeway", 604, true],
    ["is refused 5 s after its end", 605, false],
    ["is refused 6 s after its end", 606, false],
    ["is read by a clock that is 5 s behind its writer's", -5, true],
    ["is refused by a clock that is 6 s behind its writer's", -6, false],
  ];
  for (const [name, secondsLater, isRead] of rows) {
    test(`an access token ${name}, whether it was read before or not`, async () => {
      clock.moveTo(startMs);
      assert(await tokens.readAccess(access));
      clock.moveTo(startMs + secondsLater * 1_000);
      assert.equal((await tokens.readAccess(access)) !== null, isRead);
      assert.equal((await tokens.readAccess(accessWith({ jti: `new-${secondsLater}` }))) !== null, isRead);
    });
  }

  test("a refresh token ends with its hour and the leeway", async () => {
    clock.moveTo(startMs + 3_604_000);
    assert(await tokens.readRefresh(refresh));
    clock.moveTo(startMs + 3_606_000);
    assert.equal(await tokens.readRefresh(refresh), null);
  });

  test("a token that was refused for its time is read when its time has come", async () => {
    clock.moveTo(startMs - 60_000);
    const token = accessWith({ jti: "early" });
    assert.equal(await tokens.readAccess(token), null);
    clock.moveTo(startMs);
    assert(await tokens.readAccess(token));
  });
});

test("a token that was verified once is looked up at once; one that made room is verified again", async () => {
  const small = createTestTokens(bench.clock, 2);
  clock.moveTo(startMs);
  const [a, b, c] = await Promise.all(
    [1, 2, 3].map(() => small.tokens.signAccess({ ...accessClaims, authTimeMs: startMs })),
  );
  assert(a !== undefined && b !== undefined && c !== undefined);
  for (const token of [a, b, a, c]) await small.tokens.readAccess(token);
  assert.equal(small.tokens.readAccess(a) instanceof Promise, false);
  assert.equal(small.tokens.readAccess(c) instanceof Promise, false);
  assert.equal(small.tokens.readAccess(b) instanceof Promise, true);
  assert.equal(small.tokens.readAccess(`${a}x`) instanceof Promise, true);
  small.remove();
});

suite("retired keys", () => {
  test("J17 a token of a retired key is read until eleven minutes after, a refresh token until 61", async () => {
    const own = createTestTokens();
    const beginMs = own.clock.now();
    own.clock.moveBy(300_000);
    const retiredMs = own.clock.now();
    const payload = { ...accessPayload, iat: retiredMs / 1_000, nbf: retiredMs / 1_000 };
    const refreshToken = await own.tokens.signRefresh(
      { ...refreshClaims, username: "zoë", issuedAtMs: retiredMs, expiresAtMs: retiredMs + 3_600_000 },
      own.refreshKid,
    );
    own.keys.rotate();
    const signer = signedBy(ed25519Key(own.secretOf(own.accessKid)));
    const at = (iat: number) =>
      forge({ ...accessHeader, kid: own.accessKid }, { ...payload, iat, nbf: iat, exp: iat + 600 }, signer);

    own.clock.moveTo(retiredMs + 11 * 60_000 - 1_000);
    const last = at(own.clock.now() / 1_000);
    assert(await own.tokens.readAccess(last));
    own.clock.moveTo(retiredMs + 11 * 60_000);
    assert.equal(await own.tokens.readAccess(last), null, "although it was read before");
    assert.equal(await own.tokens.readAccess(at(own.clock.now() / 1_000)), null);
    assert(await own.tokens.readRefresh(refreshToken));
    own.clock.moveTo(retiredMs + 61 * 60_000);
    const late = { ...refreshPayload, iat: own.clock.now() / 1_000, exp: own.clock.now() / 1_000 + 60 };
    const byOldKey = hmacBy(own.secretOf(own.refreshKid));
    assert.equal(await own.tokens.readRefresh(forge({ ...refreshHeader, kid: own.refreshKid }, late, byOldKey)), null);
    await assert.rejects(
      own.tokens.signRefresh({ ...refreshClaims, username: "zoë", issuedAtMs: beginMs }, own.refreshKid),
    );
    own.remove();
  });

  test("a key that is only next verifies nothing", async () => {
    clock.moveTo(startMs);
    const next = keys.jwks().keys.find(({ kid }) => kid !== accessKid);
    assert(next !== undefined);
    const byNext = signedBy(ed25519Key(bench.secretOf(next.kid)));
    assert.equal(await tokens.readAccess(forge({ ...accessHeader, kid: next.kid }, accessPayload, byNext)), null);
  });
});

/** The same signature in the second form that a lax verifier takes: S + L (RFC 8032 section 8.4). */
function plusGroupOrder(signature: Buffer): Buffer {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(signature.subarray(32).toReversed()).toString("hex")}`) + order;
  const bytes = Buffer.from(s.toString(16).padStart(64, "0"), "hex").toReversed();
  return Buffer.concat([signature.subarray(0, 32), bytes]);
}

function publicForms(): readonly (readonly [form: string, bytes: Buffer | string])[] {
  const publicKey = createPublicKey(accessSecret);
  const spki = publicKey.export({ format: "der", type: "spki" });
  return [
    ["raw bytes", spki.subarray(-32)],
    ["SPKI", spki],
    ["PEM", publicKey.export({ format: "pem", type: "spki" })],
    ["JWK", JSON.stringify(publicKey.export({ format: "jwk" }))],
    ["base64url", spki.subarray(-32).toString("base64url")],
  ];
}

function embeddedKeys(): readonly (readonly [name: string, token: string])[] {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const jwk = publicKey.export({ format: "jwk" });
  return [
    ["its own key in jwk", forge({ ...accessHeader, jwk }, accessPayload, signedBy(privateKey))],
    [
      "its own key in jwk and no kid",
      forge({ ...without(accessHeader, "kid"), jwk }, accessPayload, signedBy(privateKey)),
    ],
    [
      "its own key by jku",
      forge({ ...accessHeader, kid: "own", jku: "http://127.0.0.1:1/" }, accessPayload, signedBy(privateKey)),
    ],
    ["its own key in x5c", forge({ ...accessHeader, kid: "own", x5c: ["AA=="] }, accessPayload, signedBy(privateKey))],
  ];
}

function notUtf8(): string {
  const json = Buffer.from(JSON.stringify({ ...accessPayload, username: "?" }));
  json[json.indexOf('"?"') + 1] = 0xff;
  const input = `${access.split(".")[0]}.${json.toString("base64url")}`;
  return `${input}.${byAccessKey(input).toString("base64url")}`;
}

/** A good token of exactly this many characters. */
function padded(characters: number): string {
  for (const trim of [0, 1, 2, 3]) {
    for (let more = Math.floor(((characters - access.length) * 3) / 4) - 16; more < characters; more += 1) {
      const token = accessWith({ more: "x".repeat(more) }, trim === 0 ? {} : { x: "x".repeat(trim) });
      if (token.length === characters) return token;
      if (token.length > characters) break;
    }
  }
  throw new Error(`no token has ${characters} characters`);
}

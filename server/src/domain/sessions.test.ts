import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, suite, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createPasswords } from "../auth/passwords.ts";
import { createRevocations } from "../auth/revocations.ts";
import { createSignInThrottle } from "../auth/throttle.ts";
import { createTestTokens, takeApart } from "../auth/token-forge.ts";
import { createMemoryStorage } from "../storage/memory-model.ts";
import { DomainError } from "./errors.ts";
import type { Passwords } from "./ports.ts";
import type { Rotation } from "./session.ts";
import { createSessions, type SessionNotice, type Sessions } from "./sessions.ts";
import type { Storage } from "./storage.ts";

const member = { workspaceId: 1, role: "member", isDisabled: false };

const removals: (() => void)[] = [];
after(() => {
  for (const remove of removals) remove();
});

const light = { memoryKiB: 64, passes: 1, lanes: 1 };
const dayMs = 86_400_000;
const origin = { address: "203.0.113.9", agent: "test" };
const unauthorized = { code: "UNAUTHENTICATED", message: "Unauthorized" };

type Options = {
  readonly defaultRotation?: Rotation;
  readonly anyPassword?: boolean;
  readonly deprecatedRefresh?: boolean;
  readonly sessionMs?: number;
  readonly perNetworkPerMinute?: number;
  readonly passwords?: (real: Passwords, storage: Storage) => Passwords;
};

/** Two nodes on one database and one set of keys; Ann and Ben have accounts. */
async function createBench(options: Options = {}) {
  const bench = createTestTokens();
  const { clock, tokens } = bench;
  const storage = createMemoryStorage();
  const real = createPasswords({ parameters: light });
  const passwords = options.passwords?.(real, storage) ?? real;
  const notices: SessionNotice[] = [];
  const lists: Awaited<ReturnType<typeof createRevocations>>[] = [];
  const node = async () => {
    const report = (error: unknown) => assert.fail(String(error));
    const revocations = await createRevocations({ sessions: storage.sessions, clock, pollMs: 1_000_000, report });
    lists.push(revocations);
    const sessions: Sessions = createSessions({
      storage,
      tokens,
      passwords,
      revocations,
      clock,
      throttle: createSignInThrottle({ clock, perNetworkPerMinute: options.perNetworkPerMinute ?? 1_000_000 }),
      newId: randomUUID,
      notice: (notice) => notices.push(notice),
      settings: {
        defaultRotation: options.defaultRotation ?? "documented",
        graceMs: 10_000,
        sessionMs: options.sessionMs ?? 30 * dayMs,
        deprecatedRefresh: options.deprecatedRefresh ?? true,
        anyPassword: options.anyPassword ?? false,
      },
    });
    return { sessions, revocations };
  };
  const [here, there] = [await node(), await node()];
  for (const username of ["ann", "ben"]) {
    const user = {
      id: username,
      workspaceId: 1,
      username,
      role: "member" as const,
      isDisabled: false,
      createdAtMs: clock.now(),
    };
    await storage.users.add(user, await real.hash(`${username}'s password`));
  }
  removals.push(() => {
    for (const list of lists) list.close();
    bench.remove();
  });
  const signIn = (username = "ann", rotation?: Rotation) =>
    here.sessions.signIn({ username, password: `${username}'s password`, rotation }, origin);
  const rowOf = async (token: string) => {
    const row = await storage.sessions.find(String(takeApart(token).payload["sid"]));
    assert(row !== null);
    return row;
  };
  return { ...bench, storage, real, here, there, sessions: here.sessions, notices, signIn, rowOf };
}

suite("signing in", () => {
  test("gives both tokens and the user, and starts one session", async () => {
    const { signIn, rowOf, clock, sessions } = await createBench();
    const signedIn = await signIn();
    assert.deepEqual(signedIn.user, { id: "ann", username: "ann", ...member });
    assert.equal(signedIn.refreshExpiresAtMs, clock.now() + 3_600_000);
    const { exp, iat, auth_time: authTime } = takeApart(signedIn.accessToken).payload;
    assert.deepEqual([Number(exp) - Number(iat), authTime], [600, iat]);
    const row = await rowOf(signedIn.accessToken);
    assert.deepEqual(await sessions.authenticate(signedIn.accessToken), {
      kind: "user",
      workspaceId: 1,
      userId: "ann",
      username: "ann",
      role: "member",
      scopes: ["read", "write"],
      sessionId: row.id,
      expiresAtMs: clock.now() + 600_000,
    });
    assert.deepEqual(
      [row.generation, row.rotation, row.endsAtMs, row.client],
      [1, "documented", clock.now() + 30 * dayMs, "203.0.113.0/24 test"],
    );
  });

  const wrong: readonly (readonly [name: string, username: string, password: string])[] = [
    ["an unknown name", "nobody", "ann's password"],
    ["a wrong password", "ann", "ben's password"],
    ["a disabled user", "ben", "ben's password"],
    ["an empty name", "", "ann's password"],
    ["an empty password", "ann", ""],
    ["a trailing space in the name", "ann ", "ann's password"],
    ["a trailing space in the password", "ann", "ann's password "],
    ["the name in another case", "Ann", "ann's password"],
    ["a name and a password of 1,024 bytes", "é".repeat(512), "x".repeat(1_024)],
    ["a name like a property", "__proto__", "constructor"],
    ["an emoji", "👩🏽‍🚀", "🔑"],
  ];
  for (const [name, username, password] of wrong) {
    test(`J23 with ${name} is Unauthorized, after one look at a password`, async () => {
      let looks = 0;
      const { sessions, storage, clock } = await createBench({
        passwords: (real) => ({
          hash: (text) => real.hash(text),
          verify(text, encoded) {
            looks += 1;
            return real.verify(text, encoded);
          },
        }),
      });
      await storage.users.setDisabled("ben", true, clock.now());
      await assert.rejects(sessions.signIn({ username, password }, origin), unauthorized);
      assert.equal(looks, 1);
    });
  }

  const unacceptable: readonly (readonly [name: string, text: string])[] = [
    ["of 1,025 bytes", "x".repeat(1_025)],
    ["of 1,026 bytes in 513 characters", "é".repeat(513)],
    ["of 1 MB", "x".repeat(1_000_000)],
    ["with U+0000", "a\u0000b"],
    ["with a lone surrogate", "a\ud800"],
  ];
  for (const [name, text] of unacceptable) {
    for (const field of ["username", "password"] as const) {
      test(`J24 with a ${field} ${name} is BAD_USER_INPUT and names it`, async () => {
        const { sessions } = await createBench();
        const input = { username: "ann", password: "ann's password", [field]: text };
        await assert.rejects(sessions.signIn(input, origin), { code: "BAD_USER_INPUT", field });
      });
    }
  }

  test("J24 takes name and password in any Unicode spelling that NFKC makes equal", async () => {
    const { sessions, storage, real, clock } = await createBench();
    const user = {
      id: "zoe",
      workspaceId: 1,
      username: "zoë",
      role: "member" as const,
      isDisabled: false,
      createdAtMs: clock.now(),
    };
    await storage.users.add(user, await real.hash("pässwort"));
    const signedIn = await sessions.signIn({ username: "zoe\u0308", password: "pa\u0308sswort" }, origin);
    assert.deepEqual(signedIn.user, { id: "zoe", username: "zoë", ...member });
  });

  test("is refused without a look at the password once the throttle says so, the right one too", async () => {
    const { sessions, signIn, clock } = await createBench();
    for (let count = 0; count < 5; count += 1) {
      await assert.rejects(sessions.signIn({ username: "ann", password: "guess" }, origin), unauthorized);
    }
    await assert.rejects(signIn(), { code: "RATE_LIMITED", retryAfterMs: 1_000 });
    await sessions.signIn({ username: "ben", password: "ben's password" }, origin);
    await sessions.signIn({ username: "ann", password: "ann's password" }, { ...origin, address: "198.51.100.1" });
    clock.moveBy(1_000);
    await signIn();
  });

  test("counts the spellings of one name as one account", async () => {
    const { sessions } = await createBench();
    for (const username of ["zoë", "zoe\u0308", "zoë", "zoe\u0308", "zoë"]) {
      await assert.rejects(sessions.signIn({ username, password: "guess" }, origin), unauthorized);
    }
    await assert.rejects(sessions.signIn({ username: "zoe\u0308", password: "guess" }, origin), {
      code: "RATE_LIMITED",
    });
  });

  test("J25 is OVERLOADED when passwords are, and that counts as no failure", async () => {
    const overloaded = new DomainError("OVERLOADED", "Too many sign-ins at once.", { retryAfterMs: 1_000 });
    let isBusy = false;
    const { sessions, signIn } = await createBench({
      passwords: (real) => ({
        hash: (text) => real.hash(text),
        verify: (text, encoded) => (isBusy ? Promise.reject(overloaded) : real.verify(text, encoded)),
      }),
    });
    for (let count = 0; count < 4; count += 1) {
      await assert.rejects(sessions.signIn({ username: "ann", password: "guess" }, origin), unauthorized);
    }
    isBusy = true;
    for (let count = 0; count < 10; count += 1) await assert.rejects(signIn(), overloaded);
    isBusy = false;
    await signIn();
  });

  test("hashes the password again when the parameters have been raised", async () => {
    const stronger = createPasswords({ parameters: { ...light, passes: 2 } });
    const { signIn, storage, sessions } = await createBench({ passwords: () => stronger });
    const before = (await storage.users.byName("ann"))?.passwordHash;
    const signedIn = await signIn();
    const hashed = await storage.users.byName("ann");
    assert.notEqual(hashed?.passwordHash, before);
    assert.deepEqual(await stronger.verify("ann's password", hashed?.passwordHash ?? null), {
      matches: true,
      stale: false,
    });
    await sessions.authenticate(signedIn.accessToken);
    await Promise.all([signIn(), signIn(), signIn()]);
  });

  test("by several at once lets all in while the parameters are being raised", async () => {
    const stronger = createPasswords({ parameters: { ...light, passes: 2 } });
    const { signIn, sessions } = await createBench({ passwords: () => stronger });
    const signedIn = await Promise.all(Array.from({ length: 20 }, () => signIn()));
    for (const { accessToken } of signedIn) await sessions.authenticate(accessToken);
  });

  test("goes on when hashing again is refused", async () => {
    const stronger = createPasswords({ parameters: { ...light, passes: 2 } });
    const { signIn } = await createBench({
      passwords: () => ({
        hash: () => Promise.reject(new DomainError("OVERLOADED", "Too many sign-ins at once.")),
        verify: (text, encoded) => stronger.verify(text, encoded),
      }),
    });
    await signIn();
  });

  for (const [name, meanwhile] of [
    ["changed", (storage: Storage, nowMs: number) => storage.users.changePassword("ann", "!", nowMs)],
    ["disabled", (storage: Storage, nowMs: number) => storage.users.setDisabled("ann", true, nowMs)],
  ] as const) {
    test(`leaves no session when the user is ${name} while the password is checked`, async () => {
      let isFirst = true;
      const { signIn, storage } = await createBench({
        passwords: (real, storage) => ({
          hash: (text) => real.hash(text),
          async verify(text, encoded) {
            const verdict = isFirst ? await real.verify(text, encoded) : { matches: false, stale: false };
            if (isFirst) await meanwhile(storage, 0);
            isFirst = false;
            return verdict;
          },
        }),
      });
      await assert.rejects(signIn(), unauthorized);
      assert.deepEqual(await storage.sessions.revokeAll("ann", "logout-all", 0), []);
    });
  }
});

suite("signing in to the demo", () => {
  test("takes any name and any password that are not blank, and knows the user again", async () => {
    const { sessions } = await createBench({ anyPassword: true });
    const first = await sessions.signIn({ username: "Zoë", password: "x" }, origin);
    const second = await sessions.signIn({ username: "Zoe\u0308", password: "another" }, origin);
    assert.deepEqual(second.user, first.user);
    await sessions.authenticate(second.accessToken);
    await sessions.signIn({ username: "ann", password: "whatever" }, origin);
    for (const [username, password] of [
      ["", "x"],
      [" ", "x"],
      ["zoë", ""],
    ] as const) {
      await assert.rejects(sessions.signIn({ username, password }, origin), unauthorized);
    }
  });

  test("makes one user of a name that comes many times at once", async () => {
    const { sessions, storage } = await createBench({ anyPassword: true });
    const signedIn = await Promise.all(
      Array.from({ length: 20 }, () => sessions.signIn({ username: "new", password: "x" }, origin)),
    );
    assert.equal(new Set(signedIn.map(({ user }) => user.id)).size, 1);
    assert.equal(await storage.users.count(), 3);
  });

  test("refuses a disabled user, and a name that no token can carry", async () => {
    const { sessions, storage, clock } = await createBench({ anyPassword: true });
    await storage.users.setDisabled("ben", true, clock.now());
    await assert.rejects(sessions.signIn({ username: "ben", password: "x" }, origin), unauthorized);
    const quotes = { username: '"'.repeat(1_000), password: "x" };
    await assert.rejects(sessions.signIn(quotes, origin), { code: "BAD_USER_INPUT", field: "username" });
    const long = await sessions.signIn({ username: "é".repeat(511), password: "x" }, origin);
    await sessions.authenticate(long.accessToken);
    await sessions.refresh(long.refreshToken);
  });

  test("gives a new user no password that works for real", async () => {
    const { sessions, storage, real } = await createBench({ anyPassword: true });
    await sessions.signIn({ username: "new", password: "x" }, origin);
    const stored = await storage.users.byName("new");
    assert.equal((await real.verify("x", stored?.passwordHash ?? null)).matches, false);
  });
});

suite("documented rotation", () => {
  test("J19b lets the first refresh token work again and again within its hour, each time with a pair that works", async () => {
    const { sessions, signIn, clock, rowOf } = await createBench();
    const first = await signIn();
    const startMs = clock.now();
    const before = await rowOf(first.refreshToken);
    for (let minute = 0; minute <= 60; minute += 5) {
      clock.moveTo(startMs + minute * 60_000);
      const next = await sessions.refresh(first.refreshToken);
      assert.equal((await sessions.authenticate(next.accessToken)).userId, "ann");
      assert.deepEqual(next.user, first.user);
      assert.equal(next.refreshExpiresAtMs, clock.now() + 3_600_000);
      await sessions.refresh(next.refreshToken);
    }
    assert.deepEqual(await rowOf(first.refreshToken), before);
    clock.moveTo(startMs + 3_606_000);
    await assert.rejects(sessions.refresh(first.refreshToken), unauthorized);
  });

  test("J19b, J21 never lets a token live beyond the absolute end", async () => {
    const { sessions, signIn, clock } = await createBench({ sessionMs: 5_000_000 });
    const endMs = clock.now() + 5_000_000;
    let pair = await signIn();
    clock.moveBy(3_000_000);
    pair = await sessions.refresh(pair.refreshToken);
    assert.equal(pair.refreshExpiresAtMs, endMs);
    assert.equal(takeApart(pair.refreshToken).payload["exp"], endMs / 1_000);
    clock.moveTo(endMs - 60_000);
    pair = await sessions.refresh(pair.refreshToken);
    assert.equal(takeApart(pair.accessToken).payload["exp"], endMs / 1_000);
    const { accessToken } = await sessions.refreshAccess(pair.accessToken);
    assert.equal(takeApart(accessToken).payload["exp"], endMs / 1_000);
    clock.moveTo(endMs);
    await assert.rejects(sessions.refresh(pair.refreshToken), unauthorized);
    await assert.rejects(sessions.refreshAccess(pair.accessToken), unauthorized);
    clock.moveTo(endMs + 5_000);
    await assert.rejects(async () => sessions.authenticate(accessToken), unauthorized);
  });

  test("J19b ends with the session, at once on every node", async () => {
    const { sessions, there, signIn } = await createBench();
    const pair = await signIn();
    await sessions.signOut(await sessions.authenticate(pair.accessToken));
    await assert.rejects(sessions.refresh(pair.refreshToken), unauthorized);
    await assert.rejects(there.sessions.refresh(pair.refreshToken), unauthorized);
  });

  test("refuses a generation that the row does not have yet, and says so", async () => {
    const { sessions, signIn, tokens, rowOf, clock, notices } = await createBench();
    const pair = await signIn();
    const row = await rowOf(pair.refreshToken);
    const claims = { userId: "ann", username: "ann", sessionId: row.id, generation: 2 };
    const times = { issuedAtMs: clock.now(), expiresAtMs: clock.now() + 60_000 };
    const ahead = await tokens.signRefresh({ ...claims, ...times }, row.keyId);
    await assert.rejects(sessions.refresh(ahead), unauthorized);
    assert.deepEqual(notices, [{ kind: "generation-ahead", sessionId: row.id, userId: "ann" }]);
    await sessions.refresh(pair.refreshToken);
  });
});

suite("strict rotation", () => {
  test("replaces the refresh token each time it is used", async () => {
    const { sessions, signIn, clock, rowOf } = await createBench({ defaultRotation: "strict" });
    let pair = await signIn();
    for (let generation = 2; generation <= 30; generation += 1) {
      clock.moveBy(3_000_000);
      const next = await sessions.refresh(pair.refreshToken);
      assert.notEqual(next.refreshToken, pair.refreshToken);
      assert.equal(takeApart(next.refreshToken).payload["gen"], generation);
      assert.equal((await rowOf(next.refreshToken)).generation, generation);
      await sessions.authenticate(next.accessToken);
      pair = next;
    }
  });

  for (const count of [2, 8, 100]) {
    test(`J18 gives ${count} who come at once, on two nodes, one and the same successor`, async () => {
      const { sessions, there, signIn, rowOf } = await createBench({ defaultRotation: "strict" });
      const { refreshToken } = await signIn();
      const nodes = [sessions, there.sessions];
      const pairs = await Promise.all(
        Array.from({ length: count }, (_, index) => (nodes[index % 2] ?? sessions).refresh(refreshToken)),
      );
      assert.equal(new Set(pairs.map((pair) => pair.refreshToken)).size, 1);
      assert.equal(new Set(pairs.map((pair) => pair.accessToken)).size, count);
      assert.equal((await rowOf(refreshToken)).generation, 2);
      for (const { accessToken } of pairs) await there.sessions.authenticate(accessToken);
    });
  }

  test("gives the same successor to the byte within ten seconds, also when the keys rotate in between", async () => {
    const { sessions, signIn, clock, keys, tokens } = await createBench({ defaultRotation: "strict" });
    clock.moveBy(300_000);
    const { refreshToken } = await signIn();
    const kid = tokens.refreshKeyId();
    const next = await sessions.refresh(refreshToken);
    keys.rotate();
    assert.notEqual(tokens.refreshKeyId(), kid);
    clock.moveBy(10_000);
    const again = await sessions.refresh(refreshToken);
    assert.equal(again.refreshToken, next.refreshToken);
    assert.equal(again.refreshExpiresAtMs, next.refreshExpiresAtMs);
    const third = await sessions.refresh(next.refreshToken);
    assert.equal(takeApart(third.refreshToken).header["kid"], tokens.refreshKeyId());
  });

  test("J19 a token replaced 11 seconds ago ends the session, at once, and no other of the user", async () => {
    const { sessions, here, signIn, clock, rowOf, notices } = await createBench({ defaultRotation: "strict" });
    const [stolen, other] = [await signIn(), await signIn()];
    const next = await sessions.refresh(stolen.refreshToken);
    clock.moveBy(11_000);
    const heard: string[] = [];
    here.revocations.onRevoked((sessionId) => heard.push(sessionId));
    await assert.rejects(sessions.refresh(stolen.refreshToken), unauthorized);
    const row = await rowOf(stolen.refreshToken);
    assert.equal(row.revokedReason, "token-reused");
    assert.deepEqual(heard, [row.id]);
    assert.deepEqual(notices, [{ kind: "token-reused", sessionId: row.id, userId: "ann" }]);
    await assert.rejects(sessions.refresh(next.refreshToken), unauthorized);
    await assert.rejects(async () => sessions.authenticate(next.accessToken), unauthorized);
    await assert.rejects(sessions.refreshAccess(next.accessToken), unauthorized);
    await sessions.authenticate(other.accessToken);
    await sessions.refresh(other.refreshToken);
  });

  test("J19 a token two generations old ends the session however quickly it comes", async () => {
    const { sessions, signIn } = await createBench({ defaultRotation: "strict" });
    const first = await signIn();
    const second = await sessions.refresh(first.refreshToken);
    const third = await sessions.refresh(second.refreshToken);
    await assert.rejects(sessions.refresh(first.refreshToken), unauthorized);
    await assert.rejects(sessions.refresh(third.refreshToken), unauthorized);
  });

  test("a token of a restored database's future is refused and ends nothing", async () => {
    const { sessions, signIn, tokens, rowOf, clock, notices } = await createBench({ defaultRotation: "strict" });
    const pair = await signIn();
    const row = await rowOf(pair.refreshToken);
    const times = { issuedAtMs: clock.now(), expiresAtMs: clock.now() + 60_000 };
    const ahead = { userId: "ann", username: "ann", sessionId: row.id, generation: 9, ...times };
    await assert.rejects(sessions.refresh(await tokens.signRefresh(ahead, row.keyId)), unauthorized);
    assert.deepEqual(notices, [{ kind: "generation-ahead", sessionId: row.id, userId: "ann" }]);
    await sessions.refresh(pair.refreshToken);
  });

  test("is what the web app asks for, whatever the setting", async () => {
    const { signIn, rowOf } = await createBench();
    assert.equal((await rowOf((await signIn("ann", "strict")).accessToken)).rotation, "strict");
    assert.equal((await rowOf((await signIn("ann")).accessToken)).rotation, "documented");
  });

  test("J18 100 sessions refreshed 8 times at once each: one successor each, none revoked, and late reuse ends each", async () => {
    const { sessions, there, signIn, clock, rowOf } = await createBench({ defaultRotation: "strict" });
    const pairs = await Promise.all(Array.from({ length: 30 }, () => signIn()));
    while (pairs.length < 100) pairs.push(await signIn());
    const successors = await Promise.all(
      pairs.map(async ({ refreshToken }) => {
        const nodes = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? sessions : there.sessions));
        const next = await Promise.all(nodes.map((node) => node.refresh(refreshToken)));
        return new Set(next.map((pair) => pair.refreshToken));
      }),
    );
    assert(successors.every((tokens) => tokens.size === 1));
    assert.equal(successors.reduce((all, tokens) => all.union(tokens)).size, 100);
    clock.moveBy(10_001);
    for (const { refreshToken } of pairs) {
      assert.equal((await rowOf(refreshToken)).revokedAtMs, null);
      await assert.rejects(sessions.refresh(refreshToken), unauthorized);
      assert.equal((await rowOf(refreshToken)).revokedReason, "token-reused");
    }
  });
});

suite("tokens in the wrong place", () => {
  test("J6 a refresh token opens nothing but refreshTokenV2, an access token everything but that", async () => {
    const { sessions, signIn } = await createBench();
    const { accessToken, refreshToken } = await signIn();
    await assert.rejects(async () => sessions.authenticate(refreshToken), unauthorized);
    await assert.rejects(sessions.refreshAccess(refreshToken), unauthorized);
    await assert.rejects(sessions.refresh(accessToken), unauthorized);
    for (const token of ["", "null", "undefined", "a.b.c", "x".repeat(10_000)]) {
      await assert.rejects(async () => sessions.authenticate(token), unauthorized);
      await assert.rejects(sessions.refreshAccess(token), unauthorized);
      await assert.rejects(sessions.refresh(token), unauthorized);
    }
  });

  test("a good signature over a session of somebody else, or of nobody, refreshes nothing", async () => {
    const { sessions, signIn, tokens, rowOf, clock } = await createBench();
    const row = await rowOf((await signIn("ben")).accessToken);
    const times = { issuedAtMs: clock.now(), expiresAtMs: clock.now() + 60_000 };
    for (const sessionId of [row.id, "unknown"]) {
      const claims = { userId: "ann", username: "ann", sessionId, workspaceId: 1, generation: 1, ...times };
      const access = await tokens.signAccess({ ...claims, role: "member", authTimeMs: clock.now() });
      await assert.rejects(sessions.refresh(await tokens.signRefresh(claims, row.keyId)), unauthorized);
      await assert.rejects(sessions.refreshAccess(access), unauthorized);
    }
  });
});

suite("the deprecated refresh", () => {
  test("J22 gives another access token of the same session and sign-in, six times a minute", async () => {
    const { sessions, signIn, clock, rowOf } = await createBench();
    const { accessToken } = await signIn();
    const other = await signIn();
    const first = takeApart(accessToken).payload;
    clock.moveBy(60_000);
    for (let count = 0; count < 6; count += 1) {
      const renewed = await sessions.refreshAccess(accessToken);
      assert.deepEqual(renewed.user, { id: "ann", username: "ann", ...member });
      const { sid, auth_time: authTime, iat, exp } = takeApart(renewed.accessToken).payload;
      assert.deepEqual([sid, authTime, iat], [first["sid"], first["auth_time"], Number(first["iat"]) + 60]);
      assert.equal(Number(exp) - Number(iat), 600);
      await sessions.authenticate(renewed.accessToken);
    }
    clock.moveBy(20_000);
    await assert.rejects(sessions.refreshAccess(accessToken), { code: "RATE_LIMITED", retryAfterMs: 40_000 });
    await sessions.refreshAccess(other.accessToken);
    clock.moveBy(40_000);
    await sessions.refreshAccess(accessToken);
    assert.equal((await rowOf(accessToken)).generation, 1);
  });

  test("J22 takes no token that has expired", async () => {
    const { sessions, signIn, clock } = await createBench();
    const { accessToken } = await signIn();
    clock.moveBy(606_000);
    await assert.rejects(sessions.refreshAccess(accessToken), unauthorized);
  });

  test("J22 looks at the session's row, not at what this node has heard", async () => {
    const { sessions, storage, signIn, rowOf, clock } = await createBench();
    const { accessToken } = await signIn();
    await storage.sessions.revoke((await rowOf(accessToken)).id, "logout", clock.now());
    await sessions.authenticate(accessToken);
    await assert.rejects(sessions.refreshAccess(accessToken), unauthorized);
  });

  test("can be switched off", async () => {
    const { sessions, signIn } = await createBench({ deprecatedRefresh: false });
    const { accessToken } = await signIn();
    await assert.rejects(sessions.refreshAccess(accessToken), unauthorized);
    await sessions.authenticate(accessToken);
  });
});

suite("ending sessions", () => {
  test("J16 logout ends this session alone: at once here, after a look elsewhere", async () => {
    const { sessions, here, there, signIn, rowOf } = await createBench();
    const [one, two] = [await signIn(), await signIn()];
    const heard: string[] = [];
    here.revocations.onRevoked((sessionId) => heard.push(sessionId));
    await there.sessions.authenticate(one.accessToken);
    await sessions.signOut(await sessions.authenticate(one.accessToken));
    const row = await rowOf(one.accessToken);
    assert.deepEqual([heard, row.revokedReason], [[row.id], "logout"]);
    await assert.rejects(async () => sessions.authenticate(one.accessToken), unauthorized);
    await there.revocations.poll();
    await assert.rejects(async () => there.sessions.authenticate(one.accessToken), unauthorized);
    await sessions.authenticate(two.accessToken);
  });

  test("logging out twice does no harm", async () => {
    const { sessions, signIn } = await createBench();
    const principal = await sessions.authenticate((await signIn()).accessToken);
    await sessions.signOut(principal);
    await sessions.signOut(principal);
    await sessions.signOutEverywhere(principal);
  });

  test("J16 logoutAll ends every session of the user and nobody else's", async () => {
    const { sessions, there, signIn } = await createBench();
    const anns = [await signIn(), await signIn(), await signIn()];
    const bens = await signIn("ben");
    await sessions.signOutEverywhere(await sessions.authenticate(anns[0]?.accessToken ?? ""));
    await there.revocations.poll();
    for (const { accessToken, refreshToken } of anns) {
      await assert.rejects(async () => sessions.authenticate(accessToken), unauthorized);
      await assert.rejects(async () => there.sessions.authenticate(accessToken), unauthorized);
      await assert.rejects(sessions.refresh(refreshToken), unauthorized);
    }
    await there.sessions.authenticate(bens.accessToken);
    await signIn();
  });

  for (const [name, end] of [
    ["disabled", (storage: Storage, nowMs: number) => storage.users.setDisabled("ann", true, nowMs)],
    ["given another password", (storage: Storage, nowMs: number) => storage.users.changePassword("ann", "!", nowMs)],
  ] as const) {
    test(`J16 a user who is ${name} by another process is out: refreshing at once, reading after a look`, async () => {
      const { sessions, here, storage, signIn, clock } = await createBench();
      const pair = await signIn();
      await sessions.authenticate(pair.accessToken);
      await end(storage, clock.now());
      await assert.rejects(sessions.refresh(pair.refreshToken), unauthorized);
      await assert.rejects(sessions.refreshAccess(pair.accessToken), unauthorized);
      clock.moveBy(1_000);
      await here.revocations.poll();
      await assert.rejects(async () => sessions.authenticate(pair.accessToken), unauthorized);
    });
  }

  test("J21 a clock set back an hour revives no revoked session", async () => {
    const { sessions, here, signIn, clock } = await createBench();
    clock.moveBy(3_600_000);
    const pair = await signIn();
    await sessions.signOut(await sessions.authenticate(pair.accessToken));
    for (const ms of [-3_600_000, 3_600_000, 0]) {
      clock.moveBy(ms);
      await here.revocations.poll();
      await assert.rejects(async () => sessions.authenticate(pair.accessToken), unauthorized);
      await assert.rejects(sessions.refresh(pair.refreshToken), unauthorized);
    }
  });

  for (const rotation of ["documented", "strict"] as const) {
    test(`J20 of 1,000 refreshes that race logout (${rotation}) nothing works once logout has answered`, async () => {
      const { sessions, here, signIn } = await createBench({ defaultRotation: rotation });
      let issued = 0;
      for (let race = 0; race < 1_000; race += 1) {
        const pair = await signIn();
        const principal = await sessions.authenticate(pair.accessToken);
        const refreshing = settled(sessions.refresh(pair.refreshToken));
        const renewing = settled(sessions.refreshAccess(pair.accessToken));
        // In every fifth race the refresh wins; in the others it gets another step further before logout begins.
        if (race % 5 === 0) await Promise.all([refreshing, renewing]);
        for (let step = 0; step < race % 7; step += 1) await nextTurn();
        for (let step = 0; step < race % 11; step += 1) await Promise.resolve();
        await sessions.signOut(principal);
        const [next, renewed] = [await refreshing, await renewing];
        issued += next === null ? 0 : 1;
        for (const token of [pair.accessToken, next?.accessToken, renewed?.accessToken]) {
          if (token !== undefined) await assert.rejects(async () => sessions.authenticate(token), unauthorized);
        }
        for (const token of [pair.refreshToken, next?.refreshToken]) {
          if (token !== undefined) await assert.rejects(sessions.refresh(token), unauthorized);
        }
        assert(here.revocations.has(principal.sessionId));
      }
      assert(issued >= 200);
    });
  }
});

/** What it resolves to, or null for UNAUTHENTICATED. */
async function settled<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    assert(error instanceof DomainError && error.code === "UNAUTHENTICATED");
    return null;
  }
}

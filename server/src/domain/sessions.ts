import { keyPrefix } from "./api-key.ts";
import type { ApiKeys } from "./api-keys.ts";
import { scopesOf } from "./authorisation.ts";
import { andThen } from "./awaitable.ts";
import { checkCredentials, checkNewUsername } from "./credentials.ts";
import { DomainError, unauthenticated } from "./errors.ts";
import type { Deed } from "./audit.ts";
import { type Keep, recorded } from "./kept-answers.ts";
import { networkOf } from "./network.ts";
import type { AccessClaims, Clock, Passwords, Revocations, SignInThrottle, Tokens } from "./ports.ts";
import type { RefusedSignIns } from "./refused-sign-ins.ts";
import { createRateLimit } from "./rate-limit.ts";
import { accessLifetimeMs, refreshLifetimeMs, type RevocationReason, type Rotation, type Session } from "./session.ts";
import type { Share } from "./shared-limits.ts";
import type { Awaitable, Storage } from "./storage.ts";
import { firstWorkspaceId, type Principal, type User, usernameKey } from "./workspace.ts";

/** A user as those see it who are shown one. */
export type Person = Omit<User, "createdAtMs">;

/** What `login` and `refreshTokenV2` answer. */
export type SignedIn = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: Person;
  /** When the refresh token ends: milliseconds since the epoch. For the cookie of the web app. */
  readonly refreshExpiresAtMs: number;
};

/** Where an attempt to sign in comes from. */
export type SignInOrigin = {
  /** The peer's IP address, or the one a trusted proxy vouches for. */
  readonly address: string;
  /** The User-Agent header, cut short. */
  readonly agent: string;
};

/** Sign-in and what follows from it. Each method fails with the one UNAUTHENTICATED for every reason that is not named. */
export interface Sessions {
  /**
   * Starts a session. Unknown name, wrong password and disabled user get the same answer in the same time.
   * @throws DomainError UNAUTHENTICATED, BAD_USER_INPUT, RATE_LIMITED, OVERLOADED
   */
  signIn(
    input: { readonly username: string; readonly password: string; readonly rotation?: Rotation | undefined },
    origin: SignInOrigin,
  ): Promise<SignedIn>;
  /**
   * Makes the account that `make` makes, and starts its first session. The throttle is asked before, so that nothing is made where the account
   * may not sign in yet. @throws DomainError RATE_LIMITED, OVERLOADED; and as `make`
   */
  signInFirst(
    input: { readonly username: string; readonly password: string; readonly rotation?: Rotation | undefined },
    origin: SignInOrigin,
    make: () => Promise<unknown>,
  ): Promise<SignedIn>;
  /** A new pair for a refresh token, by the session's rotation. */
  refresh(refreshToken: string): Promise<SignedIn>;
  /** Deprecated: another access token for an unexpired one of a live session. At most 6 a minute and session. @throws RATE_LIMITED */
  refreshAccess(accessToken: string): Promise<Pick<SignedIn, "accessToken" | "user">>;
  /**
   * Who an access token speaks for, now: signature, times, and that neither session nor user has been ended. An API key
   * (`rbk_...`) speaks for itself. At once for a token that was proven before. @throws DomainError UNAUTHENTICATED
   */
  authenticate(bearer: string): Awaitable<Principal>;
  /** Counts a request of whom {@link authenticate} has answered, now or before, as on a socket. @throws DomainError RATE_LIMITED */
  admit(principal: Principal): void;
  /** @throws DomainError FORBIDDEN for an API key, which has no session. */
  signOut(principal: Principal): Promise<void>;
  /** Ends every session of the user, this one too. @throws DomainError FORBIDDEN for an API key */
  signOutEverywhere(principal: Principal): Promise<void>;
}

/** What an operator wants to know of; never carries a token. */
export type SessionNotice = {
  /** `token-reused`: a replaced refresh token came back, the session was revoked. `generation-ahead`: the database is older than a token. */
  readonly kind: "token-reused" | "generation-ahead";
  readonly sessionId: string;
  readonly userId: string;
};

const refreshesPerMinute = 6;
const sessionsCountedMax = 100_000;

/**
 * Sign-in over storage and tokens. What another process does to a session is seen at the next refresh at once, and at the
 * next access as soon as {@link Revocations} knows.
 */
export function createSessions(deps: {
  readonly storage: Pick<Storage, "users" | "sessions">;
  readonly tokens: Tokens;
  readonly passwords: Passwords;
  readonly throttle: SignInThrottle;
  readonly revocations: Revocations;
  readonly clock: Clock;
  /** Without them no key signs in. */
  readonly apiKeys?: ApiKeys;
  /** An unguessable id, a new one each time. */
  readonly newId: () => string;
  /** Settles with other nodes how often sessions have refreshed. */
  readonly share?: Share | undefined;
  /** Are told of who gave the name of an account and could not prove it. */
  readonly refusals?: Pick<RefusedSignIns, "refused">;
  /** Is told of what points to a stolen token or a restored database. */
  readonly notice?: (notice: SessionNotice) => void;
  readonly settings: {
    readonly defaultRotation: Rotation;
    /** Strict rotation: for how long the token just replaced yields the same successor. */
    readonly graceMs: number;
    /** From sign-in to the absolute end. */
    readonly sessionMs: number;
    readonly deprecatedRefresh: boolean;
    /** For the demo: any name and any password that are not blank sign in; the user is made at first sight. */
    readonly anyPassword?: boolean;
  };
}): Sessions {
  const { storage, tokens, passwords, throttle, refusals, revocations, clock, apiKeys, newId } = deps;
  const { share, notice, settings } = deps;
  const refreshes = createRateLimit({
    clock,
    countMax: refreshesPerMinute,
    windowMs: 60_000,
    keysMax: sessionsCountedMax,
    shared: share && { name: "refreshes", share },
  });

  return {
    async signIn(input, origin) {
      const { username, password } = input;
      checkCredentials(username, password);
      return enter(input, origin, () =>
        settings.anyPassword === true ? welcome(username, password) : prove(usernameKey(username), password),
      );
    },

    signInFirst: (input, origin, make) =>
      enter(input, origin, async () => {
        await make();
        return prove(usernameKey(input.username), input.password);
      }),

    async refresh(refreshToken) {
      const claims = await tokens.readRefresh(refreshToken);
      const session = claims === null ? null : await storage.sessions.find(claims.sessionId);
      if (claims === null || session === null || session.userId !== claims.userId) throw unauthenticated();
      const user = await activeUser(session.userId);
      const current =
        session.rotation === "strict"
          ? await rotate(session, user, claims.generation)
          : reissued(session, claims.generation);
      return mint(current, user);
    },

    async refreshAccess(accessToken) {
      const claims = settings.deprecatedRefresh ? await tokens.readAccess(accessToken) : null;
      const session = claims === null ? null : await storage.sessions.find(claims.sessionId);
      if (session === null || session.userId !== claims?.userId || !isLive(session)) throw unauthenticated();
      const user = await activeUser(session.userId);
      const waitMs = refreshes.wait(session.id);
      if (waitMs > 0) {
        const message = "This session has refreshed too often within a minute; use refreshTokenV2.";
        throw new DomainError("RATE_LIMITED", message, { retryAfterMs: waitMs });
      }
      refreshes.count(session.id);
      const renewed = await mintAccess(session, user);
      refuseRevoked(session);
      return { accessToken: renewed, user: personOf(user) };
    },

    authenticate(bearer) {
      if (apiKeys !== undefined && bearer.startsWith(keyPrefix)) return apiKeys.authenticate(bearer);
      return andThen(tokens.readAccess(bearer), (claims) => {
        if (claims === null || revocations.has(claims.sessionId)) throw unauthenticated();
        return principalOf(claims);
      });
    },

    admit(principal) {
      apiKeys?.admit(principal);
    },

    async signOut(principal) {
      refuseKeys(principal);
      const { workspaceId, userId, sessionId } = principal;
      const atMs = clock.now();
      await storage.sessions.revoke(sessionId, "logout", atMs, own(workspaceId, userId, atMs, { kind: "signed-out" }));
      revocations.announce([sessionId]);
    },

    async signOutEverywhere(principal) {
      refuseKeys(principal);
      const { workspaceId, userId, sessionId } = principal;
      const atMs = clock.now();
      const left = own(workspaceId, userId, atMs, { kind: "signed-out-everywhere" });
      const ended = await storage.sessions.revokeAll(userId, "logout-all", atMs, left);
      revocations.announce([...ended, sessionId]);
    },
  };

  /** Counts the attempt, and starts a session where it is proven who it is. */
  async function enter(
    { username, password, rotation = settings.defaultRotation }: Parameters<Sessions["signIn"]>[0],
    { address, agent }: SignInOrigin,
    attempt: () => Promise<Proven | Refused>,
  ): Promise<SignedIn> {
    const account = usernameKey(username);
    const network = networkOf(address);
    await throttle.check(account, network);
    const proven = await attempt().catch(async (error: unknown) => {
      await throttle.abandoned(account, network);
      throw error;
    });
    if (!("passwordHash" in proven)) {
      if (proven.known !== null) refusals?.refused(proven.known, network);
      await throttle.failed(account, network);
      throw unauthenticated();
    }
    await throttle.succeeded(account, network);
    const session = await start(proven.user, rotation, network, agent);
    return mint(session, await holdAgainstChange(session, proven, password));
  }

  /** The user whose password this is, or who it is said to be, for every reason not to let them in. Costs the same for unknown names. */
  async function prove(account: string, password: string): Promise<Proven | Refused> {
    const found = await storage.users.byName(account);
    const passwordHash = found?.passwordHash ?? null;
    const { matches, stale } = await passwords.verify(password, passwordHash);
    if (found === null || passwordHash === null || !matches || found.user.isDisabled) {
      return { known: found?.user ?? null };
    }
    return { user: found.user, passwordHash, stale };
  }

  /** The demo's way in. The password that a new user gets is nobody's. */
  async function welcome(username: string, password: string): Promise<Proven | Refused> {
    if (username.trim() === "" || password === "") return { known: null };
    const account = usernameKey(username);
    const found = (await storage.users.byName(account)) ?? (await join(account, checkNewUsername(username)));
    return found === null || found.user.isDisabled ? { known: found?.user ?? null } : { ...found, stale: false };
  }

  async function join(account: string, username: string) {
    const passwordHash = await passwords.hash(newId());
    const user: User = {
      id: newId(),
      workspaceId: firstWorkspaceId,
      username,
      // The demo listens on loopback alone, where whoever looks should see all of it.
      role: "admin",
      isDisabled: false,
      createdAtMs: clock.now(),
    };
    try {
      await storage.users.add(
        user,
        passwordHash,
        own(user.workspaceId, user.id, user.createdAtMs, { kind: "user-joined" }),
      );
      return { user, passwordHash };
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "CONFLICT")) throw error;
      return storage.users.byName(account); // somebody of this name came in at the same moment
    }
  }

  async function start(user: User, rotation: Rotation, network: string, agent: string): Promise<Session> {
    const nowMs = clock.now();
    const session: Session = {
      id: newId(),
      userId: user.id,
      workspaceId: user.workspaceId,
      rotation,
      generation: 1,
      generationIssuedAtMs: nowMs,
      keyId: tokens.refreshKeyId(),
      startedAtMs: nowMs,
      endsAtMs: nowMs + settings.sessionMs,
      revokedAtMs: null,
      revokedReason: null,
      client: `${network} ${agent.slice(0, 200).toWellFormed()}`,
    };
    await storage.sessions.add(
      session,
      own(user.workspaceId, user.id, nowMs, { kind: "signed-in", details: { network } }),
    );
    return session;
  }

  /**
   * A password changed while the old one was being checked ends the sessions it finds, and this one was not there yet. Once
   * the session is stored the change either shows here or finds it. The same goes for a role, so the user is the one found now.
   */
  async function holdAgainstChange(session: Session, proven: Proven, password: string): Promise<User> {
    const account = usernameKey(proven.user.username);
    const found = await storage.users.byName(account);
    const passwordHash = found?.passwordHash ?? null;
    if (passwordHash !== proven.passwordHash && !(await passwords.verify(password, passwordHash)).matches) {
      const left = ended(proven.user, "password-changed");
      await storage.sessions.revoke(session.id, "password-changed", clock.now(), left);
      revocations.announce([session.id]);
      throw unauthenticated();
    }
    if (proven.stale && passwordHash === proven.passwordHash) await strengthen(account, proven, password);
    return found?.user ?? proven.user;
  }

  /** Hashes again with today's parameters. Signing in does not depend on it: the next one tries again. */
  async function strengthen(account: string, proven: Proven, password: string): Promise<void> {
    try {
      const strongerHash = await passwords.hash(password);
      const now = await storage.users.byName(account);
      if (now?.passwordHash === proven.passwordHash) await storage.users.rehash(proven.user.id, strongerHash);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  async function activeUser(userId: string): Promise<User> {
    const user = await storage.users.find(userId);
    if (user === null || user.isDisabled) throw unauthenticated();
    return user;
  }

  async function rotate({ id, userId }: Session, user: User, generation: number): Promise<Session> {
    const outcome = await storage.sessions.rotate(
      {
        sessionId: id,
        generation,
        atMs: clock.now(),
        graceMs: settings.graceMs,
        keyId: tokens.refreshKeyId(),
      },
      ended(user, "token-reused"),
    );
    if (outcome.kind === "rotated" || outcome.kind === "repeated") return outcome.session;
    if (outcome.kind === "reused") {
      revocations.announce([id]);
      notice?.({ kind: "token-reused", sessionId: id, userId });
    }
    if (outcome.kind === "ahead") notice?.({ kind: "generation-ahead", sessionId: id, userId });
    throw unauthenticated();
  }

  /** For the audit log: what nobody asked for. */
  function ended({ workspaceId, id, username: name }: User, reason: RevocationReason): Keep {
    const target = { id, name };
    const atMs = clock.now();
    const actor = { kind: "system" } as const;
    return recorded({ workspaceId, kind: "session-revoked", actor, atMs, target, details: { reason } });
  }

  /** Documented rotation: the row stays as it is, and so the token that was presented goes on working for its hour. */
  function reissued(session: Session, generation: number): Session {
    if (!isLive(session)) throw unauthenticated();
    if (generation > session.generation) {
      notice?.({ kind: "generation-ahead", sessionId: session.id, userId: session.userId });
      throw unauthenticated();
    }
    return { ...session, generationIssuedAtMs: clock.now(), keyId: tokens.refreshKeyId() };
  }

  function isLive({ revokedAtMs, endsAtMs }: Session): boolean {
    return revokedAtMs === null && clock.now() < endsAtMs;
  }

  /** The refresh token follows from the row alone, so that the same row gives the same token. */
  async function mint(session: Session, user: User): Promise<SignedIn> {
    const refreshExpiresAtMs = Math.min(session.generationIssuedAtMs + refreshLifetimeMs, session.endsAtMs);
    const claims = {
      userId: user.id,
      username: user.username,
      sessionId: session.id,
      generation: session.generation,
      issuedAtMs: session.generationIssuedAtMs,
      expiresAtMs: refreshExpiresAtMs,
    };
    const [accessToken, refreshToken] = await Promise.all([
      mintAccess(session, user),
      tokens.signRefresh(claims, session.keyId),
    ]);
    refuseRevoked(session);
    return { accessToken, refreshToken, user: personOf(user), refreshExpiresAtMs };
  }

  function mintAccess(session: Session, user: User): Promise<string> {
    const issuedAtMs = clock.now();
    return tokens.signAccess({
      userId: user.id,
      username: user.username,
      workspaceId: session.workspaceId,
      role: user.role,
      sessionId: session.id,
      issuedAtMs,
      // Not beyond the absolute end: an ended session can no longer be revoked.
      expiresAtMs: Math.min(issuedAtMs + accessLifetimeMs, session.endsAtMs),
      authTimeMs: session.startedAtMs,
    });
  }

  /** The session may have been ended while its tokens were signed. */
  function refuseRevoked({ id }: Session): void {
    if (revocations.has(id)) throw unauthenticated();
  }
}

function personOf({ id, workspaceId, username, role, isDisabled }: User): Person {
  return { id, workspaceId, username, role, isDisabled };
}

/** One for the same claims, so that whoever keeps something about a principal finds it again. */
function principalOf(claims: AccessClaims): Principal {
  const known = principals.get(claims);
  if (known !== undefined) return known;
  const { workspaceId, userId, username, role, sessionId, expiresAtMs } = claims;
  const scopes = scopesOf(role);
  const principal = { kind: "user", workspaceId, userId, username, role, scopes, sessionId, expiresAtMs } as const;
  principals.set(claims, principal);
  return principal;
}

const principals = new WeakMap<AccessClaims, Principal>();

function refuseKeys({ kind }: Principal): void {
  if (kind === "key") throw new DomainError("FORBIDDEN", "An API key has no session; an admin can revoke it.");
}

/** For the audit log: what a person did on their own account. */
function own(workspaceId: number, id: string, atMs: number, deed: Deed): Keep {
  return recorded({ ...deed, workspaceId, actor: { kind: "user", id }, atMs });
}

/** The account that somebody named who did not get in; null where nobody has the name. */
type Refused = { readonly known: User | null };

/** A user who has shown the password, and the hash it was held against. */
type Proven = { readonly user: User; readonly passwordHash: string; readonly stale: boolean };

import { createStore, type Store } from "../lib/store.ts";
import { forgetAnswers, type KeptOwner, keptOwner } from "./kept-store.ts";
import { post, RequestFailure } from "./post.ts";

export type SessionUser = { readonly id: string; readonly username: string };

/**
 * Where the session stands. `expired`: somebody was signed in, and the page stays as it is until the same person signs in
 * again. `away`: the server did not answer at the start, but calls of who was signed in last are kept here to be read, and what is done
 * waits. `unreachable`: it did not answer, and there is nothing to show.
 */
export type SessionState =
  | { readonly status: "starting" }
  | { readonly status: "unreachable"; readonly failure: RequestFailure }
  | { readonly status: "signed-out" }
  | { readonly status: "signed-in"; readonly user: SessionUser }
  | { readonly status: "away"; readonly user: SessionUser; readonly failure: RequestFailure }
  | { readonly status: "expired"; readonly user: SessionUser };

type Answer = { readonly access_token: string; readonly user: SessionUser };
type Token = { readonly text: string; readonly endsAtMs: number };
type Message = { readonly answer: Answer } | { readonly signedOut: true };

/** A token that ends within this time is renewed before it is used. */
const renewBeforeMs = 45_000;

const state: Store<SessionState> = createStore<SessionState>({ status: "starting" });
const canWrite = createStore(true);
const channel = new BroadcastChannel("ringback-session");
let token: Token | null = null;
let renewing: Promise<string | null> | null = null;
let onSignedInAgain: (() => void)[] = [];

channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  if ("answer" in data) adopt(data.answer);
  else leave();
});

/**
 * The session of this browser: a refresh token in a cookie that scripts never see, an access token in memory, both shared by
 * all tabs. One tab renews at a time, and tells the others.
 */
export const session = {
  state: state as Pick<Store<SessionState>, "get" | "follow">,

  /** Whether the person may change calls, as all but readers may. Yes while it is not known: the server has the last word. */
  canWrite: canWrite as Pick<Store<boolean>, "get" | "follow">,

  /**
   * Finds out whether somebody is signed in. Call once at the start, and again when it was unreachable or away.
   * @param onAsked called when the request is on its way
   * @param onAway awaited before the session is away
   */
  async start(onAsked?: () => void, onAway?: (owner: KeptOwner) => Promise<void>): Promise<void> {
    const { status } = state.get();
    // What could not be reached stays shown as that while it is tried again.
    if (status !== "unreachable" && status !== "away") state.set({ status: "starting" });
    try {
      if ((await renew(null, onAsked)) === null && !expire()) state.set({ status: "signed-out" });
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      const owner = keptOwner();
      if (owner === null) return state.set({ status: "unreachable", failure });
      await onAway?.(owner);
      state.set({ status: "away", user: { id: owner.id, username: owner.username }, failure });
    }
  },

  /** @throws RequestFailure UNAUTHENTICATED, RATE_LIMITED ... */
  async signIn(username: string, password: string): Promise<void> {
    take(await post<Answer>("/session/login", { username, password }));
  },

  /** Makes the account that an invitation stands for, and signs in. @throws RequestFailure */
  async acceptInvitation(invitation: string, username: string, password: string): Promise<void> {
    take(await post<Answer>("/invitations/accept", { token: invitation, username, password }));
  },

  /** Ends the session in all tabs, also when the server cannot be asked. */
  async signOut(): Promise<void> {
    await post("/session/logout", {}).catch(() => {});
    channel.postMessage({ signedOut: true } satisfies Message);
    leave();
  },

  /**
   * A token that works for a while yet; null when nobody is signed in. While the session is expired it waits until somebody has
   * signed in again, so that what was under way goes on then. @throws RequestFailure where the server cannot be asked
   */
  async accessToken(): Promise<string | null> {
    if (token !== null && token.endsAtMs - Date.now() > renewBeforeMs) return token.text;
    return session.renewedToken(token?.text ?? null);
  },

  /** The same for who has seen `used` refused. */
  async renewedToken(used: string | null): Promise<string | null> {
    const renewed = await renew(used);
    if (renewed !== null) return renewed;
    if (!expire()) return null;
    await new Promise<void>((resolve) => onSignedInAgain.push(resolve));
    return token?.text ?? null;
  },

  /** The token in hand, however old. */
  currentToken: () => token?.text ?? null,
  isStale: () => token === null || token.endsAtMs - Date.now() <= renewBeforeMs,
};

/** A fresh token, by one request of all tabs together; null when the session is over. */
function renew(used: string | null, onAsked?: () => void): Promise<string | null> {
  renewing ??= exclusively(async () => {
    // Another tab may have been first.
    if (token !== null && token.text !== used && token.endsAtMs - Date.now() > renewBeforeMs) return token.text;
    try {
      const answering = post<Answer>("/session/refresh", {});
      onAsked?.();
      take(await answering);
      return token?.text ?? null;
    } catch (error) {
      if (!(error instanceof RequestFailure) || error.code !== "UNAUTHENTICATED") throw error;
      void forgetAnswers();
      return null;
    }
  }).finally(() => (renewing = null));
  return renewing;
}

function exclusively<T>(run: () => Promise<T>): Promise<T> {
  // Missing where the page does not come over a secure connection.
  const { locks } = navigator as { readonly locks?: LockManager };
  return locks === undefined ? run() : locks.request("ringback-session", run);
}

function take(answer: Answer): void {
  channel.postMessage({ answer } satisfies Message);
  adopt(answer);
}

/** The page stays as it is until the same person signs in again. False where nobody was signed in. */
function expire(): boolean {
  const now = state.get();
  if (now.status === "signed-in" || now.status === "away") state.set({ status: "expired", user: now.user });
  return state.get().status === "expired";
}

function adopt(answer: Answer): void {
  const before = state.get();
  if ("user" in before && before.user.id !== answer.user.id) {
    // Somebody else: nothing that was fetched for the one before may be seen.
    void forgetAnswers().then(() => location.reload());
    return;
  }
  const owner = keptOwner();
  if (owner !== null && owner.id !== answer.user.id) void forgetAnswers();
  const { exp, iat, role } = claimsOf(answer.access_token);
  // By this machine's clock, however wrong that goes.
  token = { text: answer.access_token, endsAtMs: Date.now() + (exp - iat) * 1_000 };
  canWrite.set(role !== "reader");
  if (before.status !== "signed-in") state.set({ status: "signed-in", user: answer.user });
  const waiting = onSignedInAgain;
  onSignedInAgain = [];
  for (const resolve of waiting) resolve();
}

function leave(): void {
  token = null;
  if (state.get().status === "signed-out") return;
  // A full load drops the cache and every connection.
  void forgetAnswers().then(() => location.assign("/sign-in"));
}

/** What the token says of itself, times in seconds. */
function claimsOf(jwt: string): { readonly exp: number; readonly iat: number; readonly role: string } {
  const [, body = ""] = jwt.split(".");
  return JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/"))) as ReturnType<typeof claimsOf>;
}

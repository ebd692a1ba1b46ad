import { follow, type Following, type CallRow } from "./changes.ts";
import { isPassing, RingbackError } from "./error.ts";
import { post } from "./post.ts";
import { createSession, type SessionOptions, type User } from "./session.ts";
import { backoffMs, wait } from "./wait.ts";

export type { CallRow, Following, FollowingState, Gap, LiveChange, Transport } from "./changes.ts";
export { RingbackError } from "./error.ts";
export type * from "./schema.gen.ts";
export type { SessionOptions, Tokens, User } from "./session.ts";

export type RingbackOptions = {
  /** The server's address: `https://calls.example.com`. A page that the server itself serves hands in `location.origin`. */
  readonly url: string;
  /** Where tokens are kept: in memory, unless it says otherwise. */
  readonly session?: SessionOptions;
  /** How often a request is sent again before its error is thrown. 6 unless it says otherwise. */
  readonly retries?: number;
  /** The first wait before another attempt, and the longest: 500 ms and 30 s unless it says otherwise. */
  readonly waits?: { readonly minMs: number; readonly maxMs: number };
  /** How often a socket is asked whether it still lives: 10 s unless it says otherwise. */
  readonly pingMs?: number;
};

export type RequestOptions = {
  /**
   * Under which the server does a mutation once. One is made for each call of `request`; hand in your own to do the same thing
   * once over reloads of the page, too.
   */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
};

/** A GraphQL document as text; or what code generators make of one, which knows the types of its variables and answer. */
export type Document<Data, Variables> =
  | string
  | { toString(): string; readonly __apiType?: (variables: Variables) => Data };

export type Ringback = {
  /** Signs in. @throws RingbackError UNAUTHENTICATED, RATE_LIMITED ... */
  signIn(username: string, password: string, options?: { readonly signal?: AbortSignal }): Promise<User>;
  /** Ends the session, here and on the server. */
  signOut(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /**
   * Does a query or mutation; its data. Over lost connections, restarts and rate limits it is sent again, after the wait that the
   * server asks for: that is safe, because mutations go under an idempotency key. @throws RingbackError
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- the type of a text is up to whoever wrote it
  request<Data = any, Variables extends object = Record<string, unknown>>(
    document: Document<Data, Variables>,
    variables?: Variables,
    options?: RequestOptions,
  ): Promise<Data>;
  /**
   * Follows what happens to calls, over lost connections and for ever: each change once and in order, or a gap that says so.
   * Resolves once the signal is aborted. @throws RingbackError where coming back does not help
   */
  changes<Row = CallRow>(following: Following<Row>): Promise<void>;
};

/** The client of one Ringback server, for browsers and Node.js 20 and newer. Holds nothing open by itself. */
export function createRingback({
  url: address,
  session: sessionOptions = { kind: "tokens" },
  retries = 6,
  waits = { minMs: 500, maxMs: 30_000 },
  pingMs = 10_000,
}: RingbackOptions): Ringback {
  const url = address.replace(/\/+$/, "");
  const session = createSession(url, sessionOptions);

  const ringback: Ringback = {
    signIn: (username, password, { signal } = {}) => retried(() => session.signIn(username, password, signal), signal),

    signOut: ({ signal } = {}) => retried(() => session.signOut(signal), signal),

    async request<Data>(document: Document<Data, never>, variables: object = {}, options: RequestOptions = {}) {
      const { signal, idempotencyKey } = options;
      const query = document.toString();
      // On a query it means nothing, so it does no harm where the word is only in a text.
      const key = idempotencyKey ?? (/\bmutation\b/.test(query) ? randomKey() : null);
      let refused: string | null = null;
      return retried(async () => {
        for (;;) {
          const token = await session.accessToken(refused);
          const headers = { authorization: `Bearer ${token}`, ...(key !== null && { "idempotency-key": key }) };
          try {
            return ((await post(`${url}/graphql`, { query, variables }, headers, signal)) as { data: Data }).data;
          } catch (error) {
            // A token can end before its time; a fresh one that is refused as well is no reason to go on.
            if (!(error instanceof RingbackError) || error.code !== "UNAUTHENTICATED" || refused !== null) throw error;
            refused = token;
          }
        }
      }, signal);
    },

    changes: (following) =>
      follow(
        {
          url,
          session,
          waits,
          pingMs,
          async logEnd(signal) {
            const { cursor } = await ringback.request<{ cursor: string }>("{ cursor }", {}, { signal });
            return cursor;
          },
        },
        following,
      ),
  };
  return ringback;

  /** Again after what passes by itself. */
  async function retried<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof RingbackError) || !isPassing(error) || attempt >= retries) throw error;
        await wait(error.retryAfterMs ?? backoffMs(attempt, waits), signal);
      }
    }
  }
}

/** Not `randomUUID`, which pages have over secure connections only. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

import { errorOf, type ErrorEntry, isPassing, RingbackError } from "./error.ts";
import { followOnStream } from "./event-stream.ts";
import type { Call, CallFilter, Change } from "./schema.gen.ts";
import type { Session } from "./session.ts";
import { followOnSocket } from "./socket.ts";
import { backoffMs, wait, type Waits } from "./wait.ts";

/** Where following stands. `live`: whatever is committed from now on comes. */
export type FollowingState =
  | { readonly status: "connecting"; readonly transport: Transport }
  | { readonly status: "live"; readonly transport: Transport }
  | { readonly status: "waiting"; readonly retryAtMs: number; readonly error: RingbackError };

export type Transport = "websocket" | "sse";

/** The fields of a call that are selected unless the app says otherwise. */
export type CallRow = Pick<
  Call,
  | "id"
  | "direction"
  | "from"
  | "to"
  | "duration"
  | "is_archived"
  | "call_type"
  | "via"
  | "created_at"
  | "notes"
  | "tags"
  | "assignee"
  | "revision"
>;

export type LiveChange<Row> = Pick<Change, "cursor" | "kind" | "at" | "revision" | "actor"> & { readonly call: Row };

/** Changes were missed that cannot be had any more. */
export type Gap = {
  /** The changes after it follow. What is fetched from now on has all that was before. */
  readonly cursor: string;
  /** What to fetch again: every list and call that is shown, as far as this filter lets them through (null: all). */
  readonly refetch: CallFilter | null;
};

export type Following<Row = CallRow> = {
  /** Where to go on: the cursor of the last change that was seen, or of the query `cursor`. Without it from now on. */
  readonly after?: string | null;
  /** Only changes that concern these calls; one that takes a call out of them is among them. */
  readonly filter?: CallFilter | null;
  /** Other fields of the call: a selection without braces. Name its type too: `changes<Pick<Call, "id">>({ call: "id", ... })`. */
  readonly call?: string;
  /** Each change once, in order. What it throws ends following. */
  readonly onChange: (change: LiveChange<Row>) => void;
  /**
   * Fetch again what is shown; following goes on when it is done, after the gap's cursor. Called again, later, when it fails with
   * an error of this package that passes by itself.
   */
  readonly onGap: (gap: Gap) => void | Promise<void>;
  /** Called with each new cursor, also where no change came with it: keep it to go on from there another time. */
  readonly onCursor?: (cursor: string) => void;
  readonly onState?: (state: FollowingState) => void;
  readonly signal?: AbortSignal;
};

/** What a transport needs for one subscription. */
export type Connection = {
  readonly url: string;
  readonly token: string;
  readonly freshToken: () => Promise<string>;
  readonly request: { readonly query: string; readonly variables: object };
  readonly pingMs: number;
  readonly onResult: (result: Result) => void;
  readonly signal: AbortSignal;
};

type Result = {
  readonly data?: { readonly changeStream: { readonly cursor: string; readonly kind?: string } } | null;
  readonly errors?: readonly ErrorEntry[];
};

export type FollowingDeps = {
  readonly url: string;
  readonly session: Session;
  readonly waits: Waits;
  readonly pingMs: number;
  /** Where the log ends now. */
  readonly logEnd: (signal: AbortSignal) => Promise<string>;
};

const rowFields = `id direction from to duration is_archived call_type via created_at revision tags assignee { id username }
  notes { id content author { id username } createdAt editedAt }`;

/** So many attempts in a row that did not become live, and it is the other transport's turn. */
const attemptsOfTransport = 2;

/**
 * Follows changes over connections that come and go, until the signal is aborted: resolves then.
 * @throws RingbackError where coming back does not help: nobody is signed in any more, the filter is refused
 */
export async function follow<Row>(deps: FollowingDeps, following: Following<Row>): Promise<void> {
  const { url, session, waits, pingMs, logEnd } = deps;
  const { filter = null, call = rowFields, onChange, onGap, onCursor, onState } = following;
  const signal = following.signal ?? new AbortController().signal;
  const query = `subscription ($after: Cursor, $filter: CallFilter) { changeStream(after: $after, filter: $filter) {
    cursor ... on Change { kind at revision actor { kind id name } call { ${call} } }
  } }`;
  let cursor = following.after ?? null;
  let hasGap = false;
  let refusedToken: string | null = null;
  /** How many there were in a row that did not become live. */
  let attempt = 0;

  while (!signal.aborted) {
    // WebSocket first, after each time that it was live. Node.js before 22 has none.
    const isSocketsTurn = Math.floor(attempt / attemptsOfTransport) % 2 === 0;
    const transport = isSocketsTurn && "WebSocket" in globalThis ? "websocket" : "sse";
    try {
      onState?.({ status: "connecting", transport });
      if (hasGap) await bridge();
      await connect(transport);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RingbackError)) throw error;
      await recover(error);
    }
  }

  /** What is fetched after the end of the log was read has all that was missed. */
  async function bridge(): Promise<void> {
    cursor = await logEnd(signal);
    await onGap({ cursor, refetch: filter });
    hasGap = false;
  }

  async function connect(transport: Transport): Promise<void> {
    const token = await session.accessToken(refusedToken);
    signal.throwIfAborted();
    let isLive = false;
    const onResult = ({ data, errors }: Result) => {
      if (signal.aborted) return;
      const [error] = errors ?? [];
      if (error !== undefined) throw errorOf(error);
      if (data == null) return;
      attempt = 0;
      refusedToken = null;
      if (!isLive) onState?.({ status: "live", transport });
      isLive = true;
      const { changeStream: item } = data;
      if (item.kind !== undefined) onChange(item as unknown as LiveChange<Row>);
      ({ cursor } = item);
      onCursor?.(item.cursor);
    };
    const request = { query, variables: { after: cursor, filter } };
    const connection = { url, token, freshToken: () => session.accessToken(token), request, pingMs, onResult, signal };
    try {
      await (transport === "websocket" ? followOnSocket : followOnStream)(connection);
    } catch (error) {
      const isRefused = error instanceof RingbackError && error.code === "UNAUTHENTICATED";
      // A fresh token that is refused as well is no reason to go on.
      if (!isRefused || refusedToken !== null) throw error;
      refusedToken = token;
    }
  }

  async function recover(failure: RingbackError): Promise<void> {
    if (failure.code === "RESUME_GAP") {
      hasGap = true;
      return;
    }
    if (!isPassing(failure)) throw failure;
    refusedToken = null;
    attempt += 1;
    // At once the first time: most often it was just this connection.
    const waitMs = failure.retryAfterMs ?? (attempt === 1 ? 0 : backoffMs(attempt - 2, waits));
    onState?.({ status: "waiting", retryAtMs: Date.now() + waitMs, error: failure });
    await wait(waitMs, signal).catch(() => {});
  }
}

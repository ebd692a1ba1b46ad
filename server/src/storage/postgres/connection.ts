import postgres from "postgres";
import { DomainError } from "../../domain/errors.ts";
import { createSockets, type Sockets } from "./sockets.ts";

/** What a statement is given. Lists go as text: see {@link list}. */
export type Value = string | number | null | Uint8Array;

/** The statements of one connection or transaction. Texts are constants of the code, so each is prepared once a connection. */
export type Statements = {
  /** For texts that are made for the question, of which only so many are kept prepared: see {@link Forms}. Values stand for each `?`. */
  made<Row extends object>(made: { readonly text: string; readonly values: readonly Value[] }): Promise<readonly Row[]>;
  all<Row extends object>(text: string, ...values: readonly Value[]): Promise<readonly Row[]>;
  /** The first row. */
  get<Row extends object>(text: string, ...values: readonly Value[]): Promise<Row | undefined>;
  /** How many rows it touched. */
  run(text: string, ...values: readonly Value[]): Promise<number>;
  /** Statements without values and answers. */
  script(text: string): Promise<void>;
};

/** Which of the texts that are made for questions are kept prepared in every connection of a client. */
export type Forms = {
  /** The text with the marks of PostgreSQL, and whether it is one of those. */
  of(text: string): { readonly text: string; readonly isKept: boolean };
};

/**
 * So many forms are kept at most: filters make them without end, and a prepared statement stays in its connection as long as that
 * lives (about 100 kB there). Parsing and planning one anew takes longer than running it, and another turn to the server.
 */
const formsKeptMax = 96;

/** Texts that were seen once, at most, before all of them are forgotten. */
const formsSeenMax = 1_000;

/** Keeps the first forms that are asked a second time. */
export function createForms(): Forms {
  const kept = new Map<string, { readonly text: string; readonly isKept: true }>();
  const seen = new Set<string>();
  return {
    of(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      if (kept.size >= formsKeptMax || !seen.has(text)) {
        if (seen.size >= formsSeenMax) seen.clear();
        seen.add(text);
        return { text: numbered(text), isKept: false };
      }
      const form = { text: numbered(text), isKept: true } as const;
      kept.set(text, form);
      return form;
    },
  };
}

export type Limits = {
  /** Connections for reading, and as many again at most for writing. */
  readonly connections: number;
  /** For how long one statement may run, in milliseconds. */
  readonly statementMs: number;
  /** For how long a statement waits for what another transaction holds, in milliseconds. */
  readonly lockMs: number;
  /** For how long an answer is waited for that the server itself should have given or refused long before, in milliseconds. */
  readonly silentMs: number;
  /** For how long the server is asked what became of a commit that it did not answer, in milliseconds. */
  readonly askingMs: number;
};

export const limitsDefault: Limits = {
  connections: 8,
  statementMs: 15_000,
  lockMs: 5_000,
  silentMs: 20_000,
  askingMs: 4_000,
};

/**
 * How statements are planned that are asked again and again. Each begins with a key and has one good plan, whatever its values and whatever
 * the statistics say, which of a new database are those of empty tables: once for all values, and never by reading a whole table. What
 * a transaction writes by it has the keys of, so nothing is gained there by joins that read all of a side; see decision 35.
 */
const keyed = { plan_cache_mode: "force_generic_plan", enable_seqscan: "off" };
const planning: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  reads: keyed,
  writes: { ...keyed, enable_hashjoin: "off", enable_mergejoin: "off", enable_material: "off" },
  nodes: keyed,
};

/**
 * Connections that are made when they are needed, and anew when they were lost. A session is read-only unless its transaction
 * says otherwise: a statement that follows on a lost connection can thus never write outside of the transaction it belongs to.
 * @param options.mayWriteAlone whether statements may write that are a transaction by themselves.
 */
export function connect(
  url: string,
  connections: number,
  limits: Limits,
  purpose: string,
  { mayWriteAlone = false } = {},
): postgres.Sql {
  const sockets = createSockets();
  const sql = postgres(url, {
    max: connections,
    socket: sockets.open,
    fetch_types: false,
    connect_timeout: 3,
    idle_timeout: 0,
    max_lifetime: null,
    backoff: false,
    onnotice: () => {},
    // Whole numbers of ours are below 2^53.
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      application_name: `ringback ${purpose}`,
      TimeZone: "UTC",
      default_transaction_read_only: mayWriteAlone ? "off" : "on",
      // Compiling a statement takes longer than any of ours runs.
      jit: "off",
      ...planning[purpose],
      statement_timeout: limits.statementMs,
      lock_timeout: limits.lockMs,
      idle_in_transaction_session_timeout: limits.statementMs * 2,
    },
  } as unknown as postgres.Options<Record<string, postgres.PostgresType>>);
  socketsOf.set(sql, sockets);
  return sql;
}

/** Lets what runs finish for so long, then cuts it off: nothing of the client is left afterwards. Never throws. */
export async function end(sql: postgres.Sql, seconds: number): Promise<void> {
  await sql.end({ timeout: seconds }).catch(() => undefined);
  socketsOf.get(sql)?.cut();
}

const socketsOf = new WeakMap<postgres.Sql, Sockets>();

/**
 * The statements of a connection. With `silentMs` one that is not answered in this time counts as lost with its connection: a
 * server that is frozen or cut off closes nothing.
 */
export function statementsOf(
  sql: Pick<postgres.Sql, "unsafe">,
  silentMs: number | null = null,
  forms: Forms = createForms(),
): Statements {
  const ask = (text: string, values: readonly Value[], prepare = true) =>
    answered(
      sql.unsafe(text, values as Value[] as never[], { prepare, simple: false } as postgres.UnsafeQueryOptions),
      silentMs,
    );
  return {
    async made<Row extends object>(made: { readonly text: string; readonly values: readonly Value[] }) {
      const { text, isKept } = forms.of(made.text);
      return [...(await ask(text, made.values, isKept))] as unknown as readonly Row[];
    },
    async all<Row extends object>(text: string, ...values: readonly Value[]) {
      return [...(await ask(text, values))] as unknown as readonly Row[];
    },
    async get<Row extends object>(text: string, ...values: readonly Value[]) {
      const [row] = await ask(text, values);
      return row as Row | undefined;
    },
    run: async (text, ...values) => (await ask(text, values)).count,
    script: async (text) => void (await answered(sql.unsafe(text), silentMs)),
  };
}

/** The same, or an error that counts as a lost connection when it takes longer. */
export async function answered<T>(answer: PromiseLike<T>, silentMs: number | null): Promise<T> {
  if (silentMs === null) return answer;
  const silent = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    silent.reject(Object.assign(new Error(`no answer for ${silentMs} ms`), { code: "CONNECTION_SILENT" }));
  }, silentMs);
  try {
    return await Promise.race([answer, silent.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Puts the marks of PostgreSQL in the place of each `?`. */
function numbered(text: string): string {
  let count = 0;
  return text.replaceAll("?", () => `$${(count += 1)}`);
}

/** Numbers as the text of an array of PostgreSQL: `ANY($1::text::bigint[])`. */
export function list(numbers: readonly number[]): string {
  return `{${numbers.join(",")}}`;
}

/** Likewise of texts, numbers as texts, and nulls: `ANY($1::text::text[])`. */
export function textList(texts: readonly (string | number | null)[]): string {
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
  return `{${texts.map((text) => (text === null ? "NULL" : quoted(String(text)))).join(",")}}`;
}

/**
 * @throws DomainError BAD_CONFIGURATION when a commit could be acknowledged before it is on disk, or the encoding cannot hold
 *   what people write.
 */
export async function assertDurable(statements: Statements): Promise<void> {
  const row = await statements.get<Settings>(`SELECT current_setting('synchronous_commit') AS commit,
    current_setting('server_encoding') AS encoding, current_setting('server_version_num')::int AS version`);
  if (row === undefined) throw new Error("PostgreSQL told nothing of its settings.");
  const { commit, encoding, version } = row;
  if (commit !== "on" && commit !== "remote_apply") {
    const message = `The database acknowledges what a power cut can take back (synchronous_commit is ${commit}): set it to on.`;
    throw new DomainError("BAD_CONFIGURATION", message);
  }
  if (encoding !== "UTF8")
    throw new DomainError("BAD_CONFIGURATION", `The database is in ${encoding}: make one in UTF8.`);
  if (version < 150_000) {
    throw new DomainError(
      "BAD_CONFIGURATION",
      "The PostgreSQL server is older than version 15, the oldest that is tested.",
    );
  }
}

type Settings = { readonly commit: string; readonly encoding: string; readonly version: number };

import { setTimeout as later } from "node:timers/promises";
import { DomainError } from "../../domain/errors.ts";
import type { NumberKeys } from "../../domain/number-key.ts";
import type { Client } from "./client.ts";
import type { Statements } from "./connection.ts";
import { isCollision, isLost, isOfOneWrite, isYetToCome, outcomeUnknown, translate } from "./errors.ts";
import { type Counters, createLedger, type Ledger } from "./ledger.ts";

/** The transaction that a write runs in. */
export type Tx = Statements & {
  readonly ledger: Ledger;
  /** Reads the numbers of calls in the countries of their sources. */
  readonly numberKeys: NumberKeys;
};

/** The workspace that writes belong to; null for what belongs to the whole database: users, sessions, keys. */
export type Lane = number | null;

/** One write, to be run within a transaction; run again when that one came to nothing. */
export type Write = (tx: Tx) => Promise<unknown>;

/** What became of one write of a group. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

export type Committed = {
  /** One for each write, in order. */
  readonly outcomes: readonly Outcome[];
  /** Where the workspace's log ends now; null when the group did not move it. */
  readonly revision: number | null;
};

/** How often a group begins again before its writes are tried one by one. */
const attemptsMax = 4;

/**
 * How often the server is asked what became of a commit that it did not answer, in milliseconds. Whoever waits for it is told soon
 * that nobody knows, and can ask again under the same key.
 */
const askingEveryMs = 100;

/**
 * Commits writes of one lane that wait together, on a connection of one's own: one transaction, a savepoint for each, one durable
 * commit, so that the price of the fsync is shared and a write that fails takes nothing of its neighbours with it. The row of the
 * workspace is locked first, so transactions of one workspace follow each other, on however many nodes.
 *
 * A group begins again when its transaction met another one or lost its connection before the commit was sent. When the commit
 * was sent and not answered, the server is asked what became of it; where it cannot say, the writes fail with OUTCOME_UNKNOWN.
 */
export async function commitGroup(
  client: Client,
  lane: Lane,
  writes: readonly Write[],
  numberKeys: NumberKeys,
): Promise<Committed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- the next attempt only after this one
      const committed = await attemptGroup(client, lane, writes, numberKeys);
      if (committed !== null) return committed;
    } catch (error) {
      if (isLost(error)) client.renew();
      // oxlint-disable-next-line no-await-in-loop -- before the next attempt
      else await client.statements.script("ROLLBACK").catch(() => client.renew());
      const mayPass = isCollision(error) || (isLost(error) && attempt === 1);
      if (mayPass && attempt < attemptsMax) continue;
      if (isLost(error) || error instanceof DomainError || writes.length === 1) return all(writes, translate(error));
      // oxlint-disable-next-line no-await-in-loop
      return await oneByOne(client, lane, writes, numberKeys);
    }
    if (attempt >= attemptsMax) return all(writes, outcomeUnknown(new Error("The commit failed again and again.")));
  }
}

/** Null when nothing was written and the group is to begin again. @throws as the database fails before the commit. */
async function attemptGroup(
  client: Client,
  lane: Lane,
  writes: readonly Write[],
  numberKeys: NumberKeys,
): Promise<Committed | null> {
  const { statements: plain } = client;
  const [, begun] = await Promise.all([
    plain.script("BEGIN READ WRITE; SAVEPOINT whole"),
    lane === null ? plain.get<BegunRow>(begin) : plain.get<BegunRow>(beginWorkspace, lane),
  ]);
  const ledger = createLedger(lane ?? 0, begun === undefined || lane === null ? null : countersOf(begun));
  const tx: Tx = { ...plain, ledger, numberKeys };
  const outcomes: Outcome[] = [];
  const marks: Promise<void>[] = [];
  for (const write of writes) {
    // Sent along with the write's own statements: their order is that of sending, and an answer is not needed before the end.
    marks.push(quiet(plain.script("SAVEPOINT write")));
    const revert = ledger.mark();
    try {
      // oxlint-disable-next-line no-await-in-loop -- in the order of asking
      const value = await write(tx);
      marks.push(quiet(plain.script("RELEASE SAVEPOINT write")));
      outcomes.push({ value });
    } catch (error) {
      if (!isOfOneWrite(error)) throw error;
      marks.push(quiet(plain.script("ROLLBACK TO SAVEPOINT write; RELEASE SAVEPOINT write")));
      revert();
      outcomes.push({ error: translate(error) });
    }
  }
  await Promise.all(marks);
  const revision = await ledger.flush(plain);
  try {
    // Releasing fails where there is no transaction, so that a connection made anew in between cannot seem to commit.
    const command = await client.last("RELEASE SAVEPOINT whole; COMMIT");
    if (command !== "COMMIT") throw new Error("The transaction had failed before its commit.");
  } catch (error) {
    if (!isLost(error)) throw error;
    client.renew();
    const status = begun === undefined ? "aborted" : await askStatus(client, begun);
    if (status === "aborted") return null;
    if (status !== "committed") return all(writes, outcomeUnknown(error));
  }
  return { outcomes, revision };
}

/**
 * What became of a transaction, once the server answers again; null when it does not, or cannot know: a server that crashed, or a
 * standby in its place, gives the numbers that it had not written down to others, so that "committed" may be said of one of them.
 */
async function askStatus(client: Client, { xid, life }: BegunRow): Promise<string | null> {
  const untilMs = performance.now() + client.askingMs;
  while (performance.now() < untilMs) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- asked again until there is an answer
      const row = await client.statements.get<{ status: string | null; life: string }>(
        `SELECT pg_xact_status($1::text::xid8) AS status, ${lifeOfServer} AS life`,
        xid,
      );
      if (row?.status === "committed" && row.life !== life) return null;
      if (row?.status !== "in progress") return row?.status ?? null;
    } catch (error) {
      if (isYetToCome(error)) return "aborted";
      if (!isLost(error)) return null;
      client.renew();
    }
    // oxlint-disable-next-line no-await-in-loop
    await later(askingEveryMs);
  }
  return null;
}

async function oneByOne(
  client: Client,
  lane: Lane,
  writes: readonly Write[],
  numberKeys: NumberKeys,
): Promise<Committed> {
  const outcomes: Outcome[] = [];
  let revision: number | null = null;
  for (const write of writes) {
    // oxlint-disable-next-line no-await-in-loop -- in the order of asking
    const alone = await commitGroup(client, lane, [write], numberKeys);
    outcomes.push(...alone.outcomes);
    revision = alone.revision ?? revision;
  }
  return { outcomes, revision };
}

/** A failure is seen when all are awaited; until then it must not count as one that nobody looks at. */
function quiet(mark: Promise<void>): Promise<void> {
  mark.catch(() => undefined);
  return mark;
}

function all(writes: readonly Write[], error: unknown): Committed {
  return { outcomes: writes.map(() => ({ error })), revision: null };
}

// Another after every start, crash and failover: statistics are begun anew by a crash that the postmaster survives.
const lifeOfServer = "(SELECT concat(pg_postmaster_start_time(), ' ', stats_reset) FROM pg_stat_wal)";

// The id is needed to ask for the fate of a commit.
const begin = `SELECT pg_current_xact_id()::text AS xid, ${lifeOfServer} AS life`;

// Not FOR UPDATE: rows that refer to the workspace may be written beside it.
const beginWorkspace = `SELECT pg_current_xact_id()::text AS xid, ${lifeOfServer} AS life,
    revision, last_call_id, last_note_id
  FROM workspaces WHERE workspace_id = $1 FOR NO KEY UPDATE`;

type BegunRow = {
  readonly xid: string;
  /** Which life of which server gave out the id. */
  readonly life: string;
  readonly revision: number;
  readonly last_call_id: number;
  readonly last_note_id: number;
};

function countersOf({ revision, last_call_id: lastCallId, last_note_id: lastNoteId }: BegunRow): Counters {
  return { revision, lastCallId, lastNoteId };
}

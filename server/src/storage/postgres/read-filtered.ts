import type { FeedPosition } from "../../domain/call.ts";
import type { CallCount } from "../../domain/call-counts.ts";
import type { CallFilter } from "../../domain/filter.ts";
import { medianCallsMax } from "../../domain/returns.ts";
import type { CallWalk } from "../../domain/storage.ts";
import { list, type Statements, type Value } from "./connection.ts";
import { cellsOf, countFacet, seekFacet, sumOf } from "./facets.ts";
import { type Plan, planOf, type Sql } from "./filter-sql.ts";
import { unreadIdsSql } from "../unread-sql.ts";
import { findByWords } from "./find-by-words.ts";

/** How much is looked at, at most, before an answer says that it is bounded. */
export type ScanBounds = {
  /** Calls looked at one by one. */
  readonly calls: number;
  /** The same where words of notes are asked for. */
  readonly costlyCalls: number;
  /** Calls that a search has found in its index, to be checked and put in order. */
  readonly candidates: number;
};

/** Those of the other database, so that both say the same of the same calls. */
export const scanBounds: ScanBounds = { calls: 50_000, costlyCalls: 10_000, candidates: 20_000 };

/** So few calls are put in order at once, without a try whether the first of the feed fill the page. */
const fewCandidates = 64;

/** So many numbers are held against each call one by one (by their hash); of more, the digits of the call are. */
const knownNumbersMax = 2_000;

/**
 * Calls looked at before the index of a search is asked for all it has. That of words builds the whole list of what begins with a
 * word before it gives the first, so it is asked later, after fewer calls.
 */
const firstLook = 2_000;
const firstCostlyLook = 100;

/** A call found, with its place. */
export type Found = FeedPosition;

type FoundValue = Found & { readonly value: number | null };

export type FoundStretch = { readonly found: readonly Found[]; readonly stoppedAt: FeedPosition | null };

type Order = CallWalk["order"];

/** Both ends of a part of the feed, left out: what lies between the newer and the older. */
type Between = { readonly newer: FeedPosition; readonly older: FeedPosition };

/**
 * Finds and counts calls under any filter. Filters on direction, type, line, archived state and time are answered from kept
 * counts and index ranges, at the same cost wherever the calls lie. Numbers and words are looked up in their index when few calls
 * have them; when many do, the first calls of the feed soon fill a page. All else looks at calls one by one, up to a bound. To be
 * used within one snapshot.
 */
export function createFilteredReader(statements: Statements, workspaceId: number, bounds: ScanBounds) {
  return {
    /** The next calls of a walk, in its order. */
    async walk({ filter, order, after, before, limit }: CallWalk): Promise<FoundStretch> {
      const plan = planOf(workspaceId, filter);
      const isNewestFirst = order === "newest-first";
      const between = clipped(plan, isNewestFirst ? after : before, isNewestFirst ? before : after);
      const found = await merged(plan, between, order, limit);
      return found === null ? look(plan, between, order, limit) : { found, stoppedAt: null };
    },

    /** The calls of the page at an offset, newest first. */
    async page(filter: CallFilter, offset: number, limit: number, totalCount: number): Promise<FoundStretch> {
      const plan = planOf(workspaceId, filter);
      const between = clipped(plan, null, null);
      if (plan.facet !== null) {
        if (offset >= totalCount) return { found: [], stoppedAt: null };
        const { beforeMs, skip } =
          offset === 0
            ? { beforeMs: plan.beforeMs, skip: 0 }
            : await seekFacet(statements, workspaceId, plan.facet, offset, plan.beforeMs);
        const newer = { createdAtMs: beforeMs, id: 0 };
        const rest = { ...between, newer };
        const found = await merged(plan, rest, "newest-first", skip + limit);
        if (found !== null) return { found: found.slice(skip), stoppedAt: null };
        const looked = await look(plan, rest, "newest-first", skip + limit);
        return { ...looked, found: looked.found.slice(skip) };
      }
      const { found, stoppedAt } = await look(plan, between, "newest-first", offset + limit);
      return { found: found.slice(offset), stoppedAt };
    },

    async count(filter: CallFilter | null): Promise<CallCount> {
      const plan = planOf(workspaceId, filter);
      if (plan.facet !== null) {
        const beforeMs = Math.max(plan.fromMs, plan.beforeMs);
        const counts = await countFacet(statements, workspaceId, plan.facet, plan.fromMs, beforeMs);
        return { count: sumOf(counts), isExact: true, scanned: 0 };
      }
      const { counts, ...rest } = await group(plan, "''");
      return { count: sumOf(counts), ...rest };
    },

    group,

    /** What an expression has for the newest calls of a filter, in no order; null is left out. */
    async newest(
      filter: CallFilter,
      expression: string,
    ): Promise<{ readonly values: readonly number[]; readonly isExact: boolean }> {
      const plan = planOf(workspaceId, filter);
      const between = clipped(plan, null, null);
      const max = medianCallsMax;
      const found = await merged(plan, between, "newest-first", max + 1, expression);
      if (found !== null) {
        return { values: found.slice(0, max).flatMap(({ value }) => value ?? []), isExact: found.length <= max };
      }
      const ids = await candidates(plan, bounds.candidates);
      const part = ids === null ? within(between, "newest-first", callsMax(plan)) : among(ids, between);
      const rows = await statements.made<{ value: number | null }>({
        text: `SELECT ${expression} AS value FROM ${part.text} WHERE ${plan.whole.text}`,
        values: [...part.values, ...plan.whole.values],
      });
      const isWhole = ids !== null || (await endOfWindow(between, "newest-first", callsMax(plan))) === null;
      return { values: rows.flatMap(({ value }) => value ?? []), isExact: isWhole };
    },
  };

  /** Counts calls one by one by the value of an expression, up to the bound. */
  async function group(
    plan: Plan,
    expression: string,
  ): Promise<Omit<CallCount, "count"> & { readonly counts: Map<string | number, number> }> {
    const between = clipped(plan, null, null);
    const ids = await candidates(plan, bounds.candidates);
    const max = callsMax(plan);
    const part = ids === null ? within(between, "newest-first", max) : among(ids, between);
    const rows = await statements.made<{ key: string | number; count: number; passed: number }>({
      text: `SELECT ${expression} AS key, count(*) AS count, count(*) FILTER (WHERE ${plan.whole.text}) AS passed
        FROM ${part.text} GROUP BY 1`,
      values: [...plan.whole.values, ...part.values],
    });
    const scanned = rows.reduce((sum, { count }) => sum + count, 0);
    const isWhole = ids !== null || scanned < max || (await endOfWindow(between, "newest-first", max)) === null;
    return { counts: new Map(rows.map(({ key, passed }) => [key, passed])), isExact: isWhole, scanned };
  }

  /** The first calls that pass, wherever they have to be looked for. */
  async function look(asked: Plan, between: Between, order: Order, limit: number): Promise<FoundStretch> {
    const numbers = asked.number === null || asked.ids !== null ? null : await numbersWith(asked.number);
    const plan = numbers === null ? asked : asked.knowing(numbers);
    const isFew =
      plan.ids !== null ||
      (!plan.isCostly && (plan.number === null || (numbers !== null && numbers.length <= fewCandidates)));
    const few = isFew ? await candidates(plan, fewCandidates) : null;
    if (few !== null) return { found: await passing(plan, among(few, between), order, limit), stoppedAt: null };
    const found: Found[] = [];
    const max = callsMax(plan);
    let from = between;
    for (let looked = 0; looked < max;) {
      const step = Math.min(looked === 0 ? (plan.isCostly ? firstCostlyLook : firstLook) : looked * 4, max - looked);
      // oxlint-disable-next-line no-await-in-loop -- a further step only where this one does not suffice
      found.push(...(await passing(plan, within(from, order, step), order, limit - found.length)));
      if (found.length >= limit) return { found, stoppedAt: null };
      // oxlint-disable-next-line no-await-in-loop
      const end = await endOfWindow(from, order, step);
      if (end === null) return { found, stoppedAt: null };
      if (looked === 0) {
        // oxlint-disable-next-line no-await-in-loop -- once
        const all = await candidates(plan, bounds.candidates);
        // oxlint-disable-next-line no-await-in-loop
        if (all !== null) return { found: await passing(plan, among(all, between), order, limit), stoppedAt: null };
      }
      looked += step;
      from = order === "newest-first" ? { ...from, newer: end } : { ...from, older: end };
    }
    return { found, stoppedAt: order === "newest-first" ? from.newer : from.older };
  }

  function callsMax({ isCostly }: Plan): number {
    return isCostly ? bounds.costlyCalls : bounds.calls;
  }

  /** The first calls of a few index ranges, each of which is in order already; null where they cannot answer. */
  async function merged(
    { facet }: Plan,
    between: Between,
    order: Order,
    limit: number,
    expression = "NULL",
  ): Promise<readonly FoundValue[] | null> {
    if (facet === null) return null;
    const place = placed(between);
    if (facet.isEmpty) {
      // calls_feed, from the one place to the other.
      return statements.made<FoundValue>({
        text: `SELECT ${position}, ${expression} AS value FROM calls WHERE workspace_id = ? AND ${place.text} ${orderBy(order)} LIMIT ?`,
        values: [workspaceId, ...place.values, limit],
      });
    }
    const cells = await cellsOf(statements, workspaceId, facet);
    if (cells === null) return null;
    // One range of calls_by_kind or calls_by_line for each cell, ended by the limit.
    return statements.made<FoundValue>({
      text: `SELECT ${position}, value FROM ${cells.table.text} CROSS JOIN LATERAL
          (SELECT created_at_ms, id, ${expression} AS value FROM calls WHERE workspace_id = ?
            AND ${cells.columns.map((column) => `calls.${column} = cell.${column}`).join(" AND ")}
            ${facet.waiting === "only" ? "AND returned_by = 0" : ""}
            AND ${place.text} ${orderBy(order)} LIMIT ?) AS found
        ${orderBy(order)} LIMIT ?`,
      values: [...cells.table.values, workspaceId, ...place.values, limit, limit],
    });
  }

  function passing(plan: Plan, part: Sql, order: Order, limit: number): Promise<readonly Found[]> {
    return statements.made<Found>({
      text: `SELECT ${position} FROM ${part.text} WHERE ${plan.whole.text} ${orderBy(order)} LIMIT ?`,
      values: [...part.values, ...plan.whole.values, limit],
    });
  }

  /** The last of so many calls of a part of the feed; null when it has no more than them. */
  async function endOfWindow(between: Between, order: Order, calls: number): Promise<FeedPosition | null> {
    const place = placed(between);
    const rows = await statements.made<FeedPosition>({
      text: `SELECT ${position} FROM calls WHERE workspace_id = ? AND ${place.text} ${orderBy(order)} LIMIT 2 OFFSET ?`,
      values: [workspaceId, ...place.values, calls - 1],
    });
    return rows.length === 2 ? (rows[0] ?? null) : null;
  }

  /** All numbers with some digits; null when they are many, and so calls that have one are easily met. */
  async function numbersWith(runs: readonly string[]): Promise<readonly string[] | null> {
    const each = runs.map(() => "SELECT number FROM number_runs WHERE workspace_id = ? AND run >= ? AND run < ?");
    const rows = await statements.made<{ number: string }>({
      text: `SELECT number FROM (${each.join(" UNION ALL ")}) AS numbers LIMIT ?`,
      values: [...valuesOf(runs), knownNumbersMax + 1],
    });
    return rows.length > knownNumbersMax ? null : [...new Set(rows.map(({ number }) => number))];
  }

  /** The colon is what follows the digits. */
  function valuesOf(runs: readonly string[]): readonly Value[] {
    return runs.flatMap((run) => [workspaceId, run, `${run}:`]);
  }

  /**
   * The ids that a search finds, before they are checked; null when nothing of the kind is asked, or more than `max` are found. Those that are
   * asked for by their ids are found however many they are.
   */
  async function candidates(plan: Plan, max: number): Promise<readonly number[] | null> {
    if (plan.ids !== null) return plan.ids;
    if (plan.unreadBy !== null) {
      const rows = await statements.made<{ id: number }>(unreadIdsSql(workspaceId, plan.unreadBy, max + 1));
      if (rows.length <= max) return rows.map(({ id }) => id);
    }
    if (plan.number !== null) {
      const rows = await statements.made<{ id: number }>(byNumber(plan.number, max + 1));
      if (rows.length <= max) return rows.map(({ id }) => id);
    }
    return plan.words === null ? null : findByWords(statements, workspaceId, plan.words, max);
  }

  /** The first `calls` calls of a part of the feed. Nothing outside of it is looked at, whatever is asked of them. */
  function within(between: Between, order: Order, calls: number): Sql {
    const place = placed(between);
    return {
      text: `(SELECT * FROM calls WHERE workspace_id = ? AND ${place.text} ${orderBy(order)} LIMIT ?) AS calls`,
      values: [workspaceId, ...place.values, calls],
    };
  }

  /** Those of some calls that lie between two places. */
  function among(ids: readonly number[], between: Between): Sql {
    const place = placed(between);
    return {
      text: `(SELECT * FROM calls WHERE workspace_id = ? AND id = ANY(?::text::bigint[]) AND ${place.text} OFFSET 0) AS calls`,
      values: [workspaceId, list(ids), ...place.values],
    };
  }

  /**
   * What begins with some digits: from the dictionary to the numbers, where a number is the key of other spellings to those too, from each to
   * its calls, and no further than the limit. A number of ours finds all calls of its line, which are a few more than it has: what is found is checked.
   */
  function byNumber(runs: readonly string[], limit: number): Sql {
    const each = runs.map(
      () => `(SELECT number FROM number_runs WHERE workspace_id = ? AND run >= ? AND run < ?)
        UNION ALL (SELECT k.number FROM number_runs AS r JOIN number_keys AS k
          ON k.workspace_id = r.workspace_id AND k.key = r.number WHERE r.workspace_id = ? AND run >= ? AND run < ?)`,
    );
    const calls = (column: string) =>
      `SELECT calls.id FROM calls WHERE calls.workspace_id = ? AND ${column} = numbers.number`;
    return {
      text: `SELECT found.id FROM (${each.join(" UNION ALL ")}) AS numbers CROSS JOIN LATERAL
          (${calls("caller")} AND caller <> via UNION ALL ${calls("callee")} AND callee <> via UNION ALL (${calls("via")} ${orderOfLine} LIMIT ?) LIMIT ?) AS found
        LIMIT ?`,
      values: [
        ...valuesOf(runs.flatMap((run) => [run, run])),
        workspaceId,
        workspaceId,
        workspaceId,
        limit,
        limit,
        limit,
      ],
    };
  }
}

const position = `created_at_ms AS "createdAtMs", id`;

/** That of calls_by_line, so that it is read: lines are few, and PostgreSQL would rather read the whole table. */
const orderOfLine = "ORDER BY direction, call_type, is_archived, created_at_ms DESC, id DESC";

function orderBy(order: Order): string {
  return order === "newest-first" ? "ORDER BY created_at_ms DESC, id DESC" : "ORDER BY created_at_ms, id";
}

function placed({ newer, older }: Between): Sql {
  return {
    text: "(created_at_ms, id) < (?, ?) AND (created_at_ms, id) > (?, ?)",
    values: [newer.createdAtMs, newer.id, older.createdAtMs, older.id],
  };
}

function clipped(plan: Plan, newer: FeedPosition | null, older: FeedPosition | null): Between {
  const before = { createdAtMs: plan.beforeMs, id: 0 };
  const from = { createdAtMs: plan.fromMs, id: 0 };
  return {
    newer: newer === null || isNewer(newer, before) ? before : newer,
    older: older === null || isNewer(from, older) ? from : older,
  };
}

function isNewer(a: FeedPosition, b: FeedPosition): boolean {
  return a.createdAtMs > b.createdAtMs || (a.createdAtMs === b.createdAtMs && a.id > b.id);
}

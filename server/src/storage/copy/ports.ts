import type { Awaitable, CheckReport } from "../../domain/storage.ts";
import type { Mark } from "./mark.ts";
import type { Key, Row, Table } from "./shape.ts";

/** The tables of a database at one moment, or while nobody else writes there. */
export type CopyReader = {
  count(table: Table): Awaitable<number>;
  /** The rows after a key (null: from the first), in the order of keys by code points; fewer than `limit` at the end. */
  after(table: Table, key: Key | null, limit: number): Awaitable<readonly Row[]>;
  /** The rows that these keys have, in any order; keys without a row are left out. */
  some(table: Table, keys: readonly Key[]): Awaitable<readonly Row[]>;
};

/** The keys of rows that were written, by the name of the table; each once. */
export type Altered = ReadonlyMap<string, readonly Key[]>;

/** A database that is read while it is used, and left in the end. Whoever opened it closes it. */
export type CopySource = {
  /** What people call it: no secrets. */
  readonly place: string;
  readonly tables: readonly Table[];
  mark(): Awaitable<Mark | null>;
  /**
   * From now on the keys of all rows that anybody writes are noted, for as long as this process lives: half a minute after its end
   * nothing is noted any more. Another watch ends this one.
   */
  watch(id: string): Promise<void>;
  /**
   * Runs `read` on the state after some commit, with the keys of what was written since the state before (in the first, since the
   * watch began). Writers go on meanwhile. @throws DomainError CONFLICT when the watch has ended.
   */
  standstill<T>(read: (reader: CopyReader, altered: Altered) => Promise<T>): Promise<T>;
  /**
   * The last of these states: writers wait from now on. When `read` resolves, in the same transaction, the database is marked as moved and
   * takes no writes any more; where it rejects, or this process ends, writers go on as if nothing had been.
   */
  switchOver<T>(mark: Mark, read: (reader: CopyReader, altered: Altered) => Promise<T>): Promise<T>;
  /** Ends the watch and removes what it left. */
  unwatch(): Promise<void>;
  /** A database that was moved takes writes again, as another history; what copies left is removed. */
  reopen(): Promise<void>;
  close(): Promise<void>;
};

/** A database that is filled. Nobody can serve it before it is finished. */
export type CopyTarget = {
  readonly place: string;
  /** Known after {@link CopyTarget.begin}. */
  readonly tables: readonly Table[];
  mark(): Awaitable<Mark | null>;
  /** Makes an empty database with a mark. @throws DomainError CONFLICT when there is a finished database already. */
  begin(mark: Mark): Promise<void>;
  /** Rows that are not there yet. They may refer to rows that come later. */
  add(table: Table, rows: readonly Row[]): Promise<void>;
  /** Ends the adding: makes indices and whatever follows from the rows. */
  settle(): Promise<void>;
  /**
   * One transaction, after `settle`: the rows of these keys are gone or as they are given. With `isLast` it is durable with all that was
   * before, and marked as ready.
   */
  replace(altered: Altered, rows: ReadonlyMap<string, readonly Row[]>, isLast: boolean): Promise<void>;
  readonly reader: CopyReader;
  /** As `Storage.check`. */
  check(): Promise<CheckReport>;
  /** Gives every workspace's history another name. */
  startAnotherHistory(): Promise<void>;
  /** Takes the mark away from a database that is ready: from now on it can be served. */
  finish(): Promise<void>;
  /** Removes what was made. */
  abandon(): Promise<void>;
  close(): Promise<void>;
};

import { requireScope } from "./authorisation.ts";
import { DomainError } from "./errors.ts";
import type { CallFilter } from "./filter.ts";
import type { Clock, Revocations, Secrets } from "./ports.ts";
import { type CallFilterInput, readCallFilter } from "./read-filter.ts";
import { readerOf } from "./unread.ts";
import type { Storage } from "./storage.ts";
import { checkTimeZone, timeZoneDefault } from "./settings.ts";
import type { Principal } from "./workspace.ts";

/** `csv` is for spreadsheets; `csv-exact` and `ndjson` are exact: an import reads them back. */
export type ExportFormat = "csv" | "csv-exact" | "ndjson";
export const exportFormats = ["csv", "csv-exact", "ndjson"] as const satisfies readonly ExportFormat[];

const columnsOfCall = {
  id: true,
  direction: true,
  from: true,
  to: true,
  via: true,
  duration: true,
  call_type: true,
  created_at: true,
  is_archived: true,
  notes: true,
} as const;

export type CallColumn = keyof typeof columnsOfCall;

/** What a call has in a file, in the order of an exact one. */
export const callColumns = Object.keys(columnsOfCall) as readonly CallColumn[];

/** What somebody wants to take away. */
export type ExportWish = {
  readonly format: ExportFormat;
  /** Whose clocks the times of a spreadsheet show. */
  readonly timeZone: string;
  /** Null for all calls. */
  readonly filter: CallFilter | null;
  /** Of a spreadsheet, in its order; the exact forms have all. */
  readonly columns: readonly CallColumn[];
};

/** The same as it is asked for; what is left out is as usual. */
export type GivenExport = {
  readonly format?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly filter?: CallFilterInput | null | undefined;
  readonly columns?: readonly string[] | null | undefined;
};

/** For how long a ticket waits for its one download. */
export const ticketLifetimeMs = 60_000;
const ticketsMax = 1_000;
const ticketsOfUserMax = 20;
const filterTextMax = 1_000;

/** Calls for files. Who may read calls may take them along. */
export type Exports = ReturnType<typeof createExports>;

export type ExportDeps = {
  readonly storage: Pick<Storage, "audit"> & { readonly calls: Pick<Storage["calls"], "count"> };
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly revocations: Pick<Revocations, "has">;
};

type Ticket = { readonly principal: Principal; readonly wish: ExportWish; readonly expiresAtMs: number };

export function createExports({ storage, secrets, clock, revocations }: ExportDeps) {
  const tickets = new Map<string, Ticket>();

  return {
    /**
     * What the parameters of an address ask for: `format`, `timeZone`, and `columns` between commas. A filter is asked for with a ticket.
     * @throws DomainError BAD_USER_INPUT naming the parameter
     */
    read({ format, timeZone, columns, ...others }: Readonly<Record<string, string | undefined>>): ExportWish {
      const [unknown] = Object.keys(others);
      if (unknown !== undefined) throw refusal(unknown, `${unknown.slice(0, 50)} is no parameter of an export.`);
      return wishOf({ format, timeZone, columns: columns?.split(",") });
    },

    /** The same as somebody asks a ticket for it. @throws DomainError BAD_USER_INPUT naming what is at fault */
    wish: (principal: Principal, given: GivenExport): ExportWish => wishOf(given, readerOf(principal)),

    /** A word for one download within a minute, for browsers, which send no header with it. @throws DomainError FORBIDDEN, RATE_LIMITED */
    ticket(principal: Principal, wish: ExportWish): string {
      requireScope(principal, "read");
      forgetExpired();
      const own = [...tickets.values()].filter((each) => each.principal.userId === principal.userId);
      if (own.length >= ticketsOfUserMax || tickets.size >= ticketsMax) {
        const retryAfterMs = ticketLifetimeMs;
        throw new DomainError("RATE_LIMITED", "Too many downloads were asked for and not begun.", { retryAfterMs });
      }
      const secret = secrets.create("");
      tickets.set(secrets.digest(secret), { principal, wish, expiresAtMs: clock.now() + ticketLifetimeMs });
      return secret;
    },

    /** Who may download what; the ticket is spent. Null for one that is not known, spent or too old, or whose session has ended. */
    redeem(secret: string): { readonly principal: Principal; readonly wish: ExportWish } | null {
      forgetExpired();
      const digest = secrets.digest(secret);
      const ticket = tickets.get(digest);
      tickets.delete(digest);
      return ticket === undefined || revocations.has(ticket.principal.sessionId) ? null : ticket;
    },

    /** The workspace whose calls this person may take along; the audit log knows of it before. @throws DomainError FORBIDDEN */
    async begin(principal: Principal, { format, filter }: ExportWish): Promise<number> {
      requireScope(principal, "read");
      const { workspaceId, kind, userId: id } = principal;
      const { count, isExact } = await storage.calls.count(workspaceId, filter);
      const details = {
        format,
        count: `${count}${isExact ? "" : "+"}`,
        ...(filter !== null && { filter: filterText(filter) }),
      };
      await storage.audit.record({
        workspaceId,
        kind: "calls-exported",
        actor: { kind, id },
        atMs: clock.now(),
        details,
      });
      return workspaceId;
    },
  };

  function forgetExpired(): void {
    const nowMs = clock.now();
    for (const [digest, { expiresAtMs }] of tickets) if (expiresAtMs <= nowMs) tickets.delete(digest);
  }
}

/** A filter for the audit log. Lists of ids may be long. */
function filterText(filter: CallFilter): string {
  const text = JSON.stringify(filter);
  return text.length <= filterTextMax ? text : `${text.slice(0, filterTextMax).toWellFormed()}…`;
}

function wishOf({ format, timeZone, filter, columns }: GivenExport, readerId: string | null = null): ExportWish {
  const wish = {
    format: format == null ? "csv" : readFormat(format),
    timeZone: timeZone == null ? timeZoneDefault : checkTimeZone(timeZone),
    filter: readCallFilter(filter, readerId),
  };
  if (columns == null) return { ...wish, columns: callColumns };
  if (wish.format !== "csv") throw refusal("columns", "columns are of csv: the exact forms have all of them.");
  return { ...wish, columns: readColumns(columns) };
}

function readColumns(names: readonly string[]): readonly CallColumn[] {
  const columns = names.flatMap((name) => callColumns.find((column) => column === name) ?? []);
  if (columns.length === names.length && names.length > 0 && new Set(names).size === names.length) return columns;
  throw refusal("columns", `columns must be some of ${callColumns.join(", ")}, each once.`);
}

function readFormat(text: string): ExportFormat {
  const format = exportFormats.find((each) => each === text);
  if (format !== undefined) return format;
  throw refusal("format", `format must be ${exportFormats.join(", ")}`);
}

function refusal(field: string, message: string): DomainError {
  return new DomainError("BAD_USER_INPUT", message, { field });
}

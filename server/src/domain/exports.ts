import { requireScope } from "./authorisation.ts";
import { DomainError } from "./errors.ts";
import type { Clock, Secrets } from "./ports.ts";
import { checkTimeZone, timeZoneDefault } from "./settings.ts";
import type { Principal } from "./workspace.ts";

/** `csv` is for spreadsheets; `csv-exact` and `ndjson` are exact: an import reads them back. */
export type ExportFormat = "csv" | "csv-exact" | "ndjson";
export const exportFormats = ["csv", "csv-exact", "ndjson"] as const satisfies readonly ExportFormat[];

/** What somebody wants to take away. */
export type ExportWish = {
  readonly format: ExportFormat;
  /** Whose clocks the times of a spreadsheet show. */
  readonly timeZone: string;
};

/** For how long a ticket waits for its one download. */
export const ticketLifetimeMs = 60_000;
const ticketsMax = 1_000;
const ticketsOfUserMax = 20;

/** Calls for files. Who may read calls may take them along. */
export type Exports = ReturnType<typeof createExports>;

export type ExportDeps = {
  readonly secrets: Secrets;
  readonly clock: Clock;
};

type Ticket = { readonly principal: Principal; readonly wish: ExportWish; readonly expiresAtMs: number };

export function createExports({ secrets, clock }: ExportDeps) {
  const tickets = new Map<string, Ticket>();

  return {
    /**
     * What `format` and `timeZone` of an address ask for. Filters are not applied yet, and so refused.
     * @throws DomainError BAD_USER_INPUT naming the parameter
     */
    read(parameters: Iterable<readonly [string, string]>): ExportWish {
      let format: ExportFormat = "csv";
      let timeZone: string = timeZoneDefault;
      for (const [name, value] of parameters) {
        if (name === "format") format = readFormat(value);
        else if (name === "timeZone") timeZone = checkTimeZone(value);
        else throw refusal(name, `${name.slice(0, 50)} is no parameter of an export.`);
      }
      return { format, timeZone };
    },

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

    /** Who may download what; the ticket is spent. Null for one that is not known, spent or too old. */
    redeem(secret: string): { readonly principal: Principal; readonly wish: ExportWish } | null {
      forgetExpired();
      const digest = secrets.digest(secret);
      const ticket = tickets.get(digest);
      tickets.delete(digest);
      return ticket ?? null;
    },

    /** The workspace whose calls this person may take along. @throws DomainError FORBIDDEN */
    workspaceOf(principal: Principal): number {
      requireScope(principal, "read");
      return principal.workspaceId;
    },
  };

  function forgetExpired(): void {
    const nowMs = clock.now();
    for (const [digest, { expiresAtMs }] of tickets) if (expiresAtMs <= nowMs) tickets.delete(digest);
  }
}

function readFormat(text: string): ExportFormat {
  const format = exportFormats.find((each) => each === text);
  if (format !== undefined) return format;
  throw refusal("format", `format must be ${exportFormats.join(", ")}`);
}

function refusal(field: string, message: string): DomainError {
  return new DomainError("BAD_USER_INPUT", message, { field });
}

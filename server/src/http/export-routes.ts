import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { Budgets } from "../domain/budgets.ts";
import { DomainError, unauthenticated } from "../domain/errors.ts";
import type { ExportFormat, Exports } from "../domain/exports.ts";
import type { Sessions } from "../domain/sessions.ts";
import type { CallStore } from "../domain/storage.ts";
import { type CallFormat, callsInOrderOfLogging, callsOfFilter, formatCalls } from "../export/format.ts";
import { addRestSpending } from "./rest/spending.ts";
import { bearerOf } from "./request-head.ts";

export type ExportRouteDeps = {
  readonly exports: Exports;
  readonly calls: Pick<CallStore, "page" | "find" | "walk">;
  readonly sessions: Sessions;
  readonly budgets: Budgets;
  /** The address that a request comes from. */
  readonly peerAddress: (request: IncomingMessage) => string;
};

const files: Readonly<
  Record<ExportFormat, { readonly form: CallFormat; readonly type: string; readonly name: string }>
> = {
  csv: { form: "spreadsheet", type: "text/csv; charset=utf-8", name: "calls.csv" },
  "csv-exact": { form: "csv", type: "text/csv; charset=utf-8", name: "calls-exact.csv" },
  ndjson: { form: "ndjson", type: "application/x-ndjson", name: "calls.ndjson" },
};

/** What a file of calls costs, as many as an operation may at most ask for pages. */
const exportCost = 5_000;

/**
 * `GET /export?format=csv|csv-exact|ndjson&timeZone=...&columns=...` with an access token, or `GET /export?ticket=...` alone: the calls of
 * the workspace as a file, as fast as the reader takes it. It spends from the budget of the session that asked.
 */
export function registerExportRoutes(routes: FastifyInstance, deps: ExportRouteDeps): void {
  routes.register(async (scope) => addExportRoute(scope, deps));
}

function addExportRoute(scope: FastifyInstance, deps: ExportRouteDeps): void {
  const { exports, calls, sessions } = deps;
  const spending = addRestSpending(scope, deps);

  scope.get("/export", async (request, reply) => {
    const parameters = new URL(request.url, "http://localhost").searchParams;
    const ticket = parameters.get("ticket");
    const asked = ticket === null ? await spending.proving(request, withToken) : exports.redeem(ticket);
    if (asked === null) throw new DomainError("FORBIDDEN", "This link has been used, or is more than a minute old.");
    const { principal, wish } = asked;
    const workspaceId = exports.workspaceOf(principal);
    spending.ofSession(request, principal, exportCost);
    const { form, type, name } = files[wish.format];
    const groups =
      wish.filter === null ? callsInOrderOfLogging(calls, workspaceId) : callsOfFilter(calls, workspaceId, wish.filter);
    const timeZone = form === "spreadsheet" ? wish.timeZone : null;
    return reply
      .type(type)
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("cache-control", "no-store")
      .send(
        Readable.from(
          formatCalls(groups, form, () => undefined, timeZone, wish.columns),
          { objectMode: false },
        ),
      );

    async function withToken() {
      const bearer = bearerOf(request.raw);
      if (bearer === null) throw unauthenticated();
      const principal = await sessions.authenticate(bearer);
      sessions.admit(principal);
      return { principal, wish: exports.read(parameters) };
    }
  });
}

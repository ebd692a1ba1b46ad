import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Budgets } from "../domain/budgets.ts";
import { DomainError, unauthenticated } from "../domain/errors.ts";
import { callColumns, type ExportFormat, exportFormats, type Exports } from "../domain/exports.ts";
import type { Sessions } from "../domain/sessions.ts";
import type { CallStore } from "../domain/storage.ts";
import type { Principal } from "../domain/workspace.ts";
import { type CallFormat, callsInOrderOfLogging, callsOfFilter, formatCalls } from "../export/format.ts";
import { fileOutcomes } from "./openapi/failures.ts";
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

const text = z.string({ error: (issue) => `${String(issue.path?.at(-1))} is given more than once.` });

/** What is asked for; the values are judged where a ticket's are. */
const wishShape = z
  .object({
    ticket: text.optional().describe("The word of a link; what else is given counts for nothing then."),
    format: text.optional().meta({ enum: [...exportFormats], default: "csv", description: "csv is for spreadsheets." }),
    timeZone: text.optional().describe("Of the times in a spreadsheet: a name of the IANA time zone database."),
    columns: text.optional().describe(`Of a spreadsheet, between commas, some of: ${callColumns.join(", ")}.`),
  })
  .catchall(text);

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

  const schema = {
    tags: ["Files"],
    operationId: "exportCalls",
    summary: "Calls as a file",
    description: "With an access token all of them, oldest first; with a ticket alone those that it was asked for.",
    security: [{ accessToken: [] }, { exportTicket: [] }],
    querystring: wishShape,
    response: fileOutcomes(
      [...new Set(Object.values(files).map(({ type }) => type.split(";", 1)[0] ?? type))],
      "The file, as it is read.",
      "BAD_USER_INPUT",
      "BAD_REQUEST",
      "UNAUTHENTICATED",
      "FORBIDDEN",
      "RATE_LIMITED",
    ),
  };
  const signIn = async (request: FastifyRequest) => {
    if ((request.query as Readonly<Record<string, unknown>>)["ticket"] !== undefined) return;
    const principal = await spending.proving(request, async () => {
      const bearer = bearerOf(request.raw);
      if (bearer === null) throw unauthenticated();
      return sessions.authenticate(bearer);
    });
    sessions.admit(principal);
    request.setDecorator("principal", principal);
  };
  scope.decorateRequest("principal", null);
  scope
    .withTypeProvider<ZodTypeProvider>()
    .get("/export", { schema, preValidation: signIn }, async (request, reply) => {
      const { ticket, ...parameters } = request.query;
      const asked =
        ticket === undefined
          ? { principal: request.getDecorator<Principal>("principal"), wish: exports.read(parameters) }
          : exports.redeem(ticket);
      if (asked === null) throw new DomainError("FORBIDDEN", "This link has been used, or is more than a minute old.");
      const { principal, wish } = asked;
      spending.ofSession(request, principal, exportCost);
      const workspaceId = await exports.begin(principal, wish);
      const { form, type, name } = files[wish.format];
      const groups =
        wish.filter === null
          ? callsInOrderOfLogging(calls, workspaceId)
          : callsOfFilter(calls, workspaceId, wish.filter);
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
    });
}

import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { DomainError, unauthenticated } from "../domain/errors.ts";
import type { ExportFormat, Exports } from "../domain/exports.ts";
import type { Sessions } from "../domain/sessions.ts";
import type { CallStore } from "../domain/storage.ts";
import { type CallFormat, callsInOrderOfLogging, formatCalls } from "../export/format.ts";
import { bearerOf } from "./request-head.ts";

export type ExportRouteDeps = {
  readonly exports: Exports;
  readonly calls: Pick<CallStore, "page" | "find">;
  readonly sessions: Sessions;
};

const files: Readonly<
  Record<ExportFormat, { readonly form: CallFormat; readonly type: string; readonly name: string }>
> = {
  csv: { form: "spreadsheet", type: "text/csv; charset=utf-8", name: "calls.csv" },
  "csv-exact": { form: "csv", type: "text/csv; charset=utf-8", name: "calls-exact.csv" },
  ndjson: { form: "ndjson", type: "application/x-ndjson", name: "calls.ndjson" },
};

/**
 * `GET /export?format=csv|csv-exact|ndjson&timeZone=...` with an access token, or `GET /export?ticket=...` alone: every call of the
 * workspace as a file, as fast as the reader takes it.
 */
export function registerExportRoutes(routes: FastifyInstance, { exports, calls, sessions }: ExportRouteDeps): void {
  routes.get("/export", async (request, reply) => {
    const parameters = new URL(request.url, "http://localhost").searchParams;
    const ticket = parameters.get("ticket");
    const asked = ticket === null ? await withToken() : exports.redeem(ticket);
    if (asked === null) throw new DomainError("FORBIDDEN", "This link has been used, or is more than a minute old.");
    const { form, type, name } = files[asked.wish.format];
    const groups = callsInOrderOfLogging(calls, exports.workspaceOf(asked.principal));
    const timeZone = form === "spreadsheet" ? asked.wish.timeZone : null;
    return reply
      .type(type)
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("cache-control", "no-store")
      .send(
        Readable.from(
          formatCalls(groups, form, () => undefined, timeZone),
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

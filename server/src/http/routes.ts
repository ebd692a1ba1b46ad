import type { Log } from "../domain/ports.ts";
import { registerDocsRoutes } from "./docs/docs-routes.ts";
import { registerExportRoutes } from "./export-routes.ts";
import { registerGraphiqlRoutes } from "./graphiql/graphiql-routes.ts";
import { registerHealthRoutes } from "./health-routes.ts";
import { registerIngestRoutes } from "./ingest-routes.ts";
import { registerInvitationRoutes } from "./invitation-routes.ts";
import { registerKeyRoutes } from "./key-routes.ts";
import { describeRoutes } from "./openapi/describe-routes.ts";
import { registerPageRoutes } from "./page-routes.ts";
import { registerRestRoutes } from "./rest/rest-routes.ts";
import { createRouter } from "./router.ts";
import { registerSchemaRoutes } from "./schema-routes.ts";
import type { Router } from "./server.ts";
import { registerSessionRoutes } from "./session-routes.ts";
import { registerSetupRoutes } from "./setup-routes.ts";

/** What each group of routes works with. */
export type RouteDeps = {
  readonly log: Log;
  readonly health: Parameters<typeof registerHealthRoutes>[1];
  readonly schema: Parameters<typeof registerSchemaRoutes>[1];
  readonly rest: Parameters<typeof registerRestRoutes>[1];
  readonly exports: Parameters<typeof registerExportRoutes>[1];
  readonly ingest: Parameters<typeof registerIngestRoutes>[1];
  readonly keys: Parameters<typeof registerKeyRoutes>[1];
  readonly session: Parameters<typeof registerSessionRoutes>[1];
  readonly invitations: Parameters<typeof registerInvitationRoutes>[1];
  readonly setup: Parameters<typeof registerSetupRoutes>[1];
  readonly pages: Parameters<typeof registerPageRoutes>[1];
  readonly docs: Parameters<typeof registerDocsRoutes>[1];
};

/** Every route but `/graphql`, `/graphql/stream` and `/websocket`. */
export function createRoutes({ log, ...deps }: RouteDeps): Promise<Router> {
  return createRouter({ log }, async (routes) => {
    await describeRoutes(routes);
    registerHealthRoutes(routes, deps.health);
    registerSchemaRoutes(routes, deps.schema);
    registerRestRoutes(routes, deps.rest);
    registerExportRoutes(routes, deps.exports);
    registerGraphiqlRoutes(routes);
    registerDocsRoutes(routes, deps.docs);
    await registerIngestRoutes(routes, deps.ingest);
    registerKeyRoutes(routes, deps.keys);
    registerSessionRoutes(routes, deps.session);
    registerInvitationRoutes(routes, deps.invitations);
    registerSetupRoutes(routes, deps.setup);
    registerPageRoutes(routes, deps.pages);
  });
}

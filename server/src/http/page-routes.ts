import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { fileOutcomes } from "./openapi/failures.ts";
import type { WebApp } from "./web-app.ts";

/** What the router serves of the pages that people see: set-up while nobody has an account, and the style of `/docs`. */
export function registerPageRoutes(
  routes: FastifyInstance,
  { isSetupPending, webApp }: { isSetupPending: () => Promise<boolean>; webApp: WebApp },
): void {
  const schema = {
    tags: ["Accounts"],
    operationId: "setUpPage",
    summary: "The page that makes the first account",
    response: { ...fileOutcomes(["text/html"], "The page."), 303: z.null().describe("There is an account already.") },
  };
  routes.get("/setup", { schema }, async (request, reply) => {
    if (!(await isSetupPending())) return reply.redirect("/", 303);
    webApp.page(request.raw, reply.hijack().raw, request.id);
    return reply;
  });
  const style = readFileSync(new URL("docs/page.css", import.meta.url));
  routes.get("/page.css", { schema: { hide: true } }, (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(style),
  );
}

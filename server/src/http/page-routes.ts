import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import type { WebApp } from "./web-app.ts";

/** What the router serves of the pages that people see: set-up while nobody has an account, and the style of `/docs`. */
export function registerPageRoutes(
  routes: FastifyInstance,
  { isSetupPending, webApp }: { isSetupPending: () => Promise<boolean>; webApp: WebApp },
): void {
  routes.get("/setup", async (request, reply) => {
    if (!(await isSetupPending())) return reply.redirect("/", 303);
    webApp.page(request.raw, reply.hijack().raw, request.id);
    return reply;
  });
  const style = readFileSync(new URL("docs/page.css", import.meta.url));
  routes.get("/page.css", (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(style),
  );
}

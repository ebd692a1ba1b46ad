import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { type DocsFacts, docsPage } from "./docs-page.ts";

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** `GET /docs`: the error codes and limits for people, the same for everybody. Made once, at the start. */
export function registerDocsRoutes(routes: FastifyInstance, facts: DocsFacts): void {
  const page = docsPage(facts);
  const style = readFileSync(new URL("docs.css", import.meta.url));
  routes.get("/docs", async (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", contentSecurityPolicy)
      .header("cache-control", "no-cache")
      .send(page),
  );
  routes.get("/docs.css", async (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(style),
  );
}

import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { fileOutcomes } from "../openapi/failures.ts";
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
  const schema = {
    tags: ["This server"],
    operationId: "docs",
    summary: "Error codes, limits and settings, for people",
    response: fileOutcomes(["text/html"], "The page; /docs#CODE is about that code."),
  };
  routes.get("/docs", { schema }, async (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", contentSecurityPolicy)
      .header("cache-control", "no-cache")
      .send(page),
  );
  routes.get("/docs.css", { schema: { hide: true } }, async (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(style),
  );
}

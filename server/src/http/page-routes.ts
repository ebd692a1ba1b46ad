import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";

/** The files of `web/public`, by the path they are served under. A short list, so nothing else can be reached. */
const pages = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/setup": ["setup.html", "text/html; charset=utf-8"],
  "/setup.js": ["setup.js", "text/javascript; charset=utf-8"],
  "/invitation": ["invitation.html", "text/html; charset=utf-8"],
  "/invitation.js": ["invitation.js", "text/javascript; charset=utf-8"],
  "/page.css": ["page.css", "text/css; charset=utf-8"],
} as const;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The pages that people see. Nothing inline: scripts and styles come from this server alone. */
export function registerPageRoutes(
  routes: FastifyInstance,
  { isSetupPending }: { isSetupPending: () => boolean },
): void {
  const folder = new URL("../../../web/public/", import.meta.url);
  for (const [path, [file, type]] of Object.entries(pages)) {
    const content = readFileSync(new URL(file, folder));
    routes.get(path, async (_request, reply) => {
      if (path === "/setup" && !isSetupPending()) return reply.redirect("/", 303);
      return reply
        .type(type)
        .header("content-security-policy", contentSecurityPolicy)
        .header("cache-control", "no-cache")
        .send(content);
    });
  }
}

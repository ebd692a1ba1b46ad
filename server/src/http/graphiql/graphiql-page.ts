import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { prefersHtml } from "../media-types.ts";
import { standingHeaders } from "../replies.ts";
import { examples } from "./examples.ts";

// Nothing comes from elsewhere and no script stands in the page. Fonts lie inside the style sheet.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Answers a browser that opens `/graphql`; false, with nothing done, when it is no browser that asks. */
export type GraphiqlPage = (request: IncomingMessage, response: ServerResponse, requestId: string) => boolean;

/**
 * GraphiQL, for a person who opens the address of the API: a GET or HEAD that would rather have HTML than JSON. The page is the
 * same for everybody and holds no data: it signs in by itself and asks the API like any other client. Its scripts and styles
 * are served by `registerGraphiqlRoutes`.
 */
export function createGraphiqlPage(): GraphiqlPage {
  const page = Buffer.from(
    readFileSync(new URL("page.html", import.meta.url), "utf8").replace("[/* examples */]", () => scriptJson(examples)),
  );
  return ({ method, headers }, response, requestId) => {
    if ((method !== "GET" && method !== "HEAD") || !prefersHtml(headers.accept)) return false;
    response.writeHead(200, {
      ...standingHeaders,
      "content-type": "text/html; charset=utf-8",
      "content-length": page.length,
      "content-security-policy": contentSecurityPolicy,
      "cache-control": "no-cache",
      vary: "Accept, Origin",
      "x-request-id": requestId,
    });
    response.end(method === "HEAD" ? undefined : page);
    return true;
  };
}

/** JSON that cannot end the script element that it stands in (HTML, section 4.12.1.3). */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DomainError } from "../domain/errors.ts";
import { replyWithError, standingHeaders } from "./replies.ts";
import type { RequestHandler } from "./server.ts";

/** First segments of the app's own paths: a browser that opens one, or anything below it, gets the app. */
export const appPaths: ReadonlySet<string> = new Set([
  "",
  "inbox",
  "unread",
  "mine",
  "unassigned",
  "callback",
  "missed",
  "voicemail",
  "archived",
  "all",
  "views",
  "insights",
  "sources",
  "settings",
  "sign-in",
  "invitation",
]);

const types: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
  png: "image/png",
};

/** A service worker has a policy of its own: it fetches from here, and nothing else. */
const workerPolicy = { "content-security-policy": "default-src 'none'; connect-src 'self'" };

const notBuilt = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Ringback</title></head>
  <body>
    <main>
      <h1>Ringback</h1>
      <p>This server is running, and its API with it (<a href="/docs">/docs</a>). Its web app has not been built:
      run <code>npm run build</code> and load this page again.</p>
    </main>
  </body>
</html>
`;

export type WebApp = {
  /** The handler for a request that is for the app, or null. Looks at method, path and Accept only. */
  readonly handlerOf: (request: IncomingMessage) => RequestHandler | null;
  /** The page, with its headers: for routes that answer the app only sometimes. */
  readonly page: RequestHandler;
};

/**
 * The web app, served from `web/dist` as `npm run build` left it: the page for every path of the app, with a policy that lets
 * nothing inline run but its own theme script, and scripts and styles under names that change with their content, compressed
 * ahead, kept by browsers for good. Nothing is read before somebody asks, and only the page is held in memory.
 */
export function createWebApp(folder: string = fileURLToPath(new URL("../../../web/dist/", import.meta.url))): WebApp {
  let built: Page | null = null;

  const page: RequestHandler = (request, response, requestId) => {
    // Held only once it is there, so that a build is seen without a restart.
    built ??= readPage(folder);
    const { body, copies, etag, policy } = built ?? pageOf(notBuilt);
    const headers = {
      ...standingHeaders,
      "x-request-id": requestId,
      "content-security-policy": policy,
      "cache-control": "no-cache",
      etag,
      vary: "Accept-Encoding",
    };
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const encoding = encodingOf(request);
    const content = (encoding !== null && copies[encoding]) || body;
    response.writeHead(200, {
      ...headers,
      "content-type": "text/html; charset=utf-8",
      "content-length": content.length,
      ...(encoding !== null && content !== body && { "content-encoding": encoding }),
    });
    response.end(request.method === "HEAD" ? undefined : content);
  };

  return {
    page,
    handlerOf(request) {
      if (request.method !== "GET" && request.method !== "HEAD") return null;
      const [path = ""] = (request.url ?? "").split("?", 1);
      if (/^\/assets\/[\w.-]+$/.test(path)) return asset(path.slice(1), "public, max-age=31536000, immutable");
      if (path === "/icon.svg") return asset("icon.svg", "public, max-age=86400");
      // Asked for anew each time, for it decides what is kept of all else.
      if (path === "/service-worker.js") return asset("service-worker.js", "no-cache", workerPolicy);
      const [, first = ""] = path.split("/", 2);
      return appPaths.has(first) && acceptsHtml(request) ? page : null;
    },
  };

  function asset(file: string, cacheControl: string, headers: Readonly<Record<string, string>> = {}): RequestHandler {
    return (request, response, requestId) => {
      void send(request, response, requestId, file, { ...headers, "cache-control": cacheControl });
    };
  }

  async function send(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    file: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> {
    const type = types[file.slice(file.lastIndexOf(".") + 1)];
    const encoding = encodingOf(request);
    const [content, isEncoded] = await contentOf(type === undefined ? null : join(folder, file), encoding);
    if (content === null || type === undefined) {
      replyWithError(response, new DomainError("NOT_FOUND", "There is nothing here."), requestId);
      return;
    }
    response.writeHead(200, {
      ...standingHeaders,
      "x-request-id": requestId,
      "content-type": type,
      "content-length": content.length,
      ...headers,
      vary: "Accept-Encoding",
      ...(isEncoded && encoding !== null && { "content-encoding": encoding }),
    });
    response.end(request.method === "HEAD" ? undefined : content);
  }
}

type Encoding = "br" | "gzip";
const endings = { br: "br", gzip: "gz" } as const;

async function contentOf(
  file: string | null,
  encoding: Encoding | null,
): Promise<readonly [content: Buffer | null, isEncoded: boolean]> {
  if (file === null) return [null, false];
  if (encoding !== null) {
    const copy = await readFile(`${file}.${endings[encoding]}`).catch(() => null);
    if (copy !== null) return [copy, true];
  }
  return [await readFile(file).catch(() => null), false];
}

type Page = {
  readonly body: Buffer;
  readonly copies: { readonly [encoding in Encoding]?: Buffer };
  readonly etag: string;
  readonly policy: string;
};

function readPage(folder: string): Page | null {
  const file = join(folder, "index.html");
  if (!existsSync(file)) return null;
  const copy = (ending: string) => (existsSync(`${file}.${ending}`) ? readFileSync(`${file}.${ending}`) : undefined);
  const [br, gzip] = [copy("br"), copy("gz")];
  return { ...pageOf(readFileSync(file, "utf8")), copies: { ...(br && { br }), ...(gzip && { gzip }) } };
}

function pageOf(html: string): Page {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = ""]) => text);
  const hashes = scripts.map((text) => `'sha256-${hash("sha256", text, "base64")}'`);
  const policy = [
    "default-src 'none'",
    ["script-src 'self'", ...hashes].join(" "),
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return { body: Buffer.from(html), copies: {}, etag: `"${hash("sha256", html, "base64url").slice(0, 22)}"`, policy };
}

function acceptsHtml({ headers: { accept = "" }, url }: IncomingMessage): boolean {
  // The root is the page for whoever asks.
  return accept.includes("text/html") || url === "/";
}

/** The better of the two that the client takes; a quality of 0 means that it does not. */
function encodingOf({ headers }: IncomingMessage): Encoding | null {
  const { "accept-encoding": field = "" } = headers;
  const parts = (Array.isArray(field) ? field.join(",") : field).toLowerCase().split(",");
  const taken = parts.filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part));
  const accepted = new Set(taken.map((part) => part.split(";", 1)[0]?.trim()));
  return accepted.has("br") ? "br" : accepted.has("gzip") ? "gzip" : null;
}

import { type ErrorCode, errorTable } from "../../domain/errors.ts";
import { limits } from "../../graphql/limits.ts";
import { pageLimitMax } from "../../domain/page.ts";
import { bodyLimits } from "../graphql-handler.ts";
import { headLimits } from "../request-head.ts";
import type { WebsocketLimits } from "../websocket/limits.ts";

/** What the page tells beside the tables of the code: how this very server is set. */
export type DocsFacts = {
  readonly websocket: WebsocketLimits;
  readonly sessionCostPerMinute: number;
  readonly networkRequestsPerMinute: number;
  /** Settings that clients notice, with the values in force. */
  readonly settings: readonly { readonly name: string; readonly value: string; readonly meaning: string }[];
};

/**
 * The page `/docs`: how the API is reached, what each error code means (at the anchor `#CODE`), and what may be asked for. Made
 * from the tables that the server itself works by. Whole, static HTML without scripts.
 */
export function docsPage(facts: DocsFacts): string {
  const sections = [
    section("transports", "Transports", [
      table(
        ["path", "what"],
        transports.map(([path, what]) => [code(path), what]),
      ),
    ]),
    section("errors", "Errors", [
      paragraph(
        "Programs decide on `extensions.code`; messages are for people and may get better. Every error also has `requestId` (the header `x-request-id`), and where they are known `field` and `retryAfterMs` (the header `Retry-After`). Under `application/json` GraphQL answers errors with the status 200, save 503; REST routes have the code in the header `x-error-code`.",
      ),
      errorCodes(),
    ]),
    section("limits", "Limits", [
      paragraph("Of one GraphQL request. The query `limits` answers them to programs."),
      table(["what", "limit"], rows(requestLimits())),
      paragraph("Of one WebSocket, session and network."),
      table(["what", "limit"], rows(socketLimits(facts.websocket))),
    ]),
    section("rates", "Rates", [
      paragraph(
        "Spent by each request, and filled up again evenly. What does not suffice is refused with `RATE_LIMITED`; the headers `RateLimit`, `RateLimit-Policy` and `Retry-After` say how it stands. An answer has `extensions.cost` when the request has the header `x-request-cost: true` or `extensions.cost: true`.",
      ),
      table(
        ["who", "may spend in a minute"],
        [
          ["a session", rate(facts.sessionCostPerMinute, "points of cost: 1 for each object that an answer may have")],
          ["a network without a good token", rate(facts.networkRequestsPerMinute, "requests")],
        ],
      ),
    ]),
    section("settings", "Settings of this server", [
      table(
        ["setting", "value", "meaning"],
        facts.settings.map(({ name, value, meaning }) => [
          code(name),
          value === "" ? "–" : code(value),
          prose(meaning),
        ]),
      ),
    ]),
  ];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Ringback: errors and limits</title>
    <link rel="stylesheet" href="/page.css" />
    <link rel="stylesheet" href="/docs.css" />
    <link rel="icon" href="data:," />
  </head>
  <body>
    <main class="wide">
      <h1>Errors and limits</h1>
      <p class="lead">What this server answers when it refuses, and what may be asked of it.</p>
      <nav aria-label="On this page">
        <a href="#transports">Transports</a> <a href="#errors">Errors</a> <a href="#limits">Limits</a>
        <a href="#rates">Rates</a> <a href="#settings">Settings</a>
      </nav>
${sections.join("\n")}
    </main>
  </body>
</html>
`;
}

const transports: readonly (readonly [string, string])[] = [
  ["POST /graphql", "Queries and mutations. In a browser, GraphiQL."],
  ["/websocket", `Every operation, by ${code("graphql-transport-ws")} or ${code("graphql-ws")}.`],
  ["/graphql/stream", "Every operation as server-sent events."],
  ["/auth/…, /me, /calls…", "The same as REST."],
  ["GET /openapi.json", `Every path, <a href="/openapi.json">by OpenAPI 3.1</a>.`],
  ["GET /schema.graphql", "The schema, with an access token."],
  ["POST /ingest/calls", "Calls from phone systems."],
  ["GET /.well-known/jwks.json", "Public keys of access tokens."],
  ["GET /healthz, GET /readyz", "For load balancers."],
];

function errorCodes(): string {
  const codes = Object.keys(errorTable) as ErrorCode[];
  return table(
    ["code", "HTTP", "closes a socket with", "meaning"],
    codes.map((name) => {
      const { http, close, meaning } = errorTable[name];
      return [
        `<a href="#${name}">${code(name)}</a>`,
        String(http),
        close === null ? "–" : String(close),
        prose(meaning),
      ];
    }),
    codes,
  );
}

/** Every limit of a request has its line: one that is added has to be told. */
function requestLimits(): readonly (readonly [string, string])[] {
  const told = {
    tokens: "lexical tokens of the document",
    documentLength: "characters of the document",
    depth: "levels of nested fields",
    aliases: "aliases of an operation",
    rootFields: "fields at the root",
    directives: "directives in the document",
    fragments: "fragments in the document",
    operations: "operations in the document",
    logins: "`login` fields of an operation",
    cost: "cost of an operation",
    errors: "errors that a refusal lists",
    variableDepth: "nested lists and objects of a variable",
    variableText: "characters of one text in the variables",
    preparedDocuments: null,
    rememberedLength: null,
    executionMs: "execution, in milliseconds",
  } as const satisfies Record<keyof typeof limits, string | null>;
  const names = Object.keys(told) as (keyof typeof told)[];
  const lines = names.flatMap((name) => (told[name] === null ? [] : [[told[name], grouped(limits[name])] as const]));
  return [
    ...lines,
    ["calls of one page", grouped(pageLimitMax)],
    ["bytes of a body", grouped(bodyLimits.bytes)],
    ["bytes of the headers", grouped(headLimits.bytes)],
  ];
}

function socketLimits(websocket: WebsocketLimits): readonly (readonly [string, string])[] {
  const told = {
    messageBytesMax: "bytes of a message",
    messagesPerSecond: "messages a second",
    messagesBurst: "messages at once before that",
    operationsMax: "live operations on a socket",
    queueBytesMax: "bytes not yet sent on a socket",
    queueEventsMax: "events not yet sent on a socket",
    initMs: "milliseconds until `connection_init`",
    pingMs: "milliseconds between pings",
    socketsPerSession: "sockets of a session",
    socketsPerNetwork: "sockets of a network",
  } as const satisfies Partial<Record<keyof WebsocketLimits, string>>;
  return (Object.keys(told) as (keyof typeof told)[]).map((name) => [told[name], grouped(websocket[name])]);
}

function rate(quota: number, unit: string): string {
  return quota === 0 ? "as much as it likes" : `${grouped(quota)} ${unit}`;
}

function section(id: string, title: string, parts: readonly string[]): string {
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>\n${parts.join("\n")}</section>`;
}

/** Cells are HTML; `ids` are those of the rows. */
function table(heads: readonly string[], cells: readonly (readonly string[])[], ids?: readonly string[]): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
  const body = cells.map((row, index) => {
    const id = ids?.[index];
    return `<tr${id === undefined ? "" : ` id="${id}"`}>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

function rows(lines: readonly (readonly [string, string])[]): readonly (readonly string[])[] {
  return lines.map(([what, limit]) => [prose(what), limit]);
}

function paragraph(text: string): string {
  return `<p>${prose(text)}</p>`;
}

/** A sentence of ours, in which `marks` stand around what is code. */
function prose(text: string): string {
  return escaped(text).replaceAll(/`([^`]*)`/g, "<code>$1</code>");
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

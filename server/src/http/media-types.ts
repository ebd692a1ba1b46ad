/** What `/graphql` can answer in. Both are JSON; they differ in what the status line says. */
export type ResponseType = "application/json" | "application/graphql-response+json";

/**
 * The media type to answer in for an `Accept` header ("GraphQL over HTTP", section 6.1; RFC 9110, section 12.5.1): the one
 * with the highest weight, of equals the one named first. Clients that do not care get `application/json`. Null when none fits.
 */
export function responseTypeFor(accept: string | undefined): ResponseType | null {
  if (accept === undefined || accept === "*/*" || accept === "application/json") return "application/json";
  let best: ResponseType | null = null;
  let bestWeight = 0;
  for (const range of accept.split(",", 50)) {
    const { type, charset, weight } = readMediaType(range);
    if (charset !== "utf-8" || !(weight > bestWeight)) continue;
    const served = servedBy(type);
    if (served === null) continue;
    best = served;
    bestWeight = weight;
  }
  return best;
}

/** Whether a client with this `Accept` takes a stream of events, as the only form that can be had. */
export function acceptsEventStream(accept: string | undefined): boolean {
  return (accept ?? "*/*").split(",", 50).some((range) => {
    const { type, charset, weight } = readMediaType(range);
    return charset === "utf-8" && weight > 0 && eventStreamRanges.has(type);
  });
}

const eventStreamRanges: ReadonlySet<string> = new Set(["text/event-stream", "text/*", "*/*"]);

/** Whether a browser asks: HTML is named, and preferred to every form of JSON that is named. Any type alone is no browser. */
export function prefersHtml(accept: string | undefined): boolean {
  const weights = { html: 0, json: 0 };
  for (const range of accept?.split(",", 50) ?? []) {
    const { type, weight } = readMediaType(range);
    const kind = type === "text/html" ? "html" : type.endsWith("json") ? "json" : null;
    if (kind !== null && weight > weights[kind]) weights[kind] = weight;
  }
  return weights.html > weights.json;
}

/** Whether a body of this `Content-Type` is JSON in UTF-8, the one form that is read. */
export function isJsonInUtf8(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  if (contentType === "application/json") return true;
  const { type, charset } = readMediaType(contentType);
  return type === "application/json" && charset === "utf-8";
}

function servedBy(range: string): ResponseType | null {
  if (range === "application/graphql-response+json") return range;
  return range === "application/json" || range === "application/*" || range === "*/*" ? "application/json" : null;
}

function readMediaType(text: string) {
  const [type = "", ...parameters] = text.split(";", 10).map((part) => part.trim().toLowerCase());
  let charset = "utf-8";
  let weight = 1;
  for (const parameter of parameters) {
    const [name = "", value = ""] = parameter.split("=", 2).map((part) => part.trim().replaceAll('"', ""));
    if (name === "charset") charset = value === "utf8" ? "utf-8" : value;
    if (name === "q") weight = Number(value);
  }
  return { type, charset, weight };
}

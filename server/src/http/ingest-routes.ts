import { hash } from "node:crypto";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { RefusedDelivery } from "../domain/delivery-store.ts";
import { DomainError, errorTable, unauthenticated } from "../domain/errors.ts";
import type { Intake } from "../domain/intake.ts";
import type { Log } from "../domain/ports.ts";
import type { Delivery, Source, Verdict } from "../domain/source.ts";
import { arrayItemsMax, type BatchFormat, type BatchItem, splitBatch } from "../ingest/batch.ts";
import { deliveryShapes, mappers } from "../ingest/mappers.ts";
import { keyRule, readKey } from "../ingest/reading.ts";
import { outcomes } from "./openapi/failures.ts";
import { errorBody, retryAfterSeconds } from "./replies.ts";

/** Largest body that is read. */
export const ingestBodyBytesMax = 1_048_576;

/** What a source should wait when storage does not say. */
const retryAfterDefaultMs = 5_000;

const verdicts = ["new", "merged", "duplicate", "conflicting", "ignored", "refused"] as const;

const resultShape = z
  .object({
    id: z.string().nullable().describe("The source's own id of the call."),
    verdict: z.enum(verdicts),
    callId: z.string().nullable(),
    reason: z.string().nullable().describe("Sentences for whoever runs the source."),
    line: z.int().min(1).describe("The line of NDJSON, or the place in the array."),
  })
  .meta({ id: "IngestResult", description: "What became of one call. What is refused is not stored." });

const idempotencyShape = z.looseObject({
  "idempotency-key": z.string().optional().describe("The delivery's key, of a call that is sent alone."),
});

const resultsShape = z.object({ results: z.array(resultShape) }).meta({ id: "IngestResults" });

/** What became of one call of a request. `refused` is not stored; the other verdicts are those of {@link Verdict}. */
export type IngestResult = Readonly<z.infer<typeof resultShape>>;

const deliveryShape = z.union([deliveryShapes.generic, deliveryShapes.kamailio]);

/**
 * `POST /ingest/calls`: calls from outside. The Authorization header carries the source's key as a bearer token, the source's
 * kind says how the body is read. The body is one JSON object, a JSON array of at most 1,000, or NDJSON of at most 10,000 lines; 1 MiB at most.
 *
 * Answered 200 with one result a call, in order, once all that could be read is durable, together. Sending the same again is
 * harmless and is answered 200 too. A call that cannot be read is refused in its own result; sent alone, with 400. The header
 * `Idempotency-Key` is the delivery key of a call that is sent alone. 503 with `Retry-After` means: nothing was stored, send it again.
 * Addresses in a body are never fetched.
 */
export async function registerIngestRoutes(
  fastify: FastifyInstance,
  { intake, log }: { readonly intake: Intake; readonly log: Log },
): Promise<void> {
  await fastify.register(async (scope) => {
    const senders = new WeakMap<FastifyRequest, Sender>();

    // The bytes as they came are what is decoded and kept; Fastify stops reading at the limit.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, request, reply) => sendError(error, request, reply, log));

    // The source's kind says how a body is read, and one that cannot be is kept: no shape decides before.
    scope.setValidatorCompiler(() => (value) => ({ value }));

    scope.post("/ingest/calls", {
      bodyLimit: ingestBodyBytesMax,
      schema: {
        tags: ["Phone systems"],
        operationId: "ingestCalls",
        summary: "Calls from a phone system, in the form of its kind",
        description:
          "One call, an array of at most 1,000, or NDJSON of at most 10,000 lines, one call each; 1 MiB at most. Sending the same again is harmless.",
        security: [{ sourceKey: [] }],
        consumes: ["application/json", "application/x-ndjson"],
        headers: idempotencyShape,
        body: z.union([deliveryShape, z.array(deliveryShape).max(arrayItemsMax)]),
        response: outcomes(
          200,
          resultsShape,
          "One result a call, in order; all that could be read is stored.",
          "BAD_USER_INPUT",
          "BAD_REQUEST",
          "UNAUTHENTICATED",
          "PAYLOAD_TOO_LARGE",
          "UNSUPPORTED_MEDIA_TYPE",
          "OVERLOADED",
          "STORAGE_FULL",
        ),
      },
      // Before the body is read: whoever is not known here sends nothing.
      onRequest: async (request) => {
        senders.set(request, { source: await authenticate(request, intake), format: readFormat(request) });
      },
      handler: async (request, reply) => {
        const { source, format } = senders.get(request) ?? refuseUnknown();
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        const results = await receive(source, format, body, readIdempotencyKey(request), intake);
        report(results, source, request, log);
        return send(reply, request, 200, JSON.stringify({ results }));
      },
    });
  });
}

type Sender = { readonly source: Source; readonly format: BatchFormat };

type Placed = { readonly line: number; readonly delivery: Delivery; readonly remarks: readonly string[] };

async function receive(
  source: Source,
  format: BatchFormat,
  body: Uint8Array,
  idempotencyKey: string | null,
  intake: Intake,
): Promise<readonly IngestResult[]> {
  const { isSingle, items } = await splitOrKeep(source, format, body, intake);
  const deliveryKey = isSingle ? idempotencyKey : null;
  const read = items.map((item) => readItem(source, item, deliveryKey));
  const refused = read.find((item) => "verdict" in item);
  await intake.refuse(source, keptOf(items, read));
  if (isSingle && refused !== undefined) {
    throw new DomainError("BAD_USER_INPUT", refused.reason ?? "This is not a call.");
  }
  const placed = read.filter((item) => "delivery" in item);
  const verdicts = await intake.accept(
    source,
    placed.map(({ delivery }) => delivery),
  );
  const accepted = new Map(placed.map((item, index) => [item.line, resultOf(item, verdicts[index])]));
  return read.map((item) => ("delivery" in item ? (accepted.get(item.line) ?? refuseUnknown()) : item));
}

/** Text of a refused body that is kept to be looked at, in UTF-16 code units. */
const refusedTextMax = 16_384;
/** Refused calls of one request that are kept; they tend to be wrong in the same way. */
const refusedKeptMax = 20;

/** Takes the body apart; one that cannot be is kept with the reason. @throws DomainError as {@link splitBatch} */
async function splitOrKeep(source: Source, format: BatchFormat, body: Uint8Array, intake: Intake) {
  try {
    return splitBatch(body, format);
  } catch (error) {
    if (error instanceof DomainError) {
      const text = new TextDecoder().decode(body);
      await intake.refuse(source, [refusedDelivery(text === "" ? "(empty)" : text, error.message)]);
    }
    throw error;
  }
}

function keptOf(items: readonly BatchItem[], read: readonly (Placed | IngestResult)[]): readonly RefusedDelivery[] {
  return read
    .flatMap((each, index) => {
      const item = items[index];
      if (item === undefined || !("verdict" in each)) return [];
      return [refusedDelivery("raw" in item ? item.raw : `(line ${item.line})`, each.reason ?? "")];
    })
    .slice(0, refusedKeptMax);
}

function refusedDelivery(text: string, reason: string): RefusedDelivery {
  // U+0000 cannot be kept by every database, and a cut may halve a character.
  const raw = text.slice(0, refusedTextMax).toWellFormed().replaceAll("\u0000", "\ufffd");
  return { raw, digest: hash("sha256", raw), reason };
}

function readItem(source: Source, item: BatchItem, deliveryKey: string | null): Placed | IngestResult {
  const refusal = { verdict: "refused", callId: null, line: item.line } as const;
  if ("problem" in item) return { ...refusal, id: null, reason: item.problem };
  const reading = mappers[source.kind]({ value: item.value, raw: item.raw, deliveryKey });
  if (reading.ok) return { line: item.line, delivery: reading.delivery, remarks: reading.remarks };
  const id =
    typeof item.value === "object" && item.value !== null && "id" in item.value ? readKey(item.value.id) : null;
  return { ...refusal, id, reason: reading.problem };
}

function resultOf({ line, delivery, remarks }: Placed, verdict: Verdict | undefined): IngestResult {
  if (verdict === undefined) throw new Error("Storage gave fewer verdicts than there were deliveries.");
  const sentences = verdict.reason === null ? remarks : [verdict.reason, ...remarks];
  return {
    id: delivery.groupKey === "" ? null : delivery.groupKey,
    verdict: verdict.verdict,
    callId: verdict.callId === null ? null : String(verdict.callId),
    reason: sentences.length === 0 ? null : sentences.join(" "),
    line,
  };
}

/** Keys are looked up by their digest, so that the time of the look-up tells nothing about them. */
async function authenticate(request: FastifyRequest, intake: Intake): Promise<Source> {
  if ((request.raw.headersDistinct["authorization"]?.length ?? 0) > 1) {
    throw new DomainError("BAD_REQUEST", "There is more than one Authorization header.");
  }
  const key = /^bearer +([^\s,]{1,512}) *$/i.exec(request.headers.authorization ?? "")?.[1];
  const source = key === undefined ? null : await intake.source(hash("sha256", key));
  return source ?? refuseUnknown();
}

function refuseUnknown(): never {
  throw unauthenticated();
}

function readFormat({ headers }: FastifyRequest): BatchFormat {
  const unsupported = (message: string) => new DomainError("UNSUPPORTED_MEDIA_TYPE", message);
  if ((headers["content-encoding"] ?? "identity").toLowerCase() !== "identity") {
    throw unsupported("The body must not be compressed.");
  }
  const [type, ...parameters] = (headers["content-type"] ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const format = type === "application/json" ? "json" : type === "application/x-ndjson" ? "ndjson" : null;
  if (format === null) throw unsupported("The body must be application/json or application/x-ndjson.");
  if (parameters.some((part) => part.startsWith("charset=") && !/^charset="?utf-?8"?$/.test(part))) {
    throw unsupported("The body must be in UTF-8.");
  }
  return format;
}

function readIdempotencyKey({ headers }: FastifyRequest): string | null {
  const given = headers["idempotency-key"];
  if (given === undefined) return null;
  const key = readKey(given);
  if (key === null) throw new DomainError("BAD_REQUEST", `The header Idempotency-Key ${keyRule}.`);
  return key;
}

/** Says in the log what a telephony admin may have to look at, without numbers or names. */
function report(results: readonly IngestResult[], source: Source, request: FastifyRequest, log: Log): void {
  const counts: Partial<Record<IngestResult["verdict"], number>> = {};
  for (const { verdict } of results) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const line = { source: source.id, requestId: request.id, counts };
  if (counts.conflicting !== undefined) log.warn(line, "deliveries came again with other content; the first are kept");
  else if (counts.refused !== undefined) log.warn(line, "calls could not be read");
  else log.debug(line, "calls received");
}

function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const error = thrown instanceof DomainError ? thrown : fromFastify(thrown as FastifyError);
  if (error.code === "INTERNAL_SERVER_ERROR") log.error({ err: thrown, requestId: request.id }, "ingest failed");
  const { http } = errorTable[error.code];
  if (http === 503 || http === 429) {
    reply.header("retry-after", retryAfterSeconds(error.retryAfterMs ?? retryAfterDefaultMs));
  }
  if (http === 401) reply.header("www-authenticate", "Bearer");
  // Whatever of the body has not been read is not going to be.
  if (!request.raw.complete) reply.header("connection", "close");
  return send(reply, request, http, errorBody(error, request.id));
}

function fromFastify({ code, statusCode }: FastifyError): DomainError {
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new DomainError(
      "PAYLOAD_TOO_LARGE",
      `The body is larger than ${ingestBodyBytesMax} bytes; send it in parts.`,
    );
  }
  const isRequestFault = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  if (isRequestFault) return new DomainError("BAD_REQUEST", "The request is not complete or not well formed.");
  return new DomainError("INTERNAL_SERVER_ERROR", "Internal server error");
}

function send(reply: FastifyReply, request: FastifyRequest, status: number, body: string): FastifyReply {
  if (!reply.hasHeader("x-request-id")) reply.header("x-request-id", request.id);
  return reply.code(status).type("application/json; charset=utf-8").send(body);
}

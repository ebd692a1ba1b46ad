import { lookup as lookUp } from "node:dns";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { type AttemptProblem, responseLengthMax } from "../domain/webhook.ts";
import { httpRequest } from "../node-http.ts";
import { type Reach, refusedAddress } from "./networks.ts";

/** What came of a request. */
export type PostAnswer = {
  readonly statusCode: number | null;
  /** Null for an answer of 2xx. */
  readonly problem: AttemptProblem | null;
  readonly response: string | null;
  /** The field `Retry-After` as it came. */
  readonly retryAfter: string | null;
};

/**
 * Sends a body to a receiver and never fails: what went wrong is in the answer. Redirects are not followed, and no address is connected to that
 * {@link Reach} does not allow, whatever its name says: what is looked up is what is connected to.
 */
export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<PostAnswer>;

/** For how long an answer is waited for, from looking up the name to the head of the answer. */
const answerMs = 15_000;
/** For how long the body of an answer is read: what it says is for people alone. */
const bodyMs = 2_000;
/** Enough for the characters that are kept, each of four bytes. */
const bodyBytesMax = 4 * responseLengthMax;

/** @param options.resolve looks names up; that of the system by default */
export function createPost(
  reach: Reach,
  options: { readonly timeoutMs?: number; readonly resolve?: typeof lookUp } = {},
): Post {
  const { timeoutMs = answerMs, resolve = lookUp } = options;
  const lookup = lookupWithin(reach, resolve);

  return async (url, headers, body, signal) => {
    const target = new URL(url);
    const refused = reach.refusalOf(target.hostname);
    if (refused !== null) return failed({ code: "address", text: refused });
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await send(target, headers, body, AbortSignal.any([signal, timeout]), lookup);
      const { statusCode = 0 } = answer;
      const response = await textOf(answer);
      const retryAfter = answer.headers["retry-after"] ?? null;
      return { statusCode, problem: problemOf(statusCode), response: response === "" ? null : response, retryAfter };
    } catch (error) {
      if (timeout.aborted) {
        return failed({ code: "timeout", text: `There was no answer within ${timeoutMs / 1_000} seconds.` });
      }
      return failed(problemOfError(error, target.hostname));
    }
  };
}

/** A connection of its own for each: one that was kept may be closed by the other side just when it is used again. */
function send(
  target: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
  lookup: LookupFunction,
): Promise<IncomingMessage> {
  const request = target.protocol === "https:" ? httpsRequest : httpRequest;
  const sized = { ...headers, "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    request(target, { method: "POST", headers: sized, agent: false, lookup, signal })
      .on("response", resolve)
      .on("error", reject)
      .end(body);
  });
}

/** How the body begins. One that breaks off, or takes too long, ends where it does. */
async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => answer.destroy(), bodyMs);
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= bodyBytesMax) break;
    }
  } catch {
    // The head has said what there was to say.
  } finally {
    clearTimeout(timer);
    answer.destroy();
  }
  // U+0000 is no text to PostgreSQL.
  const text = new TextDecoder().decode(Buffer.concat(chunks)).replaceAll("\u0000", "\ufffd");
  return text.slice(0, responseLengthMax).toWellFormed();
}

function lookupWithin(reach: Reach, resolve: typeof lookUp): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [], 0);
      const allowed = addresses.filter(({ address }) => reach.allows(address));
      const [first] = allowed;
      if (first === undefined) return callback(new AddressRefused(addresses[0]?.address ?? hostname), [], 0);
      if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

class AddressRefused extends Error {
  readonly address: string;

  constructor(address: string) {
    super(refusedAddress(address));
    this.address = address;
  }
}

function problemOf(statusCode: number): AttemptProblem | null {
  if (statusCode >= 200 && statusCode < 300) return null;
  if (statusCode >= 300 && statusCode < 400) {
    return { code: "redirect", text: `The receiver answered ${statusCode}, and redirects are not followed.` };
  }
  return { code: "status", text: `The receiver answered ${statusCode}.` };
}

function problemOfError(error: unknown, host: string): AttemptProblem {
  if (error instanceof AddressRefused) return { code: "address", text: error.message };
  const code = (error as { readonly code?: string }).code ?? "";
  if (/^(ENOTFOUND|EAI_)/.test(code))
    return { code: "name", text: `The name ${host} could not be looked up (${code}).` };
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code)) {
    return { code: "tls", text: `The certificate or its connection was not accepted (${code}).` };
  }
  return { code: "connection", text: `The connection failed (${code === "" ? "unknown" : code}).` };
}

function failed(problem: AttemptProblem): PostAnswer {
  return { statusCode: null, problem, response: null, retryAfter: null };
}

import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { DomainError } from "../domain/errors.ts";

export type JsonBodyLimits = {
  readonly bytes: number;
  /** Lists and objects within each other. */
  readonly depth: number;
};

/**
 * Reads and decodes a JSON body. Stops reading as soon as a limit is passed, so memory stays at the limit whatever is sent.
 * Of a key that stands twice in an object the last one counts; a byte order mark in front is skipped.
 * @throws DomainError PAYLOAD_TOO_LARGE, QUERY_TOO_COMPLEX (nested too deep), BAD_REQUEST (not JSON, not UTF-8)
 */
export function readJsonBody(request: IncomingMessage, limits: JsonBodyLimits): Promise<unknown> {
  return readBytes(request, limits).then(decodeJson);
}

function readBytes(request: IncomingMessage, limits: JsonBodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const guard = createDepthGuard(limits.depth);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isSettled = false;
    // They stay until the request goes: taking them off is as dear as putting them on, and a connection that breaks later on
    // needs one that hears of it.
    request.on("data", onData);
    request.on("end", onEnd);
    request.on("error", onBroken);
    request.on("close", onBroken);

    function onData(chunk: Buffer): void {
      if (isSettled) return;
      const room = limits.bytes - bytes;
      bytes += chunk.length;
      // Depth goes first: a body that is both too deep and too long has one answer, however it is cut into chunks.
      if (!guard(chunk.length > room ? chunk.subarray(0, room) : chunk)) {
        refuse(new DomainError("QUERY_TOO_COMPLEX", `The body is nested more than ${limits.depth} deep.`));
      } else if (chunk.length > room) {
        refuse(new DomainError("PAYLOAD_TOO_LARGE", `The body is larger than ${limits.bytes} bytes.`));
      } else chunks.push(chunk);
    }
    function onEnd(): void {
      if (isSettled) return;
      isSettled = true;
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes));
    }
    function onBroken(): void {
      if (!isSettled) refuse(new DomainError("BAD_REQUEST", "The body ended early."));
    }
    function refuse(error: DomainError): void {
      isSettled = true;
      request.pause();
      reject(error);
    }
  });
}

function decodeJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new DomainError("BAD_REQUEST", "The body is not UTF-8.");
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return JSON.parse(bytes.toString("utf8", hasMark ? 3 : 0));
  } catch (cause) {
    throw new DomainError("BAD_REQUEST", "The body is not JSON.", { cause });
  }
}

/** A function that takes the bytes of a JSON text piece by piece and says whether its nesting is still within the limit. */
function createDepthGuard(depthMax: number): (chunk: Uint8Array) => boolean {
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  return (chunk) => {
    for (const byte of chunk) {
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (byte === 0x5c) isEscaped = true;
        else if (byte === 0x22) isText = false;
      } else if (byte === 0x22) isText = true;
      else if (byte === 0x7b || byte === 0x5b) {
        depth += 1;
        if (depth > depthMax) return false;
      } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    }
    return true;
  };
}

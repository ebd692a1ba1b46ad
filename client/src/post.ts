import { type ErrorEntry, errorOf, RingbackError } from "./error.ts";

export type Answer = {
  readonly data?: unknown;
  readonly errors?: readonly ErrorEntry[];
};

/**
 * POSTs JSON and returns the decoded answer; undefined for an empty one. @throws RingbackError NETWORK where nobody answered, or the
 * code of the first error of the answer; the signal's reason
 */
export async function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: {
        accept: "application/graphql-response+json, application/json;q=0.9",
        "content-type": "application/json",
        ...headers,
      },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    throw new RingbackError("NETWORK", "The server does not answer.", {}, error);
  }
  if (response.status === 204) return undefined;
  throwIfRefused(response, text);
  return JSON.parse(text);
}

/** @throws RingbackError for an answer with errors, and for one that is not the server's: a proxy's that found nobody behind it. */
export function throwIfRefused({ ok, status, headers }: Response, text: string): void {
  const [entry] = errorsOf(text);
  if (ok && entry === undefined) return;
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1_000 : undefined;
  // It did not arrive whole: nothing came of it.
  if (status === 408) throw new RingbackError("NETWORK", "The request did not arrive in time.", entry?.extensions);
  if (entry !== undefined) {
    throw errorOf({
      ...entry,
      extensions: { ...(retryAfterMs !== undefined && { retryAfterMs }), ...entry.extensions },
    });
  }
  const code = status === 429 ? "RATE_LIMITED" : status === 401 ? "UNAUTHENTICATED" : "UNAVAILABLE";
  throw new RingbackError(code, `The server could not be reached (status ${status}).`, { retryAfterMs });
}

function errorsOf(text: string): readonly ErrorEntry[] {
  try {
    return (JSON.parse(text) as Answer | null)?.errors ?? [];
  } catch {
    return [];
  }
}

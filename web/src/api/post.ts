/** What the server refused, or why it could not be asked: `NETWORK` then. `requestId` is what its log has it under. */
export class RequestFailure extends Error {
  readonly code: string;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;

  constructor(code: string, message: string, requestId: string | null = null, retryAfterMs: number | null = null) {
    super(message);
    this.name = "RequestFailure";
    this.code = code;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
  }
}

type ErrorEntry = {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly requestId?: string; readonly retryAfterMs?: number };
};

/** Posts JSON to a path of this server; the decoded answer, or undefined for none. @throws RequestFailure */
export async function post<T = void>(path: string, body: object): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new RequestFailure("NETWORK", "The server does not answer.");
  }
  if (response.status === 204) return undefined as T;
  const answer = (await response.json().catch(() => null)) as { readonly errors?: readonly ErrorEntry[] } | null;
  if (response.ok && answer !== null) return answer as T;
  throw failureOf(answer?.errors?.[0], response.status);
}

/** The failure that an entry of `errors` stands for. */
export function failureOf(entry: ErrorEntry | undefined, status = 500): RequestFailure {
  if (entry === undefined) {
    // Something between us and the server answered: a proxy, most likely.
    return new RequestFailure("UNAVAILABLE", `The server could not be reached (status ${status}).`);
  }
  const { code = "INTERNAL_SERVER_ERROR", requestId = null, retryAfterMs = null } = entry.extensions ?? {};
  return new RequestFailure(code, entry.message, requestId, retryAfterMs);
}

/**
 * Every failure of this package. `code` is one of the server's (`ErrorCode` of its schema), or `NETWORK` where no server answered.
 * Decide on codes: messages are for people.
 */
export class RingbackError extends Error {
  override readonly name = "RingbackError";
  readonly code: string;
  /** What the server's log has it under. */
  readonly requestId: string | null;
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | null;
  /** All that the server said beside the message: `field`, and `call` of a CONFLICT. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, extensions: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, { cause });
    const { requestId, retryAfterMs } = extensions;
    this.code = code;
    this.requestId = typeof requestId === "string" ? requestId : null;
    this.retryAfterMs = typeof retryAfterMs === "number" ? retryAfterMs : null;
    this.extensions = extensions;
  }
}

export type ErrorEntry = { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> };

/** The error that an entry of `errors` stands for. */
export function errorOf({ message, extensions = {} }: ErrorEntry): RingbackError {
  const { code } = extensions;
  return new RingbackError(typeof code === "string" ? code : "INTERNAL_SERVER_ERROR", message, extensions);
}

/** Whether it passes by itself: the same again later may do. */
export function isPassing({ code }: RingbackError): boolean {
  return passing.has(code);
}

const passing: ReadonlySet<string> = new Set(["NETWORK", "UNAVAILABLE", "OVERLOADED", "TIMEOUT", "RATE_LIMITED"]);

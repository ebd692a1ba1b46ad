import { DomainError, type ErrorCode } from "../domain/errors.ts";

/** One entry of `errors` as the specification has it (section 7.1.2), always with a code of the product's table. */
export type ErrorEntry = {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[] | undefined;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions: { readonly code: ErrorCode; readonly [name: string]: unknown };
};

/** Thrown when a request is refused before anything of it is executed. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly entries: readonly ErrorEntry[];

  constructor(entries: readonly ErrorEntry[]) {
    super(entries[0]?.message ?? "refused");
    this.entries = entries;
  }
}

/**
 * The entry for an expected failure, with the id of the request that met it; `Unauthorized` in the very shape that existing
 * clients take apart.
 */
export function entryOf(error: DomainError, requestId?: string): ErrorEntry {
  const { code, message, field, retryAfterMs } = error;
  const named = requestId === undefined ? {} : { requestId };
  if (code === "UNAUTHENTICATED") {
    const exception = { status: 401, message, response: { statusCode: 401, message } };
    return { message, extensions: { code, exception, ...named } };
  }
  return {
    message,
    extensions: {
      code,
      ...(field === undefined ? {} : { field }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...named,
    },
  };
}

/** A refusal that consists of one sentence. */
export function refusal(code: ErrorCode, message: string): Refusal {
  return new Refusal([entryOf(new DomainError(code, message))]);
}

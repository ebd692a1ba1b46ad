import { STATUS_CODES } from "../../node-http.ts";
import { z } from "zod";
import { DomainError, type ErrorCode, errorTable } from "../../domain/errors.ts";

export const refusalShape = z
  .object({
    statusCode: z.int().min(400).max(599),
    message: z.string(),
    error: z.string().describe("The reason phrase of the status."),
  })
  .meta({ id: "Refusal", description: "A request that was refused, or that failed." });

export const unacceptableShape = refusalShape
  .extend({
    statusCode: z.literal(400),
    message: z.array(z.string()).min(1).describe("One sentence for each fault."),
    error: z.literal("Bad Request"),
  })
  .meta({ id: "Unacceptable", description: "A request that is not acceptable as it is." });

export const unauthorizedShape = z
  .object({ statusCode: z.literal(401), message: z.literal("Unauthorized") })
  .meta({ id: "Unauthorized", description: "Not signed in, or the token is not accepted here." });

/** Values that do not have the shape that a route asks for; `messages` says every fault, in the order of the shape. */
export class UnacceptableRequest extends DomainError {
  readonly messages: readonly string[];

  constructor(issues: readonly z.core.$ZodIssue[]) {
    const messages = [...new Set(issues.flatMap(messagesOf))];
    super("BAD_USER_INPUT", messages.join("\n"));
    this.messages = messages;
  }
}

/** The body that clients of these routes know: an array of messages for 400, no `error` for 401. */
export function refusalBody(error: DomainError): object {
  const statusCode: number = errorTable[error.code].http;
  if (statusCode === 401) return { statusCode, message: "Unauthorized" } satisfies z.infer<typeof unauthorizedShape>;
  const reason = STATUS_CODES[statusCode] ?? "Error";
  if (statusCode !== 400) return { statusCode, message: error.message, error: reason };
  const messages = error instanceof UnacceptableRequest ? error.messages : [error.message];
  return { statusCode, message: messages, error: reason };
}

/** What the router refuses by itself, in the product's codes; null for what is a fault of ours. */
export function asRefusal(thrown: unknown): DomainError | null {
  if (thrown instanceof DomainError) return thrown;
  const status = (thrown as { readonly statusCode?: unknown } | null)?.statusCode;
  const [code, message] = frameworkRefusals.find(([, , refused]) => refused === status) ?? [];
  return code === undefined || message === undefined ? null : new DomainError(code, message, { cause: thrown });
}

const frameworkRefusals: readonly (readonly [ErrorCode, string, number])[] = [
  ["BAD_REQUEST", "The request cannot be read.", 400],
  ["PAYLOAD_TOO_LARGE", "The body is larger than the limit.", 413],
  ["UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.", 415],
];

/** The wording that clients of these routes know for a text that is missing, empty or no text. */
function messagesOf(issue: z.core.$ZodIssue): readonly string[] {
  const name = issue.path.join(".");
  const isEmpty = `${name} should not be empty`;
  if (issue.code === "too_small" && issue.origin === "string") return [isEmpty];
  if (issue.code !== "invalid_type" || issue.expected !== "string") return [issue.message];
  return issue.input === undefined || issue.input === null
    ? [`${name} must be a string`, isEmpty]
    : [`${name} must be a string`];
}

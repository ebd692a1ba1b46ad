import { z } from "zod";
import { type ErrorCode, errorTable } from "../../domain/errors.ts";
import { createOutcomes } from "./outcomes.ts";

const errorCodeShape = z
  .enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]])
  .meta({ id: "ErrorCode", description: "Says what is wrong; programs decide on it. /docs tells each." });

/** One error, as GraphQL has them. */
export const errorEntryShape = z
  .looseObject({
    message: z.string().describe("A sentence for people; it may get better."),
    extensions: z.looseObject({
      code: errorCodeShape,
      requestId: z.string().describe("The request as the log knows it; also in the header x-request-id."),
      field: z.string().optional().describe("The argument or parameter at fault."),
      retryAfterMs: z
        .number()
        .min(0)
        .optional()
        .describe("How long a retry should wait; also in the header Retry-After."),
    }),
  })
  .meta({ id: "ErrorEntry", description: "Why something was refused, or that it failed." });

/** The body of whatever is refused outside the REST routes. */
export const failureShape = z
  .object({ errors: z.array(errorEntryShape).min(1) })
  .meta({ id: "Failure", description: "A request that was refused, or that failed, in the form of GraphQL's errors." });

/** What routes answer that refuse in the form of {@link failureShape}. */
export const { outcomes, fileOutcomes, emptyOutcomes, refusals } = createOutcomes(
  () => failureShape,
  ["UNAVAILABLE", "INTERNAL_SERVER_ERROR"],
);

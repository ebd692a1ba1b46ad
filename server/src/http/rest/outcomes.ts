import type { ZodType } from "zod";
import { createOutcomes } from "../openapi/outcomes.ts";
import { refusalShape, unacceptableShape, unauthorizedShape } from "./refusals.ts";

/** What the REST routes answer, with the refusals that their clients know. */
export const { outcomes, fileOutcomes } = createOutcomes(refusalShapeOf, [
  "BAD_REQUEST",
  "OVERLOADED",
  "UNAVAILABLE",
  "STORAGE_FULL",
  "INTERNAL_SERVER_ERROR",
]);

function refusalShapeOf(http: number): ZodType {
  if (http === 400) return unacceptableShape;
  return http === 401 ? unauthorizedShape : refusalShape;
}

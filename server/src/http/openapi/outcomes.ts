import { z, type ZodType } from "zod";
import { type ErrorCode, errorTable } from "../../domain/errors.ts";

/** What one status of an answer means, and the shape of its body. */
type Outcome<Shape extends ZodType> = {
  readonly description: string;
  readonly content: Readonly<Record<string, { readonly schema: Shape }>>;
};

type Success = 200 | 201;

/**
 * How a group of routes says what they answer, for checking types and for the OpenAPI document: each success, and each status of the given
 * codes with their meanings.
 * @param refusalShapeOf the body of a refusal with this status
 * @param anyRoute codes that each route of the group may refuse with, beside its own
 */
export function createOutcomes(refusalShapeOf: (http: number) => ZodType, anyRoute: readonly ErrorCode[]) {
  return { outcomes, fileOutcomes, emptyOutcomes, refusals };

  /** For a route that answers JSON. */
  function outcomes<const Status extends Success, Shape extends ZodType>(
    status: Status,
    shape: Shape,
    description: string,
    ...codes: readonly ErrorCode[]
  ) {
    // The type names the success alone: refusals are thrown, never sent by a handler.
    const all = { ...refusals(...codes), [status]: outcome(description, "application/json", shape) };
    return all as Record<Status, Outcome<Shape>>;
  }

  /** For a route that answers with a text or file of one of these media types. No type for the success: a stream may be sent. */
  function fileOutcomes(types: readonly string[], description: string, ...codes: readonly ErrorCode[]): object {
    const content = Object.fromEntries(types.map((type) => [type, { schema: z.string() }]));
    return { ...refusals(...codes), 200: { description, content } };
  }

  /** For a route whose success has no body. */
  function emptyOutcomes(status: 204 | 303, description: string, ...codes: readonly ErrorCode[]): object {
    return { ...refusals(...codes), [status]: z.null().describe(description) };
  }

  /** The refusals alone. */
  function refusals(...codes: readonly ErrorCode[]): Readonly<Record<string, Outcome<ZodType>>> {
    const byStatus = Map.groupBy([...codes, ...anyRoute], (code) => errorTable[code].http);
    const entries = [...byStatus].map(([http, same]) => {
      const meanings = same.map((code) => `${code}: ${errorTable[code].meaning}`).join(" ");
      return [http, outcome(meanings, "application/json", refusalShapeOf(http))] as const;
    });
    return Object.fromEntries(entries);
  }
}

function outcome<Shape extends ZodType>(description: string, type: string, schema: Shape): Outcome<Shape> {
  return { description, content: { [type]: { schema } } };
}

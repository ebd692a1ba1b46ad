import type { Exchange } from "@urql/core";
import { map, pipe } from "wonka";

/**
 * Where a field failed that cannot be null, the whole answer is `data: null` (GraphQL, "Handling Execution Errors"): told to those who
 * asked as having no data, as the types of operations have it.
 */
export const nullDataIsNone: Exchange =
  ({ forward }) =>
  (operations$) =>
    pipe(
      forward(operations$),
      map((result) => (result.data === null ? { ...result, data: undefined } : result)),
    );

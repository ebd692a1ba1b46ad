import type { BrowserContext, Page, Route } from "playwright-core";

/** What stands in the way of an answer; `code` is told with the id that the server's log would have it under. */
export type Trouble =
  | { readonly code: string; readonly message: string; readonly retryAfterMs?: number; readonly status?: number }
  | "held";

/** The id that a refusal is told with. */
export const requestId = "request-7";

/** Has operations of these names refused, or held, until it is called off; then those that are held go on. */
export async function troubleWith(
  of: Page | BrowserContext,
  names: RegExp,
  trouble: Trouble,
): Promise<() => Promise<void>> {
  const isOver = Promise.withResolvers<void>();
  const held: Promise<void>[] = [];
  const operation = new RegExp(`(query|mutation) (${names.source})\\b`);
  const answer = async (route: Route) => {
    if (!operation.test(route.request().postData() ?? "")) return route.fallback();
    if (trouble === "held") {
      const going = isOver.promise.then(() => route.continue());
      held.push(going);
      return going;
    }
    const { message, status = 200, ...extensions } = trouble;
    return route.fulfill({ status, json: { errors: [{ message, extensions: { ...extensions, requestId } }] } });
  };
  await of.route("**/graphql", answer);
  return async () => {
    isOver.resolve();
    await Promise.all(held);
    await of.unroute("**/graphql", answer);
  };
}

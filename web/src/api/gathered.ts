import type { Exchange, Operation, OperationResult } from "@urql/core";
import { filter, makeSubject, merge, pipe, share, tap } from "wonka";
import type { LiveChangesSubscription } from "./live.gen.ts";

/** What the change stream says at a time. */
export type LiveItem = LiveChangesSubscription["changeStream"];

/** Changes that come in so close together go on as one. The first after a pause goes on at once. */
const gatherMs = 100;

type Gathering = { readonly results: OperationResult[]; timer: ReturnType<typeof setTimeout> | null; lastAtMs: number };

/**
 * Between the cache and the connection: what is done to a thousand calls comes as a thousand changes, and after each the cache
 * would read every page of the list again. Results of `changeStream` that come together go on as one, whose data is the
 * newest item; `gatheredIn` has all of them. What ends the subscription goes on at once, after them.
 */
export const gatherChanges: Exchange = ({ forward }) => {
  return (operations$) => {
    const gathered = makeSubject<OperationResult>();
    const byOperation = new Map<number, Gathering>();

    function flush(key: number): void {
      const gathering = byOperation.get(key);
      if (gathering === undefined) return;
      if (gathering.timer !== null) clearTimeout(gathering.timer);
      gathering.timer = null;
      gathering.lastAtMs = performance.now();
      const results = gathering.results.splice(0);
      const last = results.at(-1);
      if (last === undefined) return;
      const items = results.map(({ data }) => (data as LiveChangesSubscription).changeStream);
      gathered.next({ ...last, data: { ...last.data, gathered: items }, extensions: { gathered: items } });
    }

    /** True for what waits now. */
    function takesIn(result: OperationResult): boolean {
      const { operation, data, error, hasNext } = result;
      if (operation.kind !== "subscription" || !isOfChanges(data)) return false;
      if (error !== undefined || !hasNext) {
        flush(operation.key);
        byOperation.delete(operation.key);
        return false;
      }
      const gathering = byOperation.get(operation.key) ?? { results: [], timer: null, lastAtMs: -Infinity };
      byOperation.set(operation.key, gathering);
      gathering.results.push(result);
      const waitMs = Math.max(0, gathering.lastAtMs + gatherMs - performance.now());
      gathering.timer ??= setTimeout(() => flush(operation.key), waitMs);
      return true;
    }

    /** What waits of it comes again with the next one, which goes on from what was heard. */
    function forget({ kind, key }: Operation): void {
      if (kind !== "teardown") return;
      const timer = byOperation.get(key)?.timer ?? null;
      if (timer !== null) clearTimeout(timer);
      byOperation.delete(key);
    }

    const results$ = pipe(
      operations$,
      tap(forget),
      forward,
      filter((result) => !takesIn(result)),
    );
    return merge([gathered.source, share(results$)]);
  };
};

/** All items that the data, or the extensions, of a result of `changeStream` stand for, in their order. */
export function gatheredIn(part: { readonly gathered?: unknown } | undefined): readonly LiveItem[] {
  return (part?.gathered ?? []) as readonly LiveItem[];
}

function isOfChanges(data: unknown): boolean {
  return typeof data === "object" && data !== null && "changeStream" in data;
}

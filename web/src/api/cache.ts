import type { Exchange } from "@urql/core";
import { cacheExchange, type Cache } from "@urql/exchange-graphcache";

/** A call of the cache, as far as optimistic answers need it. */
type CachedCall = { readonly __typename: "Call"; readonly id: string };

/**
 * The normalized cache: a call is kept once, by its id, and every list and panel that shows it is drawn anew when it changes.
 * Screens add their optimistic answers here, one row each.
 */
export function createCache(): Exchange {
  return cacheExchange({
    keys: {
      PaginatedCalls: () => null,
      CallConnection: () => null,
      CallEdge: () => null,
      PageInfo: () => null,
      CallCounts: () => null,
      CallCountGroup: () => null,
      ChangePage: () => null,
      ActivityPage: () => null,
      Change: (change) => (typeof change["cursor"] === "string" ? change["cursor"] : null),
      ChangeProgress: () => null,
      Limits: () => null,
      RateBudget: () => null,
      SetCallsArchivedResult: () => null,
      CallResult: () => null,
    },
    resolvers: {
      Query: {
        call: (_parent, { id }) => ({ __typename: "Call", id: `${id as number}` }) satisfies CachedCall,
      },
    },
    updates: {
      Mutation: {
        saveView: (_result, _args, cache) => cache.invalidate("Query", "views"),
        deleteView: (_result, _args, cache) => cache.invalidate("Query", "views"),
      },
      Subscription: {
        changeStream(result, _args, cache) {
          const { call } = result["changeStream"] as { readonly call?: CachedCall };
          // Held by the query of that one call: what nothing points at is dropped.
          if (call !== undefined) cache.link("Query", "call", { id: Number(call.id) }, cache.keyOfEntity(call));
        },
      },
    },
    optimistic: {
      addNote({ input }, cache) {
        const { activityId, content } = input as { readonly activityId: string; readonly content: string };
        const call = { __typename: "Call", id: activityId };
        const before = (cache.resolve(call, "notes") ?? []) as readonly string[];
        const notes = before.map((key) => ({
          __typename: "Note",
          id: cache.resolve(key, "id") as string,
          content: cache.resolve(key, "content") as string,
        }));
        return { ...call, notes: [{ __typename: "Note", id: `sending-${activityId}`, content }, ...notes] };
      },
      setCallsArchived({ ids, archived }) {
        return {
          __typename: "SetCallsArchivedResult",
          results: (ids as readonly string[]).map((id) => ({
            __typename: "CallResult",
            id,
            outcome: "CHANGED",
            call: { __typename: "Call", id, is_archived: archived as boolean },
          })),
        };
      },
      addTag({ id, tag }, cache) {
        const call = { __typename: "Call", id: id as string };
        return { ...call, tags: [...new Set([...tagsOf(cache, call), tag as string])].toSorted() };
      },
      removeTag({ id, tag }, cache) {
        const call = { __typename: "Call", id: id as string };
        return { ...call, tags: tagsOf(cache, call).filter((one) => one !== tag) };
      },
      assignCall({ id, userId }, cache) {
        const user = { __typename: "UserType", id: (userId ?? "") as string };
        const username = cache.resolve(user, "username") as string | undefined;
        // Somebody unknown is shown when the answer is there, for the list needs the name.
        if (user.id !== "" && username === undefined) return null;
        return { __typename: "Call", id: id as string, assignee: user.id === "" ? null : { ...user, username } };
      },
    },
  });
}

function tagsOf(cache: Cache, call: { readonly __typename: string; readonly id: string }): readonly string[] {
  return (cache.resolve(call, "tags") ?? []) as readonly string[];
}

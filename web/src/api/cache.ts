import type { Exchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";

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
      NewSource: () => null,
      DeliveryPage: () => null,
      RemapResult: () => null,
      NewApiKey: () => null,
      NewInvitation: () => null,
      Preferences: () => null,
      WorkspaceSettings: () => null,
      ExportTicket: () => null,
    },
    resolvers: {
      Query: {
        call: (_parent, { id }) => ({ __typename: "Call", id: `${id as number}` }) satisfies CachedCall,
      },
    },
    updates: {
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
      archiveCall(args, cache) {
        const call = { __typename: "Call", id: args["id"] as string };
        return { ...call, is_archived: cache.resolve(call, "is_archived") !== true };
      },
    },
  });
}

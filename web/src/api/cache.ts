import type { Exchange, TypedDocumentNode } from "@urql/core";
import { type Cache, cacheExchange } from "@urql/exchange-graphcache";
import { randomKey } from "../lib/random-key.ts";
import { type CallRowFragment, OneCallDocument } from "./calls.gen.ts";
import { gatheredIn } from "./gathered.ts";
import { session } from "./session.ts";

/** The id of a note that the server has not got yet begins with it. */
export const unsentNote = "sending-";

/** The fragment of a call as lists have it: the first of the operation's. */
const callRow = OneCallDocument as TypedDocumentNode<unknown> as TypedDocumentNode<CallRowFragment>;

/** A call of the cache, as far as optimistic answers need it. */
type CachedCall = { readonly __typename: "Call"; readonly id: string };

/**
 * The normalized cache: a call is kept once, by its id, and every list and panel that shows it is drawn anew when it changes.
 * Screens add their optimistic answers here, one row each.
 */
export function createCache(): Exchange {
  return cacheExchange({
    keys: {
      // History has calls and notes as they were once: without an id, so that they are nobody's but the change's.
      Call: idOf,
      Note: idOf,
      Person: idOf,
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
      SetCallsResult: () => null,
      UndoChangesResult: () => null,
      UndoResult: () => null,
      SetCallsUnreadResult: () => null,
      CallResult: () => null,
      NewSource: () => null,
      DeliveryPage: () => null,
      AuditEventPage: () => null,
      AuditActor: () => null,
      AuditTarget: () => null,
      AuditDetail: () => null,
      RemapResult: () => null,
      NewApiKey: () => null,
      NewWebhook: () => null,
      WebhookDeliveryConnection: () => null,
      WebhookAttempt: () => null,
      NewInvitation: () => null,
      Preferences: () => null,
      WorkspaceSettings: () => null,
      ExportTicket: () => null,
      CallLeg: () => null,
      ChangeActor: () => null,
      PhoneNumber: () => null,
      Presence: () => null,
      CallReturn: () => null,
      CallReturnFigures: () => null,
    },
    resolvers: {
      Query: {
        // What a list has fetched already is there, unless the server has said that there is no such call.
        call: (_parent, { id }, cache) =>
          cache.resolve("Query", "call", { id: id as number }) === null
            ? null
            : ({ __typename: "Call", id: `${id as number}` } satisfies CachedCall),
      },
    },
    updates: {
      Mutation: {
        saveView: (_result, _args, cache) => cache.invalidate("Query", "views"),
        addWebhook: (_result, _args, cache) => cache.invalidate("Query", "webhooks"),
        deleteWebhook: (_result, _args, cache) => cache.invalidate("Query", "webhooks"),
        deleteView: (_result, _args, cache) => cache.invalidate("Query", "views"),
      },
      Subscription: {
        changeStream(result, _args, cache) {
          const changes = gatheredIn(result).flatMap((item) => (item.__typename === "Change" ? [item] : []));
          // The newest of each call is enough.
          for (const { kind, call } of new Map(changes.map((one) => [one.call.id, one])).values()) {
            if (kind === "CALL_DELETED") {
              // What has it is fetched again; it alone is known to be gone.
              cache.invalidate({ __typename: "Call", id: call.id });
              cache.link("Query", "call", { id: Number(call.id) }, null);
              continue;
            }
            cache.writeFragment(callRow, call);
            // Held by the query of that one call: what nothing points at is dropped.
            cache.link("Query", "call", { id: Number(call.id) }, cache.keyOfEntity(call));
          }
        },
      },
    },
    optimistic: {
      addNote({ input }, cache) {
        const { activityId, content } = input as { readonly activityId: string; readonly content: string };
        const call = { __typename: "Call", id: activityId };
        // Null for a call that is not here: there are more notes than this one, perhaps.
        const before = cache.resolve(call, "notes") as readonly string[] | null | undefined;
        if (!before) return null;
        const state = session.state.get();
        const note = {
          __typename: "Note",
          id: `${unsentNote}${randomKey()}`,
          content,
          author: "user" in state ? { __typename: "Person", id: state.user.id, username: state.user.username } : null,
          createdAt: new Date().toISOString(),
          editedAt: null,
        };
        return { ...call, notes: [note, ...before.map((key) => noteOf(cache, key))] };
      },
      editNote({ id, content }, cache) {
        return withNotes(cache, id as string, (notes) =>
          notes.map((note) =>
            note.id === id ? { ...note, content: content as string, editedAt: new Date().toISOString() } : note,
          ),
        );
      },
      deleteNote({ id }, cache) {
        return withNotes(cache, id as string, (notes) => notes.filter((note) => note.id !== id));
      },
      addTag({ id, tag }, cache) {
        return withTags(cache, id as string, (tags) => [...new Set([...tags, (tag as string).trim()])].toSorted());
      },
      removeTag({ id, tag }, cache) {
        return withTags(cache, id as string, (tags) => tags.filter((one) => one !== tag));
      },
      setCallsArchived({ ids, archived }) {
        // Which calls a filter lets through is told by the answer.
        if (!ids) return null;
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
      setCallsTag({ ids, tag, present }, cache) {
        if (!ids) return null;
        const name = (tag as string).trim();
        return changedCalls(ids as readonly string[], (id) =>
          withTags(cache, id, (tags) =>
            present === true ? [...new Set([...tags, name])].toSorted() : tags.filter((one) => one !== name),
          ),
        );
      },
      setCallsAssignee({ ids, userId }, cache) {
        if (!ids) return null;
        return changedCalls(ids as readonly string[], (id) => withAssignee(cache, id, userId as string | null));
      },
      assignCall({ id, userId }, cache) {
        return withAssignee(cache, id as string, userId as string | null | undefined);
      },
    },
  });
}

type CachedNote = { readonly __typename: "Note"; readonly id: string };

function noteOf(cache: Cache, key: string): CachedNote {
  const author = cache.resolve(key, "author") as string | null | undefined;
  return {
    __typename: "Note",
    id: cache.resolve(key, "id") as string,
    content: cache.resolve(key, "content"),
    createdAt: cache.resolve(key, "createdAt"),
    editedAt: cache.resolve(key, "editedAt"),
    author: author
      ? { __typename: "Person", id: cache.resolve(author, "id"), username: cache.resolve(author, "username") }
      : author,
  } as CachedNote;
}

/** The call that has the note, with other notes; nothing when no call that was opened has it. */
function withNotes(cache: Cache, noteId: string, alter: (notes: readonly CachedNote[]) => readonly CachedNote[]) {
  const noteKey = cache.keyOfEntity({ __typename: "Note", id: noteId });
  for (const { fieldName, fieldKey } of cache.inspectFields("Query")) {
    if (fieldName !== "call") continue;
    const call = cache.resolve("Query", fieldKey) as string | null | undefined;
    if (!call) continue;
    const keys = (cache.resolve(call, "notes") ?? []) as readonly string[];
    if (noteKey === null || !keys.includes(noteKey)) continue;
    const notes = alter(keys.map((key) => noteOf(cache, key)));
    return { __typename: "Call", id: cache.resolve(call, "id") as string, notes };
  }
  return null;
}

/** The answer of a mutation of many calls, without those that nothing can be told of yet. */
function changedCalls(ids: readonly string[], alter: (id: string) => CachedCall | null) {
  const results = ids.flatMap((id) => {
    const call = alter(id);
    return call === null ? [] : [{ __typename: "CallResult", id, outcome: "CHANGED", call }];
  });
  return { __typename: "SetCallsResult", results };
}

function withAssignee(cache: Cache, id: string, userId: string | null | undefined) {
  const call = { __typename: "Call", id } as const;
  if (userId === null || userId === undefined) return { ...call, assignee: null };
  const username = cache.resolve({ __typename: "Person", id: userId }, "username") as string | undefined;
  // Somebody unknown is shown when the answer is there, for the list needs the name.
  return username === undefined ? null : { ...call, assignee: { __typename: "Person", id: userId, username } };
}

function withTags(cache: Cache, id: string, alter: (tags: readonly string[]) => readonly string[]) {
  const call = { __typename: "Call", id } as const;
  const tags = cache.resolve(call, "tags") as readonly string[] | undefined;
  return tags === undefined ? null : { ...call, tags: alter(tags) };
}

function idOf({ id }: { readonly id?: unknown }): string | null {
  return typeof id === "string" ? id : null;
}

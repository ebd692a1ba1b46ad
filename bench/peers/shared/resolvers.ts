import DataLoader from "dataloader";
import { known, readPage } from "./calls.ts";
import type { CallRow, NoteRow, Store } from "./store.ts";
import type { User } from "./token.ts";

export type Context = { user: User; notes: DataLoader<number, NoteRow[]> };

/** What a resolver of one request finds in its context: who asks, and the notes of many calls in one statement. */
export function contextFor(store: Store, user: User): Context {
  return { user, notes: new DataLoader(async (ids) => store.notesOf(ids), { cache: false }) };
}

/** Resolvers for the alternatives that run graphql-js. Published calls carry their notes. */
export function resolversOver(
  store: Store,
  changes: { publish: (call: CallRow) => void; subscribe: () => AsyncIterable<unknown> },
) {
  const published = (call: CallRow): CallRow => {
    changes.publish(call);
    return call;
  };
  return {
    Query: {
      paginatedCalls: (_root: unknown, { offset, limit }: { offset: number; limit: number }) =>
        readPage(store, offset, limit),
      call: (_root: unknown, { id }: { id: number }) => store.call(id),
    },
    Mutation: {
      archiveCall: (_root: unknown, { id }: { id: string }) => published(known(store.toggleArchived(Number(id)))),
      addNote: (_root: unknown, { input }: { input: { activityId: string; content: string } }) =>
        published(known(store.addNote(Number(input.activityId), input.content))),
    },
    Subscription: { onUpdateCall: { subscribe: () => changes.subscribe() } },
    Call: { notes: (call: CallRow, _args: unknown, { notes }: Context) => call.notes ?? notes.load(call.id) },
  };
}

import cors from "@fastify/cors";
import jwt from "@fastify/jwt";
import Fastify from "fastify";
import mercurius from "mercurius";
import { known, readPage } from "./shared/calls.ts";
import { typeDefs } from "./shared/schema.ts";
import { announce, settings } from "./shared/settings.ts";
import { type CallRow, openStore } from "./shared/store.ts";
import { userOf } from "./shared/token.ts";

// Mercurius on Fastify as its documentation advises for speed: JIT at the first execution, loaders for the notes.

const store = openStore(settings.database, settings);
const app = Fastify();
await app.register(cors);
await app.register(jwt, { secret: settings.secret });

await app.register(mercurius, {
  schema: typeDefs,
  jit: 1,
  context: async (request) => {
    await request.jwtVerify();
    return { user: request.user };
  },
  resolvers: {
    Query: {
      paginatedCalls: (_root: unknown, { offset, limit }: { offset: number; limit: number }) =>
        readPage(store, offset, limit),
      call: (_root: unknown, { id }: { id: number }) => store.call(id),
    },
    Mutation: {
      archiveCall: async (_root: unknown, { id }: { id: string }, { pubsub }) => {
        const call = known(store.toggleArchived(Number(id)));
        await pubsub.publish({ topic: "call", payload: { onUpdateCall: call } });
        return call;
      },
      addNote: async (_root: unknown, { input }: { input: { activityId: string; content: string } }, { pubsub }) => {
        const call = known(store.addNote(Number(input.activityId), input.content));
        await pubsub.publish({ topic: "call", payload: { onUpdateCall: call } });
        return call;
      },
    },
    Subscription: {
      onUpdateCall: { subscribe: async (_root: unknown, _args: unknown, { pubsub }) => pubsub.subscribe("call") },
    },
  },
  loaders: {
    Call: {
      notes: {
        loader: async (queries: { obj: CallRow }[]) => {
          const missing = queries.filter(({ obj }) => obj.notes === undefined).map(({ obj }) => obj.id);
          const found = missing.length > 0 ? store.notesOf(missing) : [];
          let next = 0;
          return queries.map(({ obj }) => obj.notes ?? found[next++]);
        },
        opts: { cache: false },
      },
    },
  },
  subscription: {
    onConnect: ({ payload }: { payload: Record<string, unknown> }) => ({ user: userOf(payload["authorization"]) }),
  },
});

await app.listen({ host: "127.0.0.1", port: 0 });
announce((app.server.address() as { port: number }).port);

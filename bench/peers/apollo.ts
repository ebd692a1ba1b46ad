import { createServer } from "node:http";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { expressMiddleware } from "@as-integrations/express5";
import { makeExecutableSchema } from "@graphql-tools/schema";
import cors from "cors";
import express from "express";
import { PubSub } from "graphql-subscriptions";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { type Context, contextFor, resolversOver } from "./shared/resolvers.ts";
import { typeDefs } from "./shared/schema.ts";
import { announce, settings } from "./shared/settings.ts";
import { openStore } from "./shared/store.ts";
import { userOf } from "./shared/token.ts";

// Apollo Server on Express 5 with graphql-ws for subscriptions, as the two projects document it together.

const store = openStore(settings.database, settings);
const pubsub = new PubSub();
const schema = makeExecutableSchema({
  typeDefs,
  resolvers: resolversOver(store, {
    publish: (call) => void pubsub.publish("call", { onUpdateCall: call }),
    subscribe: () => pubsub.asyncIterableIterator("call"),
  }),
});

const app = express();
const httpServer = createServer(app);
const sockets = new WebSocketServer({ server: httpServer, path: "/graphql" });
const socketServer = useServer(
  { schema, context: ({ connectionParams }) => contextFor(store, userOf(connectionParams?.["authorization"])) },
  sockets,
);
const apollo = new ApolloServer<Context>({
  schema,
  plugins: [
    ApolloServerPluginDrainHttpServer({ httpServer }),
    { serverWillStart: async () => ({ drainServer: async () => socketServer.dispose() }) },
  ],
});
await apollo.start();
app.use(
  "/graphql",
  cors<cors.CorsRequest>(),
  express.json(),
  expressMiddleware(apollo, { context: async ({ req }) => contextFor(store, userOf(req.headers.authorization)) }),
);

httpServer.listen(0, "127.0.0.1", () => announce((httpServer.address() as { port: number }).port));

import { createServer } from "node:http";
import { createInlineSigningKeyProvider, extractFromHeader, useJWT } from "@graphql-yoga/plugin-jwt";
import { useServer } from "graphql-ws/use/ws";
import { createPubSub, createSchema, createYoga } from "graphql-yoga";
import { WebSocketServer } from "ws";
import { type Context, contextFor, resolversOver } from "./shared/resolvers.ts";
import { typeDefs } from "./shared/schema.ts";
import { announce, settings } from "./shared/settings.ts";
import { type CallRow, openStore } from "./shared/store.ts";
import { type User, userOf } from "./shared/token.ts";

// GraphQL Yoga on node:http with its JWT plugin, and graphql-ws for subscriptions, as documented.

const store = openStore(settings.database, settings);
const pubsub = createPubSub<{ call: [{ onUpdateCall: CallRow }] }>();
const schema = createSchema<Context>({
  typeDefs,
  resolvers: resolversOver(store, {
    publish: (call) => pubsub.publish("call", { onUpdateCall: call }),
    subscribe: () => pubsub.subscribe("call"),
  }),
});

const yoga = createYoga({
  schema,
  logging: false,
  graphiql: false,
  plugins: [
    useJWT({
      signingKeyProviders: [createInlineSigningKeyProvider(settings.secret)],
      tokenLookupLocations: [extractFromHeader({ name: "authorization", prefix: "Bearer" })],
      tokenVerification: { algorithms: ["HS256"] },
      reject: { missingToken: true, invalidToken: true },
    }),
  ],
  context: (initial) => contextFor(store, (initial as { jwt?: { payload: User } }).jwt?.payload as User),
});

const server = createServer(yoga);
useServer(
  { schema, context: ({ connectionParams }) => contextFor(store, userOf(connectionParams?.["authorization"])) },
  new WebSocketServer({ server, path: yoga.graphqlEndpoint }),
);
server.listen(0, "127.0.0.1", () => announce((server.address() as { port: number }).port));

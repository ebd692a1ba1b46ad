import { ApolloClient, ApolloError, gql, HttpLink, InMemoryCache, split } from "apollo-client-3/core/index.js";
import { WebSocketLink } from "apollo-client-3/link/ws/index.js";
import { getMainDefinition } from "apollo-client-3/utilities/index.js";
import { Kind, OperationTypeNode } from "graphql";
import { SubscriptionClient } from "subscriptions-transport-ws";
import { authorization, type Data, describeJourney } from "./journey.ts";

describeJourney("Apollo Client 3 with subscriptions-transport-ws 0.11", ({ url, socketUrl }, state) => {
  const socket = new SubscriptionClient(socketUrl, {
    lazy: true,
    reconnect: true,
    timeout: 30_000,
    connectionParams: () => authorization(state.accessToken),
    // This client does not see close codes: it is told by connection_error.
    connectionCallback: (error) => {
      if (error === undefined) return;
      // After two refusals in a row it forgets its subscriptions, for it sends them again only where it believes that it was
      // connected: whoever signs in more slowly than it connects again would never hear of anything.
      Object.assign(socket, { reconnecting: false });
      void state.renew();
    },
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: split(
      ({ query }) => {
        const definition = getMainDefinition(query);
        return definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.SUBSCRIPTION;
      },
      new WebSocketLink(socket),
      new HttpLink({ uri: `${url}/graphql` }),
    ),
    defaultOptions: { query: { fetchPolicy: "network-only" } },
  });
  return {
    async request(text, variables, token) {
      const context = { headers: authorization(token) };
      const document = gql(text);
      const isMutation = text.startsWith("mutation");
      try {
        const { data } = await (isMutation
          ? client.mutate<Data>({ mutation: document, variables, context })
          : client.query<Data>({ query: document, variables, context }));
        return data;
      } catch (error) {
        throw error instanceof ApolloError ? new Error(error.graphQLErrors[0]?.message ?? error.message) : error;
      }
    },
    subscribe(text, next) {
      const subscription = client.subscribe<Data>({ query: gql(text) }).subscribe(({ data }) => next(data));
      return () => subscription.unsubscribe();
    },
    close() {
      socket.close();
      client.stop();
    },
  };
});

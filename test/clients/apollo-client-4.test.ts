import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { OperationTypeNode } from "graphql";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { authorization, type Data, describeJourney } from "./journey.ts";
import { openGraphqlWs } from "./graphql-ws.ts";

describeJourney("Apollo Client 4 with graphql-ws", ({ url, socketUrl }, state) => {
  const socket = openGraphqlWs(socketUrl, state);
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket),
      new HttpLink({ uri: `${url}/graphql` }),
    ),
    defaultOptions: { query: { fetchPolicy: "network-only" } },
  });
  return {
    async request(text, variables, token) {
      const context = { headers: authorization(token) };
      const document = gql(text);
      try {
        const { data } = await (text.startsWith("mutation")
          ? client.mutate<Data>({ mutation: document, variables, context })
          : client.query<Data>({ query: document, variables, context }));
        return data;
      } catch (error) {
        throw CombinedGraphQLErrors.is(error) ? new Error(error.errors[0]?.message) : error;
      }
    },
    subscribe(text, next) {
      const subscription = client.subscribe<Data>({ query: gql(text) }).subscribe(({ data }) => next(data));
      return () => subscription.unsubscribe();
    },
    async close() {
      client.stop();
      await socket.dispose();
    },
  };
});

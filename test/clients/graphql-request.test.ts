import { ClientError, GraphQLClient } from "graphql-request";
import { authorization, type Data, describeJourney } from "./journey.ts";
import { openGraphqlWs } from "./graphql-ws.ts";

describeJourney("graphql-request, with graphql-ws beside it", ({ url, socketUrl }, state) => {
  const socket = openGraphqlWs(socketUrl, state);
  const client = new GraphQLClient(`${url}/graphql`);
  return {
    async request(query, variables, token) {
      try {
        return await client.request<Data>(query, variables, authorization(token));
      } catch (error) {
        throw error instanceof ClientError ? new Error(error.response.errors?.[0]?.message) : error;
      }
    },
    subscribe: (query, next) =>
      socket.subscribe<Data>({ query }, { next: ({ data }) => next(data), error: () => {}, complete: () => {} }),
    close: () => socket.dispose(),
  };
});

import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { authorization, type Data, describeJourney } from "./journey.ts";
import { openGraphqlWs } from "./graphql-ws.ts";

describeJourney("urql with graphql-ws", ({ url, socketUrl }, state) => {
  const socket = openGraphqlWs(socketUrl, state);
  const client = new Client({
    url: `${url}/graphql`,
    preferGetMethod: false,
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = "", variables = {} }) => ({
          subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink as never) }),
        }),
      }),
    ],
  });
  return {
    async request(text, variables, token) {
      const context = { fetchOptions: { headers: authorization(token) }, requestPolicy: "network-only" } as const;
      const { data, error } = await (text.startsWith("mutation")
        ? client.mutation<Data>(text, variables, context)
        : client.query<Data>(text, variables, context));
      if (error !== undefined) throw new Error(error.graphQLErrors[0]?.message ?? error.message);
      return data;
    },
    subscribe(text, next) {
      const subscription = client.subscription<Data>(text, {}).subscribe(({ data }) => next(data));
      return () => subscription.unsubscribe();
    },
    close: () => socket.dispose(),
  };
});

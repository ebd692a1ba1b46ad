import { Client, fetchExchange, type Operation, subscriptionExchange } from "@urql/core";
import { authExchange } from "@urql/exchange-auth";
import { createCache } from "./cache.ts";
import { gatherChanges } from "./gathered.ts";
import { keptAnswers, keptReads } from "./kept.ts";
import { outboxExchange } from "./outbox.ts";
import { forwardLazily } from "./lazy-socket.ts";
import { nullDataIsNone } from "./null-data.ts";
import { session } from "./session.ts";

/**
 * The way of every query and mutation: cache first, then (what people do, in order, kept until it is answered) over HTTP with a
 * token that works, and from what is kept where the server was not there from the start. Live changes come in by `live.ts`.
 * One client for each page load: who signs out loads the page anew.
 */
export const client = new Client({
  url: "/graphql",
  preferGetMethod: false,
  requestPolicy: "cache-first",
  exchanges: [
    nullDataIsNone,
    keptReads,
    createCache(),
    gatherChanges,
    keptAnswers,
    outboxExchange,
    authExchange(async (utils) => ({
      addAuthToOperation(operation: Operation) {
        const token = session.currentToken();
        return token === null ? operation : utils.appendHeaders(operation, { authorization: `Bearer ${token}` });
      },
      willAuthError: () => session.isStale(),
      didAuthError: (error) => error.graphQLErrors.some(({ extensions }) => extensions["code"] === "UNAUTHENTICATED"),
      async refreshAuth() {
        await session.renewedToken(session.currentToken());
      },
    })),
    fetchExchange,
    subscriptionExchange({ forwardSubscription: forwardLazily }),
  ],
});

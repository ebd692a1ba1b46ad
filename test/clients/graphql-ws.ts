import { type Client, createClient } from "graphql-ws";
import { authorization, type SignedInState } from "./journey.ts";

/** The published client of the modern subprotocol, as its documentation sets it up for tokens that expire. */
export function openGraphqlWs(url: string, state: SignedInState): Client {
  let isRefused = false;
  return createClient({
    url,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => new Promise((resolve) => void setTimeout(resolve, Math.min(1_000, 20 * 2 ** retries))),
    connectionParams: async () => {
      if (isRefused) await state.renew();
      isRefused = false;
      return authorization(state.accessToken);
    },
    on: {
      closed: (event) => {
        isRefused = (event as CloseEvent).code === 4403;
      },
    },
  });
}

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ApolloClient, gql, InMemoryCache } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { createClient as createSseClient } from "graphql-sse";
import { createClient } from "graphql-ws";
import { startTestServer, type TestServer } from "../support/server.ts";
import type { Data } from "./journey.ts";

const query = /* GraphQL */ `
  subscription Follow($after: Cursor, $kinds: [ChangeKind!]) {
    changeStream(after: $after, kinds: $kinds) {
      __typename
      cursor
      ... on Change {
        kind
        call {
          __typename
          id
        }
      }
    }
  }
`;
const variables = { kinds: ["NOTE_ADDED"] };

/** Subscribes with a published client; results go to `next` until the returned function is called. */
type Subscribe = (server: TestServer, token: string, next: (data: Data) => void) => () => void;

const clients: Record<string, Subscribe> = {
  "graphql-ws"({ socketUrl }, token, next) {
    const client = createClient({ url: socketUrl, connectionParams: { authorization: `Bearer ${token}` } });
    client.subscribe<Data>({ query, variables }, { next: ({ data }) => next(data), ...unexpected });
    return () => void client.dispose();
  },
  "graphql-sse"({ url }, token, next) {
    const client = createSseClient({
      url: `${url}/graphql/stream`,
      headers: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
    });
    client.subscribe<Data>({ query, variables }, { next: ({ data }) => next(data), ...unexpected });
    return () => client.dispose();
  },
  "Apollo Client 4"({ socketUrl }, token, next) {
    const socket = createClient({ url: socketUrl, connectionParams: { authorization: `Bearer ${token}` } });
    const client = new ApolloClient({
      // An interface: the cache is told who implements it, as an app's generated possibleTypes do.
      cache: new InMemoryCache({ possibleTypes: { ChangeStreamItem: ["Change", "ChangeProgress"] } }),
      link: new GraphQLWsLink(socket),
    });
    const subscription = client
      .subscribe<Data>({ query: gql(query), variables })
      .subscribe({ next: ({ data }) => next(data), error: unexpected.error });
    return () => {
      subscription.unsubscribe();
      client.stop();
      void socket.dispose();
    };
  },
};

const unexpected = { error: (error: unknown) => assert.fail(String(error)), complete: () => undefined };

describe("changeStream", () => {
  let server: TestServer;
  let token: string;

  before(async () => {
    server = await startTestServer();
    await server.addCalls(2);
    token = (await server.signIn()).accessToken;
  });
  after(() => server.close());

  for (const [name, subscribe] of Object.entries(clients)) {
    it(`${name} learns where the stream starts, how far it has come without a change, and each change asked for`, async () => {
      const items: Data[] = [];
      let wake = () => {};
      const stop = subscribe(server, token, ({ changeStream }) => {
        items.push(changeStream);
        wake();
      });
      const item = async (index: number) => {
        while (items.length <= index) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        return items[index];
      };
      const { epoch, revision } = await server.storage.changes.head(1);
      assert.deepEqual(await item(0), { __typename: "ChangeProgress", cursor: `${epoch}:${revision}` });
      for (let n = 0; n < 3; n += 1) await server.graphql("mutation { archiveCall(id: 1) { id } }", { token });
      let count = 1;
      for (let come = revision; come < revision + 3; count += 1) {
        const { __typename, cursor } = await item(count);
        assert.equal(__typename, "ChangeProgress");
        come = Number(cursor.slice(epoch.length + 1));
      }
      await server.graphql('mutation { addNote(input: { activityId: 2, content: "hi" }) { id } }', { token });
      assert.deepEqual(await item(count), {
        __typename: "Change",
        cursor: `${epoch}:${revision + 4}`,
        kind: "NOTE_ADDED",
        call: { __typename: "Call", id: "2" },
      });
      stop();
    });
  }
});

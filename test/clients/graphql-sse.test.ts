import assert from "node:assert/strict";
import { it } from "node:test";
import { type ClientOptions, createClient, type RequestParams } from "graphql-sse";
import { cuttingProxy } from "../support/cutting-proxy.ts";
import { startTestServer } from "../support/server.ts";
import { authorization, type Data, describeJourney } from "./journey.ts";

const soon = () => new Promise<void>((resolve) => void setTimeout(resolve, 20));

describeJourney("graphql-sse, for every operation", ({ url }, state) => {
  const streamUrl = `${url}/graphql/stream`;
  let isRetry = false;
  const client = createClient({
    url: streamUrl,
    retryAttempts: Number.POSITIVE_INFINITY,
    retry: soon,
    on: {
      connecting(isAgain) {
        isRetry = isAgain;
      },
    },
    async headers() {
      if (isRetry) await state.renew();
      return { ...authorization(state.accessToken) };
    },
  });
  return {
    request: (query, variables, token) =>
      firstResult({ url: streamUrl, headers: { ...authorization(token) } }, { query, variables: { ...variables } }),
    subscribe: (query, next) =>
      client.subscribe<Data>(
        { query },
        { next: ({ data }) => next(data), error: (error) => assert.fail(String(error)), complete: () => undefined },
      ),
    close: () => client.dispose(),
  };
});

it("graphql-sse: a client whose connection is cut 30 times, and which sends Last-Event-ID, misses nothing", async () => {
  const cuts = 30;
  const server = await startTestServer();
  await server.addCalls(5);
  const { accessToken } = await server.signIn();
  const proxy = await cuttingProxy(server.url);
  const { epoch, revision } = await server.storage.changes.head(1);
  const cursors: string[] = [];
  let wake = () => {};
  const client = createClient({
    url: `${proxy.url}/graphql/stream`,
    retryAttempts: Number.POSITIVE_INFINITY,
    retry: soon,
    headers: () => ({
      authorization: `Bearer ${accessToken}`,
      "last-event-id": cursors.at(-1) ?? `${epoch}:${revision}`,
    }),
  });
  const stop = client.subscribe<Data>(
    { query: "subscription { changes { cursor call { id is_archived } } }" },
    {
      next({ data, errors }) {
        assert.equal(errors, undefined);
        cursors.push(data.changes.cursor);
        wake();
      },
      error: (error) => assert.fail(String(error)),
      complete: () => undefined,
    },
  );
  const reaches = async (count: number) => {
    while (cursors.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  let written = 0;
  const write = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      written += 1;
      const { errors } = await server.graphql(`mutation { archiveCall(id: ${1 + (written % 5)}) { id } }`, {
        token: accessToken,
      });
      assert.equal(errors, undefined);
    }
  };
  for (let n = 0; n < cuts; n += 1) {
    const writing = write(5 + (n % 7));
    await reaches(written); // some of what is being written has come
    proxy.cut();
    await writing;
    await write(n % 4);
  }
  await reaches(written);
  stop();
  assert.ok(proxy.count > cuts, `${proxy.count} connections were made`);
  assert.deepEqual(
    cursors,
    Array.from({ length: written }, (_, n) => `${epoch}:${revision + 1 + n}`),
  );
  await proxy.close();
  await server.close();
});

/** The data of a query or mutation. @throws Error with the message of the first GraphQL error. */
async function firstResult(options: ClientOptions, request: RequestParams): Promise<Data> {
  const client = createClient({ ...options, retryAttempts: 0 });
  for await (const { data, errors } of client.iterate<Data>(request)) {
    const [error] = errors ?? [];
    if (error !== undefined) throw new Error(error.message);
    return data;
  }
  throw new Error("There was no result.");
}

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { startTestServer, testPassword, type TestServer } from "../support/server.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- answers are taken apart by assertions that say what they expect
export type Data = any;

/** A published client library, set up as its users do, behind the few things that the journey does with it. */
export type ClientUnderTest = {
  /** The data of a query or mutation. @throws Error with the message of the first GraphQL error. */
  request(query: string, variables: Readonly<Record<string, unknown>>, token: string | null): Promise<Data>;
  /** Subscribes over the WebSocket until the returned function is called. */
  subscribe(query: string, next: (data: Data) => void): () => void;
  close(): void | Promise<void>;
};

/** What an app keeps about who is signed in; read by the library's callbacks whenever it connects. */
export type SignedInState = {
  accessToken: string;
  /** Gets new tokens, once at a time; does nothing before the first sign-in. */
  renew(): Promise<void>;
};

export type OpenClient = (server: Pick<TestServer, "url" | "socketUrl">, state: SignedInState) => ClientUnderTest;

const callFields = /* GraphQL */ `
  fragment CallFields on Call {
    __typename
    id
    direction
    from
    to
    via
    duration
    is_archived
    call_type
    created_at
    notes {
      id
      content
    }
  }
`;
const login = `mutation Login($input: LoginInput!) { login(input: $input) { access_token refresh_token user { id username } } }`;
const refresh = `mutation Refresh { refreshTokenV2 { access_token refresh_token user { id username } } }`;
const page = `query Page($offset: Float, $limit: Float) { paginatedCalls(offset: $offset, limit: $limit) { totalCount hasNextPage nodes { ...CallFields } } } ${callFields}`;
const one = `query One($id: ID!) { call(id: $id) { ...CallFields } } ${callFields}`;
const archive = `mutation Archive($id: ID!) { archiveCall(id: $id) { ...CallFields } } ${callFields}`;
const note = `mutation Note($input: AddNoteInput!) { addNote(input: $input) { ...CallFields } } ${callFields}`;
const live = `subscription Live { onUpdatedCall { ...CallFields } } ${callFields}`;

/** What every client of the documented API does in a day, with one library. */
export function describeJourney(name: string, openClient: OpenClient): void {
  describe(name, () => {
    let server: TestServer;
    let offsetMs = 0;

    before(async () => {
      server = await startTestServer({}, { clock: { now: () => Date.now() + offsetMs } });
      await server.signIn("ann"); // makes the account
      await server.addCalls(25);
    });
    after(() => server.close());

    it("signs in, pages, opens, archives, notes, sees it live elsewhere, refreshes and survives expiry", async () => {
      const [app, second] = [openApp(server, openClient), openApp(server, openClient)];
      const events: Data[] = [];
      // As at page load: the socket opens before anybody has signed in, and is refused until then.
      const unsubscribe = second.client.subscribe(live, ({ onUpdatedCall }) => events.push(onUpdatedCall));
      await assert.rejects(app.client.request(page, { offset: 0, limit: 1 }, null), /^Error: Unauthorized$/);

      await app.signIn();
      await second.signIn();

      const seen: string[] = [];
      for (let offset = 0, more = true; more; offset += 10) {
        const { paginatedCalls } = await app.request(page, { offset, limit: 10 });
        assert.equal(paginatedCalls.totalCount, 25);
        seen.push(...paginatedCalls.nodes.map(({ id }: { id: string }) => id));
        more = paginatedCalls.hasNextPage;
      }
      assert.deepEqual(
        seen,
        Array.from({ length: 25 }, (_, n) => `${25 - n}`),
      );

      const { call } = await app.request(one, { id: "7" });
      assert.deepEqual([call.__typename, call.id, call.notes], ["Call", "7", []]);
      assert.equal((await app.request(one, { id: "7000" })).call, null);

      const isLive = async () => {
        const had = events.length;
        // Nothing that grows: a client that waits long before it connects again would be sent ever more.
        while (events.length === had) {
          await app.request(archive, { id: "25" });
          await turn();
        }
        // Whatever else was on its way is behind this one.
        await app.request(note, { input: { activityId: "25", content: `go ${had}` } });
        while (events.at(-1).notes[0]?.content !== `go ${had}`) await turn();
        events.length = 0;
      };
      await isLive();

      const { archiveCall } = await app.request(archive, { id: "7" });
      assert.equal(archiveCall.is_archived, true);
      const { addNote } = await app.request(note, { input: { activityId: "7", content: "called back" } });
      assert.equal(addNote.notes[0].content, "called back");
      await assert.rejects(app.request(archive, { id: "7000" }), /^Error: The call does not exist!$/);
      while (events.length < 2) await turn();
      assert.deepEqual(events, [archiveCall, addNote]);
      events.length = 0;

      const before = app.state.accessToken;
      await app.state.renew();
      assert.notEqual(app.state.accessToken, before);
      await app.request(one, { id: "7" });

      offsetMs += 606_000;
      await assert.rejects(app.client.request(one, { id: "7" }, app.state.accessToken), /^Error: Unauthorized$/);
      assert.equal((await app.request(one, { id: "7" })).call.id, "7");
      await second.lostSocket;
      await isLive();

      unsubscribe();
      await app.client.close();
      await second.client.close();
    });
  });
}

/** The app around a library: its tokens, and a retry with new ones when it is told `Unauthorized`. */
function openApp(server: TestServer, openClient: OpenClient) {
  let refreshToken: string | null = null;
  let renewing: Promise<void> | null = null;
  const lost = Promise.withResolvers<void>();
  const state: SignedInState = {
    accessToken: "",
    renew() {
      if (refreshToken === null) return Promise.resolve();
      lost.resolve();
      renewing ??= take(client.request(refresh, {}, refreshToken), "refreshTokenV2").finally(() => {
        renewing = null;
      });
      return renewing;
    },
  };
  const client = openClient(server, state);
  return {
    client,
    state,
    /** The server has ended the signed-in socket, and the app was told to get new tokens. */
    lostSocket: lost.promise,
    signIn: () => take(client.request(login, { input: { username: "ann", password: testPassword } }, null), "login"),
    async request(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
      try {
        return await client.request(query, variables, state.accessToken);
      } catch (error) {
        if (!(error instanceof Error && error.message === "Unauthorized")) throw error;
        await state.renew();
        return client.request(query, variables, state.accessToken);
      }
    },
  };

  async function take(answer: Promise<Data>, field: string): Promise<void> {
    const tokens = (await answer)[field];
    assert.equal(tokens.user.username, "ann");
    state.accessToken = tokens.access_token;
    refreshToken = tokens.refresh_token;
  }
}

/** The header that a token goes into; apps send an empty one before they have any. */
export function authorization(token: string | null): { readonly authorization: string } {
  return { authorization: token === null || token === "" ? "" : `Bearer ${token}` };
}

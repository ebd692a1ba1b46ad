import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { type Receiver, startReceiver, status, toldIn } from "./receiver.ts";
import { startTestServer, testPassword } from "./server.ts";

/** A workspace whose changes one webhook is told of, while somebody makes changes and servers come and go. */
export type ToldChanges = {
  readonly receiver: Receiver;
  /** So many changes, one after the other, by the server at this address. */
  make(count: number, url: string): Promise<void>;
  /** Waits until all that was acknowledged was told, and holds that each change came under one id with one body, and nothing else came. */
  assertTold(): Promise<{ readonly changes: number; readonly requests: number }>;
};

/** Makes it on a data folder (and database) that nobody serves. Every seventh answer never comes. */
export async function prepareToldChanges(data: string, database?: string): Promise<ToldChanges> {
  const receiver = await startReceiver();
  const hanging: ServerResponse[] = [];
  let count = 0;
  receiver.answer((response) => {
    count += 1;
    if (count % 7 === 0) hanging.push(response);
    else status(204)(response);
  });
  const server = await startTestServer({
    data,
    webhookNetworks: "127.0.0.1",
    ...(database !== undefined && { database }),
  });
  const token = (await server.signIn()).accessToken;
  const [callId] = await server.addCalls(1);
  const input = `{ name: "w", url: "${receiver.url}", kinds: [CALL_ARCHIVED, CALL_UNARCHIVED] }`;
  await server.graphql(`mutation { addWebhook(input: ${input}) { secret } }`, { token });
  await server.close();
  const acknowledged = new Set<number>();
  let access: string | null = null;

  return {
    receiver,

    async make(changes, url) {
      access ??= await signIn(url);
      for (let at = 0; at < changes; at += 1) {
        const { archiveCall } = await ask(url, `mutation { archiveCall(id: "${callId}") { revision } }`, access);
        acknowledged.add(archiveCall.revision);
      }
    },

    async assertTold() {
      receiver.answer(status(204));
      for (const response of hanging) response.destroy();
      const told = () => new Set(receiver.received.map((one) => toldIn(one).data.revision as number));
      await receiver.until(() => acknowledged.isSubsetOf(told()));
      assert.deepEqual(told(), acknowledged);
      const ids = new Map<number, string>();
      const bodies = new Map<string, string>();
      for (const one of receiver.received) {
        const { revision } = toldIn(one).data;
        assert.equal(ids.get(revision) ?? one.id, one.id);
        assert.equal(bodies.get(one.id) ?? one.body, one.body);
        ids.set(revision, one.id);
        bodies.set(one.id, one.body);
      }
      assert.equal(bodies.size, acknowledged.size);
      return { changes: acknowledged.size, requests: receiver.received.length };
    },
  };
}

async function signIn(url: string): Promise<string> {
  const input = `{ username: "ann", password: "${testPassword}" }`;
  const { login } = await ask(url, `mutation { login(input: ${input}) { access_token } }`, null);
  return login.access_token;
}

// oxlint-disable-next-line typescript/no-explicit-any -- answers are taken apart by the callers
async function ask(url: string, query: string, token: string | null): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

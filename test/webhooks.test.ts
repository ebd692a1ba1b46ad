import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Webhook } from "standardwebhooks";
import { type Receiver, startReceiver, status, toldIn } from "./support/receiver.ts";
import { startTestServer, type TestServer } from "./support/server.ts";

describe("webhooks", () => {
  let server: TestServer;
  let receiver: Receiver;
  let token: string;

  before(async () => {
    receiver = await startReceiver();
    server = await startTestServer({ webhookNetworks: "127.0.0.0/8" });
    token = (await server.signIn()).accessToken;
  });
  after(async () => {
    await server.close();
    await receiver.close();
  });

  async function ask(field: string, kind = "mutation") {
    const { data, errors } = await server.graphql(`${kind} { done: ${field} }`, { token });
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data.done;
  }

  const add = (input: string) =>
    ask(`addWebhook(input: { name: "w", url: "${receiver.url}", ${input} }) { secret webhook { id state kinds } }`);

  /** The newest delivery once it is as it is waited for. */
  async function delivery(webhookId: string, state: string) {
    for (;;) {
      const { nodes } = await ask(
        `webhookDeliveries(webhookId: "${webhookId}", first: 1) { nodes { id type kind revision state isTest payload nextAttemptAt
          attempts { at statusCode durationMs error response } } }`,
        "query",
      );
      if (nodes[0]?.state === state) return nodes[0];
    }
  }

  it("tell a receiver of a change, which verifies it with the secret that was shown", async () => {
    const count = receiver.received.length;
    const { secret, webhook } = await add("kinds: [TAG_ADDED]");
    assert.deepEqual([webhook.state, webhook.kinds], ["ACTIVE", ["TAG_ADDED"]]);
    const [callId] = await server.addCalls(1);
    const { revision } = await ask(`addTag(id: "${callId}", tag: "urgent") { revision }`);
    await receiver.until((received) => received.length > count);
    const one = receiver.received[count] ?? assert.fail();
    new Webhook(secret).verify(one.body, one.headers as Record<string, string>);
    const told = toldIn(one);
    assert.deepEqual(
      [told.type, told.data.revision, told.data.tag, told.data.call.tags],
      ["tag.added", revision, "urgent", ["urgent"]],
    );
    // What an API client is shown of the call is spelled alike.
    const fields =
      "id direction from to via duration call_type is_archived created_at tags assignee { id } unreturned revision";
    assert.deepEqual(told.data.call, await ask(`call(id: ${callId}) { ${fields} }`, "query"));
    const kept = await delivery(webhook.id, "DELIVERED");
    assert.deepEqual([kept.id, kept.kind, kept.payload], [one.id, "TAG_ADDED", one.body]);
    assert.deepEqual([kept.attempts[0].statusCode, kept.attempts[0].error, kept.isTest], [204, null, false]);
    // The change log says the same from the cursor before.
    const after = told.data.cursor.replace(/\d+$/, String(revision - 1));
    const { changes } = await ask(`changes(after: "${after}", first: 1) { changes { cursor } }`, "query");
    assert.equal(changes[0].cursor, told.data.cursor);
    await ask(`deleteWebhook(id: "${webhook.id}")`);
  });

  it("sign with the secret of before, too, once it is rotated", async () => {
    const count = receiver.received.length;
    const { secret, webhook } = await add("");
    const { secret: next } = await ask(`rotateWebhookSecret(id: "${webhook.id}") { secret }`);
    assert.notEqual(next, secret);
    await ask(`sendTestWebhook(id: "${webhook.id}") { state }`);
    await receiver.until((received) => received.length > count);
    const one = receiver.received[count] ?? assert.fail();
    for (const each of [secret, next]) new Webhook(each).verify(one.body, one.headers as Record<string, string>);
    await ask(`deleteWebhook(id: "${webhook.id}")`);
  });

  it("that are paused send a test and what is asked for again, and are told the rest once they are resumed", async () => {
    const { webhook } = await add("kinds: [CALL_LOGGED]");
    await ask(`pauseWebhook(id: "${webhook.id}") { state }`);
    await server.addCalls(2);
    receiver.answer(status(500, "not yet"));
    const count = receiver.received.length;
    const { id } = await ask(`sendTestWebhook(id: "${webhook.id}") { id state isTest }`);
    const failed = await delivery(webhook.id, "FAILED");
    assert.deepEqual([failed.id, failed.type, failed.kind, failed.revision], [id, "webhook.test", null, null]);
    assert.deepEqual(
      [failed.attempts[0].error, failed.attempts[0].response],
      ["status: The receiver answered 500.", "not yet"],
    );
    receiver.answer(status(204));
    const again = await ask(`resendWebhookDelivery(id: "${id}") { id state }`);
    assert.deepEqual(again, { id, state: "WAITING" });
    assert.equal((await delivery(webhook.id, "DELIVERED")).attempts.length, 2);
    assert.deepEqual(
      receiver.received.slice(count).map((one) => one.id),
      [id, id],
    );
    const [paused] = await ask("webhooks { id state waiting behind }", "query");
    assert.deepEqual(paused, { id: webhook.id, state: "PAUSED", waiting: 0, behind: 2 });
    await ask(`resumeWebhook(id: "${webhook.id}") { state }`);
    await receiver.until((received) => received.length === count + 4);
    await ask(`deleteWebhook(id: "${webhook.id}")`);
    assert.deepEqual(await ask("webhooks { id }", "query"), []);
  });

  it("are refused with a reason where they cannot be", async () => {
    const refused = async (url: string) => {
      const { errors } = await server.graphql(
        `mutation ($url: String!) { addWebhook(input: { name: "w", url: $url }) { secret } }`,
        { token, variables: { url } },
      );
      assert.equal(errors?.[0]?.extensions.code, "BAD_USER_INPUT", url);
      assert.equal(errors[0].extensions["field"], "url");
      return errors[0].message;
    };
    for (const url of [
      "",
      "nowhere",
      "ftp://example.com/",
      "javascript:alert(1)",
      "http://",
      `https://a.b/${"x".repeat(2_000)}`,
    ]) {
      await refused(url);
    }
    assert.match(await refused("https://user:password@example.com/"), /password/);
    assert.match(await refused("https://example.com/#here"), /#/);
    for (const url of ["http://10.0.0.1/", "http://[::1]:80/", "http://169.254.169.254/latest", "http://0x0a000001/"]) {
      assert.match(await refused(url), /RINGBACK_WEBHOOK_NETWORKS/);
    }
    for (const mutation of [
      'updateWebhook(id: "x", input: { name: "w", url: "https://example.com" }) { id }',
      'rotateWebhookSecret(id: "x") { secret }',
      'pauseWebhook(id: "x") { id }',
      'resumeWebhook(id: "x") { id }',
      'deleteWebhook(id: "x")',
      'sendTestWebhook(id: "x") { id }',
      'resendWebhookDelivery(id: "x") { id }',
    ]) {
      const { errors } = await server.graphql(`mutation { ${mutation} }`, { token });
      assert.equal(errors?.[0]?.extensions.code, "NOT_FOUND", mutation);
    }
  });

  it("are for admins alone", async () => {
    const { key } = await ask('createApiKey(input: { name: "k", scopes: [READ, WRITE] }) { key: secret }');
    for (const operation of ["{ webhooks { id } }", 'mutation { pauseWebhook(id: "x") { id } }']) {
      const { errors } = await server.graphql(operation, { token: key });
      assert.equal(errors?.[0]?.extensions.code, "FORBIDDEN", operation);
    }
  });

  it("are at most 20 in a workspace", async () => {
    const ids: string[] = [];
    for (let at = 0; at < 20; at += 1) ids.push((await add("kinds: [NOTE_DELETED]")).webhook.id);
    const { errors } = await server.graphql(
      'mutation { addWebhook(input: { name: "w", url: "https://example.com" }) { secret } }',
      { token },
    );
    assert.equal(errors?.[0]?.extensions.code, "CONFLICT");
    for (const id of ids) await ask(`deleteWebhook(id: "${id}")`);
  });
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { buildSchema } from "graphql";
import { readSdl } from "../../server/src/graphql/schema.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { everyRowOf } from "../support/test-database.ts";

/** Mutations that take no notice of a key, and why. */
const exempt: Readonly<Record<string, string>> = {
  login: "Its answer is a secret that is not kept, for whoever knows the password.",
  refreshTokenV2: "A refresh token is a key itself: the rotation says what a repeated use gets.",
  refreshToken: "It writes nothing.",
  logout: "Once it is done the token that would retry it is refused.",
  logoutAll: "Likewise.",
  atCall: "It is said again and again: an answer that was kept would let it end.",
  exportTicket: "It writes nothing: a ticket is in memory, for a minute and one download.",
};

/** For each other mutation a request that does something. */
const cases: Readonly<Record<string, (made: Made) => Promise<string> | string>> = {
  archiveCall: ({ callId }) => `archiveCall(id: "${callId}") { is_archived revision }`,
  addNote: ({ callId }) =>
    `addNote(input: { activityId: "${callId}", content: "n" }) { notes { id createdAt } revision }`,
  setCallsArchived: async ({ archived }) =>
    `setCallsArchived(filter: {}, archived: ${!(await archived())}) { changedCount hasMore results { id outcome call { revision } } }`,
  setCallsTag: () =>
    `setCallsTag(filter: {}, tag: "${randomUUID()}", present: true) { changedCount hasMore endCursor results { id outcome call { tags } } }`,
  setCallsAssignee: async ({ user }) =>
    `setCallsAssignee(filter: {}, userId: "${await user()}") { changedCount hasMore endCursor results { id outcome call { revision } } }`,
  async undoChanges({ callId, run }) {
    const { revision } = await run(`addTag(id: "${callId}", tag: "${randomUUID()}") { revision }`);
    return `undoChanges(revisions: [${revision}]) { changedCount results { revision outcome call { tags } } }`;
  },
  editNote: async ({ note }) => `editNote(id: "${await note()}", content: "edited") { notes { content editedAt } }`,
  deleteNote: async ({ note }) => `deleteNote(id: "${await note()}") { notes { id } revision }`,
  addTag: ({ callId }) => `addTag(id: "${callId}", tag: "${randomUUID()}") { tags revision }`,
  async removeTag({ callId, run }) {
    await run(`addTag(id: "${callId}", tag: "gone") { id }`);
    return `removeTag(id: "${callId}", tag: "gone") { tags revision }`;
  },
  assignCall: async ({ callId, user }) => `assignCall(id: "${callId}", userId: "${await user()}") { assignee { id } }`,
  async undoChange({ callId, run }) {
    const { revision } = await run(`addTag(id: "${callId}", tag: "undone") { revision }`);
    return `undoChange(revision: ${revision}) { tags revision }`;
  },
  inviteUser: () => "inviteUser(role: READER) { path invitation { id expiresAt } }",
  async withdrawInvitation({ run }) {
    const { invitation } = await run("inviteUser(role: READER) { invitation { id } }");
    return `withdrawInvitation(id: "${invitation.id}")`;
  },
  setUserRole: async ({ user }) => `setUserRole(userId: "${await user()}", role: READER) { role }`,
  disableUser: async ({ user }) => `disableUser(userId: "${await user()}") { isDisabled }`,
  async enableUser({ user, run }) {
    const id = await user();
    await run(`disableUser(userId: "${id}") { id }`);
    return `enableUser(userId: "${id}") { isDisabled }`;
  },
  createApiKey: () =>
    `createApiKey(input: { name: "${randomUUID()}", scopes: [READ] }) { secret key { id createdAt } }`,
  async revokeApiKey({ run }) {
    const { key } = await run(`createApiKey(input: { name: "${randomUUID()}", scopes: [READ] }) { key { id } }`);
    return `revokeApiKey(id: "${key.id}")`;
  },
  async setCallsUnread({ callId, run }) {
    await run(`setCallsArchived(ids: ["${callId}"], archived: false) { changedCount }`);
    await run(`setCallsUnread(ids: ["${callId}"], unread: true) { ids }`);
    return `setCallsUnread(ids: ["${callId}"], unread: false) { ids changedCount hasMore }`;
  },
  addSource: () => `addSource(name: "${randomUUID()}", kind: GENERIC) { key source { id name createdAt keyHint } }`,
  renameSource: async ({ source }) =>
    `renameSource(id: "${await source()}", name: "${randomUUID()}") { name eventsLastDay }`,
  rotateSourceKey: async ({ source }) => `rotateSourceKey(id: "${await source()}") { key source { keyHint } }`,
  disableSource: async ({ source }) => `disableSource(id: "${await source()}") { isDisabled }`,
  async enableSource({ source, run }) {
    const id = await source();
    await run(`disableSource(id: "${id}") { id }`);
    return `enableSource(id: "${id}") { isDisabled }`;
  },
  async remapDelivery({ source, run }) {
    const { id } = await run(`sendTestCall(sourceId: "${await source()}") { id }`);
    return `remapDelivery(id: "${id}") { id verdict body }`;
  },
  async remapSource({ source, run }) {
    const id = await source();
    await run(`sendTestCall(sourceId: "${id}") { id }`);
    return `remapSource(id: "${id}") { readCount changedCount cursor }`;
  },
  sendTestCall: async ({ source }) => `sendTestCall(sourceId: "${await source()}") { id receivedAt call { id } body }`,
  saveView: () => `saveView(name: "${randomUUID()}", query: "type=missed", shared: true) { id savedAt name }`,
  async deleteView({ run }) {
    const { id } = await run(`saveView(name: "${randomUUID()}", query: "", shared: false) { id }`);
    return `deleteView(id: "${id}")`;
  },
  setPreferences: () => "setPreferences(input: { pageSize: 33 }) { pageSize theme }",
  setWorkspaceSettings: () =>
    'setWorkspaceSettings(input: { name: "team", timeZone: "Europe/Berlin", defaultCountry: "DE" }) { name timeZone defaultCountry }',
  deleteCallsOfNumber: () => 'deleteCallsOfNumber(number: "+12025550199") { deletedCount hasMore }',
  addContact: () => `addContact(input: { name: "c", numbers: [{ number: "+442079460123" }] }) { id createdAt }`,
  updateContact: async ({ contact }) =>
    `updateContact(id: "${await contact()}", input: { name: "d", numbers: [] }) { name updatedAt }`,
  deleteContact: async ({ contact }) => `deleteContact(id: "${await contact()}")`,
  setDefaultCountry: async ({ source }) =>
    `setDefaultCountry(country: "FR", sourceId: "${await source()}") { country sourceId }`,
  addWebhook: () => `addWebhook(input: ${webhookInput}) { secret webhook { id createdAt kinds } }`,
  updateWebhook: async ({ webhook }) =>
    `updateWebhook(id: "${await webhook()}", input: ${webhookInput}) { name state url }`,
  rotateWebhookSecret: async ({ webhook }) => `rotateWebhookSecret(id: "${await webhook()}") { secret webhook { id } }`,
  pauseWebhook: async ({ webhook }) => `pauseWebhook(id: "${await webhook()}") { state }`,
  async resumeWebhook({ webhook, run }) {
    const id = await webhook();
    await run(`pauseWebhook(id: "${id}") { id }`);
    return `resumeWebhook(id: "${id}") { state }`;
  },
  deleteWebhook: async ({ webhook }) => `deleteWebhook(id: "${await webhook()}")`,
  sendTestWebhook: async ({ webhook }) => `sendTestWebhook(id: "${await webhook()}") { id createdAt payload }`,
  async resendWebhookDelivery({ webhook, run }) {
    const { id } = await run(`sendTestWebhook(id: "${await webhook()}") { id }`);
    return `resendWebhookDelivery(id: "${id}") { id state nextAttemptAt }`;
  },
};

/** Of a name that nobody has. */
const webhookInput = '{ name: "w", url: "https://hooks.invalid/", kinds: [CALL_LOGGED] }';

// oxlint-disable-next-line typescript/no-explicit-any -- answers are taken apart by the cases
type Answer = any;

type Made = {
  readonly callId: string;
  readonly run: (field: string) => Promise<Answer>;
  readonly archived: () => Promise<boolean>;
  readonly note: () => Promise<string>;
  readonly user: () => Promise<string>;
  readonly source: () => Promise<string>;
  readonly contact: () => Promise<string>;
  readonly webhook: () => Promise<string>;
};

describe("a mutation under an idempotency key", () => {
  let folder: string;
  let server: TestServer;
  let token: string;
  let made: Made;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringback-idempotency-"));
    server = await startTestServer({ data: folder });
    token = (await server.signIn()).accessToken;
    const [callId = ""] = await server.addCalls(2);
    const run = async (field: string): Promise<Answer> => {
      const { data, errors } = await server.graphql(`mutation { done: ${field} }`, { token });
      assert.equal(errors, undefined, JSON.stringify(errors));
      return data.done;
    };
    made = {
      callId,
      run,
      async archived() {
        const { data } = await server.graphql(`{ call(id: ${callId}) { is_archived } }`, { token });
        return data.call.is_archived;
      },
      note: async () =>
        (await run(`addNote(input: { activityId: "${callId}", content: "x" }) { notes { id } }`)).notes[0].id,
      async user() {
        const id = randomUUID();
        const account = { workspaceId: 1, role: "member", isDisabled: false, createdAtMs: 0 } as const;
        await server.storage.users.add({ id, username: id, ...account }, "");
        return id;
      },
      source: async () => (await run(`addSource(name: "${randomUUID()}") { source { id } }`)).source.id,
      webhook: async () => (await run(`addWebhook(input: ${webhookInput}) { webhook { id } }`)).webhook.id,
      contact: async () => (await run('addContact(input: { name: "x", numbers: [] }) { id }')).id,
    };
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is every mutation of the schema, save those that are listed with their reasons", () => {
    const mutations = Object.keys(buildSchema(readSdl()).getMutationType()?.getFields() ?? {});
    assert.deepEqual([...Object.keys(cases), ...Object.keys(exempt)].toSorted(), mutations.toSorted());
  });

  for (const [name, request] of Object.entries(cases)) {
    it(`${name} acts once, answers the same, and refuses another request under the key`, async () => {
      const query = `mutation { ${await request(made)} }`;
      const headers = { "idempotency-key": randomUUID() };
      const rows = async () => {
        // What is being worked through behind the writes: for a country that was set before, and what is sent to webhooks.
        const { key_work: _, webhook_deliveries: __, webhooks = [], ...others } = await everyRowOf(folder);
        return { ...others, webhooks: webhooks.length };
      };
      const untouched = await rows();
      const first = await server.graphql(query, { token, headers });
      assert.equal(first.errors, undefined, JSON.stringify(first.errors));
      const done = await rows();
      assert.notDeepEqual(done, untouched, "it does something");
      assert.deepEqual(await server.graphql(query, { token, headers }), first);
      assert.deepEqual(await rows(), done, "once");
      const other = await server.graphql(query.replace("mutation", "mutation Another"), { token, headers });
      assert.equal(other.errors?.[0]?.extensions.code, "BAD_USER_INPUT");
      assert.deepEqual(await rows(), done);
      const again = { token, headers: { "idempotency-key": `${headers["idempotency-key"]}-2` } };
      const both = await Promise.all([server.graphql(query, again), server.graphql(query, again)]);
      const [one, two] = both.map(({ data, errors }) => [data, errors?.map(({ extensions }) => extensions.code)]);
      assert.deepEqual(one, two, "at the same moment too");
    });
  }
});

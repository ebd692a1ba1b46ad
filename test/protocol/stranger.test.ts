import assert from "node:assert/strict";
import { hash, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  buildSchema,
  getNamedType,
  type GraphQLInputType,
  type GraphQLNamedType,
  isAbstractType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLOutputType,
} from "graphql";
import { systemSecrets } from "../../server/src/auth/secrets.ts";
import type { Source } from "../../server/src/domain/source.ts";
import { readSdl } from "../../server/src/graphql/schema.ts";
import { outlet, told } from "../../server/src/storage/contract-samples.ts";
import { watchRoutes } from "../support/router-table.ts";
import { type GraphqlResult, startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { type Dialect, dialects, openReadySocket } from "../support/socket.ts";
import { rowsOf } from "../support/test-database.ts";

/**
 * What a stranger could name: things of another workspace, things that nobody has, and things of their own. The first two
 * must be answered alike.
 */
type Targets = {
  readonly callId: string;
  readonly userId: string;
  readonly username: string;
  readonly keyId: string;
  readonly invitationId: string;
  readonly sourceId: string;
  readonly deliveryId: string;
  readonly viewId: string;
  readonly cursor: string;
  readonly deliveryKey: string;
  readonly noteId: string;
  readonly contactId: string;
  readonly webhookId: string;
  readonly webhookDeliveryId: string;
  /** Of a change, as `undoChange` takes it. */
  readonly revision: string;
};

type Bearer = "access" | "refresh";

/** Lets through every call that the stranger has, by each of its fields. */
const wideFilter = `{ and: [{ direction: [inbound] }], or: [{ type: [missed] }, { hasNotes: true }, { tag: ["x"] }, { assignee: [null] }, { unread: true }, { ids: ["1"] }], not: { text: "nothing" },
  line: ["line 0 of stranger"], archived: false, number: "+12025550", created: { from: "2000-01-01", before: "2100-01-01" },
  duration: { min: 0, max: 100000 }, unreturned: true }`;

const contactInput = `{ name: "a contact", company: "theirs", numbers: [{ number: "+442079460777", label: "work" }] }`;

/** Of a name that nobody has. */
const webhookInput = `{ name: "a webhook", url: "https://hooks.invalid/", kinds: [CALL_LOGGED] }`;

/**
 * One row a root field of the schema, with the arguments to try it with; fields below it are selected by themselves. A root
 * field without a row fails the test, and so does any argument or field that no row reaches.
 */
const cases: Readonly<Record<string, { readonly bearer?: Bearer; readonly args: (targets: Targets) => string }>> = {
  "Query.paginatedCalls": { args: () => `(offset: 0, limit: 5, filter: ${wideFilter})` },
  "Query.call": { args: ({ callId }) => `(id: ${callId})` },
  "Query.me": { args: () => "" },
  "Query.calls": {
    args: ({ username, cursor }) =>
      username === "stranger"
        ? `(first: 3, orderBy: CREATED_AT_DESC, filter: ${wideFilter})`
        : `(last: 3, before: "${cursor}", after: "${cursor}")`,
  },
  "Query.callCounts": { args: () => `(by: LINE, timeZone: "Europe/Berlin", filter: ${wideFilter})` },
  "Query.callReturns": { args: () => `(filter: ${wideFilter})` },
  "Query.activity": {
    args: ({ username, cursor }) => `(first: 3${username === "stranger" ? "" : `, after: "${cursor}"`})`,
  },
  "Query.contacts": { args: () => `(search: "contact", first: 5, after: null)` },
  "Query.contact": { args: ({ contactId }) => `(id: "${contactId}")` },
  "Query.contactsRevision": { args: () => "" },
  "Query.defaultCountries": { args: () => "" },
  "Query.users": { args: () => "" },
  "Query.presence": { args: () => "" },
  "Query.unreadCalls": { args: ({ callId }) => `(ids: ["${callId}"])` },
  "Mutation.atCall": { args: ({ callId }) => `(tab: "a-tab", id: "${callId}", isWriting: true)` },
  "Subscription.presence": { args: () => "" },
  "Query.colleagues": { args: () => "" },
  "Query.apiKeys": { args: () => "" },
  "Query.invitations": { args: () => "" },
  "Query.limits": { args: () => "" },
  "Query.changes": { args: ({ cursor }) => `(after: "${cursor}", first: 5, filter: { number: "+12025550" })` },
  "Query.cursor": { args: () => "" },
  "Mutation.login": {
    // Whose name it is decides whether this is the right password: only the stranger's own.
    args: ({ username }) => `(input: { username: "${username}", password: "${testPassword}" })`,
  },
  "Mutation.refreshTokenV2": { bearer: "refresh", args: () => "" },
  "Mutation.refreshToken": { args: () => "" },
  "Mutation.archiveCall": { args: ({ callId }) => `(id: "${callId}", ifRevision: 1000000)` },
  "Mutation.addNote": {
    args: ({ callId }) => `(input: { activityId: "${callId}", content: "a stranger's" }, ifRevision: 1000000)`,
  },
  "Mutation.setCallsArchived": {
    args: ({ username, callId }) =>
      username === "stranger"
        ? `(filter: ${wideFilter}, first: 500, after: null, archived: true)`
        : `(ids: ["${callId}"], archived: true, ifRevision: 1000000)`,
  },
  "Mutation.setCallsTag": {
    args: ({ username, callId }) =>
      username === "stranger"
        ? `(filter: ${wideFilter}, first: 500, after: null, tag: "seen", present: true)`
        : `(ids: ["${callId}"], tag: "seen", present: true, ifRevision: 1000000)`,
  },
  "Mutation.setCallsAssignee": {
    args: ({ username, callId, userId }) =>
      username === "stranger"
        ? `(filter: ${wideFilter}, first: 500, after: null, userId: null)`
        : `(ids: ["${callId}"], userId: "${userId}", ifRevision: 1000000)`,
  },
  "Mutation.undoChanges": { args: ({ revision }) => `(revisions: [${revision}])` },
  "Mutation.setCallsUnread": {
    args: ({ username, callId }) =>
      username === "stranger" ? `(filter: ${wideFilter}, unread: true)` : `(ids: ["${callId}"], unread: true)`,
  },
  "Mutation.editNote": { args: ({ noteId }) => `(id: "${noteId}", content: "another's", ifRevision: 1000000)` },
  "Mutation.deleteNote": { args: ({ noteId }) => `(id: "${noteId}", ifRevision: 1000000)` },
  "Mutation.addTag": { args: ({ callId }) => `(id: "${callId}", tag: "seen", ifRevision: 1000000)` },
  "Mutation.removeTag": { args: ({ callId }) => `(id: "${callId}", tag: "seen", ifRevision: 1000000)` },
  "Mutation.assignCall": {
    args: ({ callId, userId }) => `(id: "${callId}", userId: "${userId}", ifRevision: 1000000)`,
  },
  "Mutation.undoChange": { args: ({ revision }) => `(revision: ${revision}, ifRevision: 1000000)` },
  "Mutation.addContact": { args: () => `(input: ${contactInput})` },
  "Mutation.updateContact": { args: ({ contactId }) => `(id: "${contactId}", input: ${contactInput})` },
  "Mutation.deleteContact": { args: ({ contactId }) => `(id: "${contactId}")` },
  "Mutation.setDefaultCountry": { args: ({ sourceId }) => `(country: "DE", sourceId: "${sourceId}")` },
  "Mutation.inviteUser": { args: () => "(role: READER)" },
  "Mutation.withdrawInvitation": { args: ({ invitationId }) => `(id: "${invitationId}")` },
  "Mutation.setUserRole": { args: ({ userId }) => `(userId: "${userId}", role: READER)` },
  "Mutation.disableUser": { args: ({ userId }) => `(userId: "${userId}")` },
  "Mutation.enableUser": { args: ({ userId }) => `(userId: "${userId}")` },
  "Mutation.createApiKey": {
    args: () =>
      `(input: { name: "${randomUUID()}", scopes: [READ], expiresAt: "2100-01-01T00:00:00Z", requestsPerMinute: 5 })`,
  },
  "Mutation.revokeApiKey": { args: ({ keyId }) => `(id: "${keyId}")` },
  "Query.sources": { args: () => "" },
  "Query.deliveries": { args: ({ sourceId }) => `(sourceId: "${sourceId}", verdict: NEW, first: 5, after: "0.0")` },
  "Query.auditEvents": {
    // Of the stranger alone one who did something there can be named.
    args: ({ userId, username }) =>
      `(first: 5, after: "9007199254740991.0", filter: { kinds: [ROLE_CHANGED], at: { from: "2000-01-01", before: "2100-01-01" }${username === "stranger" ? "" : `, actor: "${userId}"`} })`,
  },
  "Query.delivery": { args: ({ deliveryId }) => `(id: "${deliveryId}")` },
  "Query.views": { args: () => "" },
  "Query.preferences": { args: () => "" },
  "Query.workspaceSettings": { args: () => "" },
  "Mutation.saveView": { args: () => `(name: "a view", query: "type=missed", shared: true)` },
  "Mutation.deleteView": { args: ({ viewId }) => `(id: "${viewId}")` },
  "Mutation.setPreferences": {
    args: () => `(input: { timeZone: "UTC", defaultCountry: "DE", pageSize: 5, theme: DARK, keysOff: [] })`,
  },
  "Mutation.setWorkspaceSettings": {
    args: () => `(input: { name: "another name", timeZone: "UTC", defaultCountry: "DE", callsKeptDays: 1 })`,
  },
  "Mutation.deleteCallsOfNumber": { args: () => `(number: "+12025550100")` },
  "Mutation.exportTicket": { args: () => `(format: "csv", timeZone: "UTC", filter: ${wideFilter}, columns: ["id"])` },
  "Mutation.addSource": { args: () => `(name: "${randomUUID()}", kind: GENERIC)` },
  "Mutation.renameSource": { args: ({ sourceId }) => `(id: "${sourceId}", name: "${randomUUID()}")` },
  "Mutation.rotateSourceKey": { args: ({ sourceId }) => `(id: "${sourceId}")` },
  "Mutation.disableSource": { args: ({ sourceId }) => `(id: "${sourceId}")` },
  "Mutation.enableSource": { args: ({ sourceId }) => `(id: "${sourceId}")` },
  "Mutation.remapDelivery": { args: ({ deliveryId }) => `(id: "${deliveryId}")` },
  "Mutation.remapSource": { args: ({ sourceId }) => `(id: "${sourceId}", after: "0.0")` },
  "Mutation.sendTestCall": { args: ({ sourceId }) => `(sourceId: "${sourceId}")` },
  "Query.webhooks": { args: () => "" },
  "Query.webhookDeliveries": {
    args: ({ webhookId }) => `(webhookId: "${webhookId}", first: 5, after: "9", state: DELIVERED)`,
  },
  "Query.webhookDelivery": { args: ({ webhookDeliveryId }) => `(id: "${webhookDeliveryId}")` },
  "Mutation.addWebhook": { args: () => `(input: ${webhookInput})` },
  "Mutation.updateWebhook": { args: ({ webhookId }) => `(id: "${webhookId}", input: ${webhookInput})` },
  "Mutation.rotateWebhookSecret": { args: ({ webhookId }) => `(id: "${webhookId}")` },
  "Mutation.pauseWebhook": { args: ({ webhookId }) => `(id: "${webhookId}")` },
  "Mutation.resumeWebhook": { args: ({ webhookId }) => `(id: "${webhookId}")` },
  "Mutation.deleteWebhook": { args: ({ webhookId }) => `(id: "${webhookId}")` },
  "Mutation.sendTestWebhook": { args: ({ webhookId }) => `(id: "${webhookId}")` },
  "Mutation.resendWebhookDelivery": { args: ({ webhookDeliveryId }) => `(id: "${webhookDeliveryId}")` },
  "Mutation.logout": { args: () => "" },
  "Mutation.logoutAll": { args: () => "" },
  "Subscription.onUpdateCall": { args: () => "" },
  "Subscription.onUpdatedCall": { args: ({ callId }) => `(id: "${callId}")` },
  "Subscription.contactsChanged": { args: () => "" },
  "Subscription.unreadChanged": { args: () => "" },
  "Subscription.changes": {
    args: ({ cursor }) => `(${cursor === "" ? "" : `after: "${cursor}", `}filter: { number: "+12025550" })`,
  },
  "Subscription.changeStream": {
    args: ({ cursor }) =>
      `(${cursor === "" ? "" : `after: "${cursor}", `}kinds: [CALL_ARCHIVED, CALL_UNARCHIVED], filter: { number: "+12025550" })`,
  },
};

type RouteCase = {
  /** What authenticates there. Without it an access token, or the stranger's key. */
  readonly bearer?: Bearer | "source" | "none";
  /** What stands for parameters of the path. */
  readonly id?: (targets: Targets) => string;
  readonly query?: string;
  /** An object is sent as JSON. */
  readonly body?: (targets: Targets) => object | string;
  /** The media type of a body that is no JSON. */
  readonly type?: string;
  /** What of an answer is the stranger's own and another each time. */
  readonly own?: RegExp;
};

/** One row a route that people, programs and phone systems ask, `/graphql` aside. */
const routeCases: Readonly<Record<string, RouteCase>> = {
  "GET /me": {},
  "GET /calls": { query: "?offset=0&limit=20" },
  "GET /calls/": { query: "?offset=0&limit=20" },
  "GET /calls/:id": { id: ({ callId }) => callId },
  "PUT /calls/:id/archive": { id: ({ callId }) => callId },
  "POST /calls/:id/note": { id: ({ callId }) => callId, body: () => ({ content: "a stranger's" }) },
  "GET /export": { query: "?format=ndjson" },
  "GET /contacts/export": { query: "?format=csv" },
  "POST /contacts/import": { type: "text/csv", body: () => "name,number\nsomebody,+442079460778\n" },
  "POST /auth/login": { body: ({ username }) => ({ username, password: testPassword }) },
  "POST /auth/refresh-token": {},
  "POST /auth/refresh-token-v2": { bearer: "refresh" },
  "POST /session/login": { bearer: "none", body: ({ username }) => ({ username, password: testPassword }) },
  "POST /session/refresh": { bearer: "refresh", body: () => ({}) },
  "POST /session/logout": { bearer: "refresh", body: () => ({}) },
  "POST /setup": { body: ({ invitationId }) => ({ token: invitationId, username: "x", password: testPassword }) },
  "POST /invitations/accept": {
    body: ({ invitationId }) => ({ token: invitationId, username: "x", password: testPassword }),
  },
  "POST /ingest/calls": {
    bearer: "source",
    own: /"callId":"\d+"/,
    // The same delivery as one of theirs, of the same call.
    body: ({ deliveryKey }) => ({
      id: deliveryKey,
      direction: "inbound",
      from: "+12025550199",
      to: "+442079460199",
      via: "+442079460199",
      duration: 1_000,
      call_type: "missed",
      created_at: "2026-07-04T14:31:42.731Z",
    }),
  },
};

/** Routes that answer everybody the same, without a look at the rows of any workspace. */
const publicRoutes = [
  /^GET \/(healthz|readyz)$/,
  /^GET \/(openapi\.json|schema\.graphql|\.well-known\/jwks\.json)$/,
  /^GET \/docs(\.css)?$/,
  /^GET \/graphiql\/[^:*]+$/,
  /^GET \/(setup|page\.css)$/,
];

const schema = buildSchema(readSdl());
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(isObjectType);
const rootFields = roots.flatMap((root) => Object.keys(root.getFields()).map((field) => `${root.name}.${field}`));
const [modern] = dialects as [Dialect, Dialect];

describe("a stranger, with an account or a key of another workspace", () => {
  let folder: string;
  let server: TestServer;
  let theirs: Targets;
  let own: Targets;
  let strangersKey: string;
  /** The key of the stranger's phone system. */
  const sourceKey = systemSecrets.create("rbk_");
  let routes: ReadonlySet<string>;
  let annsToken: string;
  let marks: ReadonlySet<string>;
  const nobodys: Targets = {
    callId: "900000",
    userId: randomUUID(),
    username: "nobody",
    keyId: randomUUID(),
    invitationId: randomUUID(),
    sourceId: randomUUID(),
    deliveryId: "900000",
    viewId: randomUUID(),
    cursor: "0123456789abcdef:1",
    deliveryKey: randomUUID(),
    noteId: "900000",
    contactId: randomUUID(),
    webhookId: randomUUID(),
    webhookDeliveryId: `msg_${randomUUID()}`,
    revision: "900000",
  };
  const reached = new Set<string>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringback-stranger-"));
    const watching = watchRoutes();
    server = await startTestServer({ data: folder });
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200); // the routes are made for the first who asks
    watching.stop();
    routes = watching.routes;
    theirs = await furnish(1, "ann");
    const { id } = await server.storage.workspaces.add("the other team", 0);
    own = await furnish(id, "stranger");
    strangersKey = systemSecrets.create("rbk_");
    const ends = { expiresAtMs: null, lastUsedAtMs: null, revokedAtMs: null, createdBy: null, createdAtMs: 0 };
    await server.storage.apiKeys.add(
      {
        id: randomUUID(),
        workspaceId: id,
        name: "the stranger's key",
        scopes: ["read", "write"],
        requestsPerMinute: 100_000,
        ...ends,
      },
      systemSecrets.digest(strangersKey),
    );
    const login = `mutation { login(input: { username: "ann", password: "ann's own" }) { access_token } }`;
    annsToken = (await server.graphql(login)).data.login.access_token;
    await bothAreAtCalls();
    // A key that the stranger sends with a call of their own comes back to them with it.
    marks = (await textsOf(1)).difference(await textsOf(id)).difference(new Set([theirs.deliveryKey]));
    assert.ok(marks.size > 20, "there is something to be seen");
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("has a case for every field that a request can begin with, and none besides", () => {
    const named = Object.keys(cases);
    assert.deepEqual(
      rootFields.filter((field) => !named.includes(field)),
      [],
      "These fields have no case here.",
    );
    assert.deepEqual(
      named.filter((name) => !rootFields.includes(name)),
      [],
      "These cases have no field any more.",
    );
  });

  it("has a case for every route, save those that are the same for everybody, and none besides", () => {
    const named = Object.keys(routeCases);
    assert.deepEqual(
      [...routes].filter((route) => !named.includes(route) && !publicRoutes.some((isIt) => isIt.test(route))),
      [],
      "These routes have no case here.",
    );
    assert.deepEqual(
      named.filter((name) => !routes.has(name)),
      [],
      "These cases have no route any more.",
    );
  });

  for (const [route, row] of Object.entries(routeCases)) {
    const { bearer: kind = "access", id, query = "", body, type = "application/json", own: ownPart } = row;
    for (const who of ["user", "key"] as const) {
      it(`${route} shows nothing of another workspace, tells nothing about it and touches nothing in it (${who})`, async () => {
        const before = await rowsOfWorkspace(1);
        const answers: string[] = [];
        for (const targets of [theirs, nobodys, own]) {
          const [method = "", path = ""] = route.split(" ");
          const token = kind === "source" ? sourceKey : kind === "none" ? null : await bearer(who, kind);
          const cookie = kind === "refresh" ? { cookie: `__Host-ringback-refresh=${token}` } : {};
          const given = body?.(targets) ?? "";
          const sent = typeof given === "string" ? given : JSON.stringify(given);
          const asked = `${path.replace(":id", id?.(targets) ?? "")}${query}`;
          const response = await fetch(`${server.url}${asked}`, {
            method,
            headers: {
              ...(token !== null && { authorization: `Bearer ${token}` }),
              ...(sent !== "" && { "content-type": type }),
              // As browsers send it for pages of this server.
              ...(path.startsWith("/session/") && { origin: server.url, "sec-fetch-site": "same-origin", ...cookie }),
            },
            ...(sent !== "" && { body: sent }),
          });
          const text = await response.text();
          refuseMarks(text, `${asked} ${sent}`);
          answers.push(
            masked(
              { status: response.status, text: ownPart === undefined ? text : text.replace(ownPart, "") },
              targets,
            ),
          );
          if (targets === own && who === "user" && !route.endsWith("/setup") && !route.endsWith("/accept")) {
            assert.ok(response.status < 400, `${response.status} ${text}`);
          }
        }
        const named = (targets: Targets) => JSON.stringify([id?.(targets), body?.(targets)]);
        if (named(theirs) !== named(nobodys)) assert.equal(answers[0], answers[1]);
        assert.deepEqual(await rowsOfWorkspace(1), before);
      });
    }
  }

  for (const name of rootFields.filter((field) => !field.startsWith("Subscription."))) {
    for (const who of ["user", "key"] as const) {
      it(`${name} shows nothing of another workspace, tells nothing about it and touches nothing in it (${who})`, async () => {
        if (name === "Query.presence") await bothAreAtCalls();
        const before = await rowsOfWorkspace(1);
        const answers: string[] = [];
        for (const targets of [theirs, nobodys, own]) {
          const { request, result } = await ask(name, who, targets);
          refuseMarks(result, request);
          reach(name, result.data);
          answers.push(masked(result, targets));
        }
        if (namesSomething(name)) assert.equal(answers[0], answers[1]);
        assert.deepEqual(await rowsOfWorkspace(1), before);
      });
    }
  }

  for (const name of rootFields.filter((field) => field.startsWith("Subscription."))) {
    for (const who of ["user", "key"] as const) {
      it(`${name} delivers nothing of another workspace (${who})`, async () => {
        if (name === "Subscription.presence") await bothAreAtCalls();
        const answers: string[] = [];
        for (const targets of [theirs, nobodys, { ...own, cursor: "" }]) {
          const isOwn = targets.callId === own.callId;
          const socket = await openReadySocket(server.socketUrl, modern, await bearer(who, "access"));
          const query = documentOf(name, targets);
          socket.send({ id: "case", type: "subscribe", payload: { query } });
          socket.send({ id: "control", type: "subscribe", payload: { query: "subscription { changes { kind } }" } });
          // Answered once both stand.
          socket.send({ id: "ready", type: "subscribe", payload: { query: "{ __typename }" } });
          const seen: unknown[] = [];
          const until = async (id: string, type: string) => {
            for (;;) {
              const message = await socket.next();
              if (message["id"] === "case" && message["type"] !== "complete") seen.push(message["payload"]);
              if (message["id"] === id && message["type"] === type) return;
            }
          };
          await until("ready", "next");
          await archive(annsToken, theirs.callId);
          await archive(strangersKey, own.callId);
          await server.graphql(`mutation { addContact(input: ${contactInput}) { id } }`, { token: annsToken });
          await until("control", "next");
          const wanted = isOwn ? 1 : 0;
          while (changesIn(seen).length < wanted) await until("case", "next");
          socket.send({ id: "end", type: "subscribe", payload: { query: "{ __typename }" } });
          await until("end", "next");
          for (const payload of seen) {
            refuseMarks(payload, query);
            reach(name, (payload as GraphqlResult).data);
          }
          if (isOwn) assert.equal(changesIn(seen).length, 1, JSON.stringify(seen));
          answers.push(masked(seen, targets));
          socket.ws.close();
        }
        if (namesSomething(name)) assert.equal(answers[0], answers[1]);
      });
    }
  }

  it("under a key that somebody of another workspace used gets an answer of their own", async () => {
    const headers = { "idempotency-key": "the-same" };
    const query = 'mutation { archiveCall(id: "1") { from } }';
    const first = await server.graphql(query, { token: annsToken, headers });
    const second = await server.graphql(query, { token: strangersKey, headers });
    assert.notEqual(first.data.archiveCall.from, second.data.archiveCall.from);
  });

  it("was shown every field and gave every argument of the schema", () => {
    const wanted = Object.values(schema.getTypeMap())
      .filter((type) => (isObjectType(type) || isInputObjectType(type)) && !type.name.startsWith("__"))
      .flatMap((type) => namesOf(type));
    assert.deepEqual(
      wanted.filter((field) => !reached.has(field)),
      [],
      `${reached.size} of ${wanted.length} were reached`,
    );
  });

  /** Calls, notes, people, a key and an invitation in a workspace; what a stranger could name of it. */
  async function furnish(workspaceId: number, username: string): Promise<Targets> {
    const { storage } = server;
    const userId = randomUUID();
    const account = { workspaceId, role: "admin", isDisabled: false, createdAtMs: 0 } as const;
    const passwordHash = await server.passwords.hash(username === "stranger" ? testPassword : `${username}'s own`);
    await storage.users.add({ ...account, id: userId, username }, passwordHash);
    const colleague = `colleague of ${username}`;
    const colleagueId = randomUUID();
    await storage.users.add({ ...account, id: colleagueId, username: colleague }, passwordHash);
    const source: Source = {
      id: randomUUID(),
      workspaceId,
      name: `pbx of ${username}`,
      kind: "generic",
      createdAtMs: 0,
    };
    await storage.sources.add(source, username === "stranger" ? hash("sha256", sourceKey) : randomUUID());
    // The stranger has fewer calls: what is number 9 of the others is nobody's there.
    const count = workspaceId === 1 ? 9 : 1;
    const deliveries = Array.from({ length: count }, (_, at) => ({
      deliveryKey: randomUUID(),
      groupKey: randomUUID(),
      raw: randomUUID(),
      digest: randomUUID(),
      problem: null,
      facts: {
        direction: "inbound" as const,
        from: `+1${workspaceId}025550${at}`,
        to: `+44${workspaceId}79460${at}`,
        via: `line ${at} of ${username}`,
        startedAtMs: 1_600_000_000_000 + workspaceId * 12_345 + at,
        endedAtMs: null,
        durationMs: 1_000,
        callType: "missed" as const,
        isArchived: false,
        notes: [`note ${at} of ${username}`],
      },
    }));
    const verdicts = await storage.sources.accept(source, deliveries, 0);
    // A missed call that was returned, for what calls show of that.
    const [caller, us] = [`+1${workspaceId}0255509`, `+44${workspaceId}794609`];
    for (const ends of [
      { direction: "inbound", from: caller, to: us },
      { direction: "outbound", from: us, to: caller },
    ] as const) {
      const startedAtMs = 1_500_000_000_000 + workspaceId * 54_321;
      const missed = {
        via: us,
        startedAtMs,
        endedAtMs: null,
        durationMs: 0,
        callType: "missed",
        isArchived: false,
      } as const;
      const keys = { deliveryKey: randomUUID(), groupKey: randomUUID(), digest: randomUUID(), raw: randomUUID() };
      await storage.sources.accept(source, [{ ...keys, problem: null, facts: { ...ends, ...missed, notes: [] } }], 0);
    }
    const keyId = randomUUID();
    const ends = { expiresAtMs: null, lastUsedAtMs: null, revokedAtMs: null, createdBy: userId, createdAtMs: 0 };
    await storage.apiKeys.add(
      { id: keyId, workspaceId, name: `key of ${username}`, scopes: ["read"], requestsPerMinute: 600, ...ends },
      randomUUID(),
    );
    const invitationId = randomUUID();
    const expiresAtMs = Date.now() + 86_400_000;
    await storage.invitations.add(
      { id: invitationId, workspaceId, role: "member", createdBy: userId, createdAtMs: 0, expiresAtMs },
      randomUUID(),
    );
    const writing = { workspaceId, actor: { kind: "user", id: userId }, atMs: 0 } as const;
    const numbers = [{ e164: `+44207946${workspaceId}001`, label: null }];
    await storage.audit.record({
      workspaceId,
      kind: "role-changed",
      actor: { kind: "user", id: userId },
      atMs: Date.now(),
      target: { id: colleagueId, name: colleague },
      details: { role: "reader" },
    });
    const contactId = randomUUID();
    await storage.contacts.add(writing, { id: contactId, name: `contact of ${username}`, company: null, numbers });
    const { notes } = await storage.calls.addNote(writing, 1, `a note by ${username}`);
    const noteId = String(notes[0]?.id);
    // Each workspace has its own revisions: of the others a number that the stranger does not come to.
    if (workspaceId === 1) for (let at = 0; at < 200; at++) await storage.calls.toggleArchived(writing, 2);
    const { epoch, revision: head } = await storage.changes.head(workspaceId);
    const revision = String(head);
    const callId = String(verdicts.at(-1)?.callId);
    const [delivery] = await storage.deliveries.ofCall(workspaceId, Number(callId), 1);
    const ids = { userId: colleagueId, keyId, invitationId, sourceId: source.id, deliveryId: String(delivery?.id) };
    const view = { id: randomUUID(), workspaceId, ownerId: userId, query: "", isShared: true, savedAtMs: 0 };
    const { id: viewId } = await storage.views.save({ ...view, name: `view of ${username}` });
    const webhookId = randomUUID();
    await storage.webhooks.add(outlet(webhookId, { workspaceId, name: `webhook of ${username}`, state: "paused" }));
    const webhookDeliveryId = `msg_${randomUUID()}`;
    await storage.webhooks.send(workspaceId, webhookId, told(webhookDeliveryId, { isTest: true }));
    const attempt = { atMs: 0, durationMs: 1, statusCode: 200, problem: null, response: `answer to ${username}` };
    const settled = { attempt, retryAtMs: 0, heldUntilMs: 0, isGone: false };
    await storage.webhooks.settle({ workspaceId, webhookId }, 1, settled);
    const { deliveryKey = "" } = deliveries[0] ?? {};
    const made = { webhookId, webhookDeliveryId, noteId, contactId };
    return { callId, username, viewId, ...ids, ...made, cursor: `${epoch}:1`, deliveryKey, revision };
  }

  async function bearer(who: "user" | "key", kind: Bearer): Promise<string> {
    if (who === "key") return strangersKey;
    const { accessToken, refreshToken } = await server.signIn("stranger");
    return kind === "access" ? accessToken : refreshToken;
  }

  /** That somebody is at a call holds for 45 seconds, in which not all cases may have run. */
  async function bothAreAtCalls(): Promise<void> {
    const { accessToken } = await server.signIn("stranger");
    for (const [tab, { callId }, token] of [
      ["ann's-tab", theirs, annsToken],
      ["a-tab", own, accessToken],
    ] as const) {
      const { errors } = await server.graphql(`mutation { atCall(tab: "${tab}", id: "${callId}") }`, { token });
      assert.equal(errors, undefined);
    }
  }

  async function ask(name: string, who: "user" | "key", targets: Targets) {
    const request = documentOf(name, targets);
    const token = await bearer(who, cases[name]?.bearer ?? "access");
    return { request, result: await server.graphql(request, { token }) };
  }

  async function archive(token: string, callId: string): Promise<void> {
    const { errors } = await server.graphql(`mutation { archiveCall(id: "${callId}") { id } }`, { token });
    assert.equal(errors, undefined);
  }

  /** Fails when an answer has any text of the other workspace that the stranger did not send. */
  function refuseMarks(answer: unknown, request: string): void {
    const text = JSON.stringify(answer);
    for (const mark of marks) assert.ok(request.includes(mark) || !text.includes(mark), `${mark} is in ${text}`);
  }

  /** Notes the root field with its arguments, and each field below it that was answered. */
  function reach(name: string, data: unknown): void {
    const [rootName = "", fieldName = ""] = name.split(".");
    const root = schema.getType(rootName);
    assert.ok(isObjectType(root));
    const field = root.getFields()[fieldName];
    reached.add(name);
    const given = cases[name]?.args(own) ?? "";
    const withCursor = cases[name]?.args(theirs) ?? "";
    for (const arg of field?.args ?? []) reachInput(`${name}(${arg.name})`, arg, `${given}${withCursor}`);
    const answered = (data as Record<string, unknown> | null | undefined)?.[fieldName];
    if (field !== undefined) reachBelow(field.type, answered);
  }

  /** Notes an argument or a field of an input that the text gives, and those below it. */
  function reachInput(name: string, { name: key, type }: { name: string; type: GraphQLInputType }, text: string): void {
    if (reached.has(name) || !text.includes(`${key}: `)) return;
    reached.add(name);
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields())) reachInput(`${named.name}.${field.name}`, field, text);
  }

  function reachBelow(type: GraphQLOutputType, value: unknown): void {
    if (value === null || value === undefined) return;
    if (isNonNullType(type)) return reachBelow(type.ofType, value);
    if (isListType(type)) {
      for (const item of value as readonly unknown[]) reachBelow(type.ofType, item);
      return;
    }
    const { __typename: typeName = type.name, ...fields } = value as Readonly<Record<string, unknown>>;
    const object = schema.getType(String(typeName));
    if (!isObjectType(object)) return;
    for (const [name, inner] of Object.entries(fields)) {
      const field = object.getFields()[name];
      reached.add(`${object.name}.${name}`);
      // Below the root an argument that is not given has its default.
      for (const arg of field?.args ?? []) {
        if (!isRequiredArgument(arg)) reached.add(`${object.name}.${name}(${arg.name})`);
      }
      if (field !== undefined) reachBelow(field.type, inner);
    }
  }

  /** Every row of a workspace, of every table that has any, save that somebody tried to sign in there. */
  async function rowsOfWorkspace(workspaceId: number) {
    const rows = await rowsOf(folder, workspaceId);
    assert.ok(Object.keys(rows).length > 10);
    const told = rows["audit_events"]?.filter((row) => row["kind"] !== "sign-in-refused");
    return { ...rows, ...(told && { audit_events: told }) };
  }

  /** The texts of a workspace's rows that are long enough to be told from chance. */
  async function textsOf(workspaceId: number): Promise<Set<string>> {
    const values = Object.values(await rowsOfWorkspace(workspaceId))
      .flat()
      .flatMap((row) => Object.values(row));
    return new Set(values.filter((value) => typeof value === "string" && value.length >= 6) as string[]);
  }
});

/** The fields of a type and their arguments, as they are counted. */
function namesOf(type: GraphQLNamedType): readonly string[] {
  if (isInputObjectType(type)) return Object.keys(type.getFields()).map((field) => `${type.name}.${field}`);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const name = `${type.name}.${field.name}`;
    return [name].concat(field.args.map((arg) => `${name}(${arg.name})`));
  });
}

/** The results of a subscription that show a change, and do not just tell how far it was followed. */
function changesIn(payloads: readonly unknown[]): readonly unknown[] {
  return payloads.filter((payload) => !JSON.stringify(payload).includes('"ChangeProgress"'));
}

/** Whether the arguments of a case name something that somebody has; the others make or ask for what is the stranger's own. */
function namesSomething(name: string): boolean {
  const probe = "probe";
  const targets = {
    callId: probe,
    userId: probe,
    username: probe,
    keyId: probe,
    invitationId: probe,
    sourceId: probe,
    deliveryId: probe,
    viewId: probe,
    cursor: probe,
    deliveryKey: probe,
    noteId: probe,
    contactId: probe,
    webhookId: probe,
    webhookDeliveryId: probe,
    revision: probe,
  };
  return cases[name]?.args(targets).includes(probe) ?? false;
}

/** The request of a case, with every field that can be selected. */
function documentOf(name: string, targets: Targets): string {
  const [rootName = "", fieldName = ""] = name.split(".");
  const root = schema.getType(rootName);
  assert.ok(isObjectType(root));
  const field = root.getFields()[fieldName];
  assert.ok(field);
  return `${rootName.toLowerCase()} { ${fieldName}${cases[name]?.args(targets)}${selection(field.type, [], rootName === "Subscription")} }`;
}

function selection(type: GraphQLOutputType, path: readonly string[], isLive: boolean): string {
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    const each = schema
      .getPossibleTypes(named)
      .map((object) => `... on ${object.name}${selection(object, path, isLive)}`);
    return ` { __typename ${each.join(" ")} }`;
  }
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields())
    .filter((field) => !field.args.some(isRequiredArgument) && !path.includes(getNamedType(field.type).name))
    .filter((field) => !isLive || !field.description?.includes("ot in subscriptions"))
    .map((field) => `${field.name}${selection(field.type, [...path, named.name], isLive)}`);
  return ` { ${fields.join(" ")} }`;
}

/** An answer without what tells requests apart by themselves: what was asked for, ids of requests, and times to wait. */
function masked(answer: unknown, targets: Targets): string {
  return Object.values(targets).reduce(
    (text, value) => (value.length < 6 ? text.replaceAll(`"${value}"`, '"?"') : text.replaceAll(value, "?")),
    JSON.stringify(answer)
      .replaceAll(/(\\?"requestId\\?":\\?")[^"\\]*/g, "$1?")
      .replaceAll(/(\\?"retryAfterMs\\?":)\d+/g, "$1?")
      .replaceAll(`"revision":${targets.revision},`, '"revision":?,'),
  );
}

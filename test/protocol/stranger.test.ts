import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, it } from "node:test";
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLOutputType,
} from "graphql";
import { databaseFileName } from "../../server/src/app.ts";
import { systemSecrets } from "../../server/src/auth/secrets.ts";
import type { Source } from "../../server/src/domain/source.ts";
import { readSdl } from "../../server/src/graphql/schema.ts";
import { type GraphqlResult, startTestServer, testPassword, type TestServer } from "../support/server.ts";
import { type Dialect, dialects, openReadySocket } from "../support/socket.ts";

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
  readonly cursor: string;
};

type Bearer = "access" | "refresh";

/**
 * One row a root field of the schema, with the arguments to try it with; fields below it are selected by themselves. A root
 * field without a row fails the test, and so does any argument or field that no row reaches.
 */
const cases: Readonly<Record<string, { readonly bearer?: Bearer; readonly args: (targets: Targets) => string }>> = {
  "Query.paginatedCalls": { args: () => "(offset: 0, limit: 20)" },
  "Query.call": { args: ({ callId }) => `(id: ${callId})` },
  "Query.me": { args: () => "" },
  "Query.users": { args: () => "" },
  "Query.apiKeys": { args: () => "" },
  "Query.invitations": { args: () => "" },
  "Mutation.login": {
    // Whose name it is decides whether this is the right password: only the stranger's own.
    args: ({ username }) => `(input: { username: "${username}", password: "${testPassword}" })`,
  },
  "Mutation.refreshTokenV2": { bearer: "refresh", args: () => "" },
  "Mutation.refreshToken": { args: () => "" },
  "Mutation.archiveCall": { args: ({ callId }) => `(id: "${callId}")` },
  "Mutation.addNote": { args: ({ callId }) => `(input: { activityId: "${callId}", content: "a stranger's" })` },
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
  "Query.delivery": { args: ({ deliveryId }) => `(id: "${deliveryId}")` },
  "Mutation.addSource": { args: () => `(name: "${randomUUID()}", kind: GENERIC)` },
  "Mutation.renameSource": { args: ({ sourceId }) => `(id: "${sourceId}", name: "${randomUUID()}")` },
  "Mutation.rotateSourceKey": { args: ({ sourceId }) => `(id: "${sourceId}")` },
  "Mutation.disableSource": { args: ({ sourceId }) => `(id: "${sourceId}")` },
  "Mutation.enableSource": { args: ({ sourceId }) => `(id: "${sourceId}")` },
  "Mutation.remapDelivery": { args: ({ deliveryId }) => `(id: "${deliveryId}")` },
  "Mutation.remapSource": { args: ({ sourceId }) => `(id: "${sourceId}", after: "0.0")` },
  "Mutation.sendTestCall": { args: ({ sourceId }) => `(sourceId: "${sourceId}")` },
  "Mutation.logout": { args: () => "" },
  "Mutation.logoutAll": { args: () => "" },
  "Subscription.onUpdateCall": { args: () => "" },
  "Subscription.onUpdatedCall": { args: ({ callId }) => `(id: "${callId}")` },
  "Subscription.changes": { args: ({ cursor }) => (cursor === "" ? "" : `(after: "${cursor}")`) },
};

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
    cursor: "0123456789abcdef:1",
  };
  const reached = new Set<string>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringback-stranger-"));
    server = await startTestServer({ data: folder });
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
    marks = textsOf(1).difference(textsOf(id));
    assert.ok(marks.size > 20, "there is something to be seen");
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("has a case for every field that a request can begin with", () => {
    assert.deepEqual(Object.keys(cases).toSorted(), rootFields.toSorted());
  });

  for (const name of rootFields.filter((field) => !field.startsWith("Subscription."))) {
    for (const who of ["user", "key"] as const) {
      it(`${name} shows nothing of another workspace, tells nothing about it and touches nothing in it (${who})`, async () => {
        const before = rowsOf(1);
        const answers: string[] = [];
        for (const targets of [theirs, nobodys, own]) {
          const { request, result } = await ask(name, who, targets);
          refuseMarks(result, request);
          reach(name, result.data);
          answers.push(masked(result, targets));
        }
        if (namesSomething(name)) assert.equal(answers[0], answers[1]);
        assert.deepEqual(rowsOf(1), before);
      });
    }
  }

  for (const name of rootFields.filter((field) => field.startsWith("Subscription."))) {
    for (const who of ["user", "key"] as const) {
      it(`${name} delivers nothing of another workspace (${who})`, async () => {
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
          await until("control", "next");
          if (isOwn && seen.length === 0) await until("case", "next");
          socket.send({ id: "end", type: "subscribe", payload: { query: "{ __typename }" } });
          await until("end", "next");
          for (const payload of seen) {
            refuseMarks(payload, query);
            reach(name, (payload as GraphqlResult).data);
          }
          if (isOwn) assert.equal(seen.length, 1, JSON.stringify(seen));
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
      .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__"))
      .flatMap((type) => Object.values(type.getFields()).flatMap((field) => namesOf(type, field)));
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
    await storage.sources.add(source, randomUUID());
    // The stranger has fewer calls: what is number 3 of the others is nobody's there.
    const count = workspaceId === 1 ? 3 : 1;
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
    const { epoch } = await storage.changes.head(workspaceId);
    const callId = String(verdicts.at(-1)?.callId);
    const [delivery] = await storage.deliveries.ofCall(workspaceId, Number(callId), 1);
    const ids = { userId: colleagueId, keyId, invitationId, sourceId: source.id, deliveryId: String(delivery?.id) };
    return { callId, username, ...ids, cursor: `${epoch}:1` };
  }

  async function bearer(who: "user" | "key", kind: Bearer): Promise<string> {
    if (who === "key") return strangersKey;
    const { accessToken, refreshToken } = await server.signIn("stranger");
    return kind === "access" ? accessToken : refreshToken;
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
    for (const arg of field?.args ?? []) {
      if (`${given}${withCursor}`.includes(`${arg.name}: `)) reached.add(`${name}(${arg.name})`);
    }
    const answered = (data as Record<string, unknown> | null | undefined)?.[fieldName];
    if (field !== undefined) reachBelow(field.type, answered);
  }

  function reachBelow(type: GraphQLOutputType, value: unknown): void {
    if (value === null || value === undefined) return;
    if (isNonNullType(type)) return reachBelow(type.ofType, value);
    if (isListType(type)) {
      for (const item of value as readonly unknown[]) reachBelow(type.ofType, item);
      return;
    }
    if (!isObjectType(type)) return;
    for (const [name, inner] of Object.entries(value)) {
      const field = type.getFields()[name];
      reached.add(`${type.name}.${name}`);
      // Below the root an argument that is not given has its default.
      for (const arg of field?.args ?? []) {
        if (arg.defaultValue !== undefined) reached.add(`${type.name}.${name}(${arg.name})`);
      }
      if (field !== undefined) reachBelow(field.type, inner);
    }
  }

  /** Every row of a workspace, of every table that has any. */
  function rowsOf(workspaceId: number): Readonly<Record<string, unknown>> {
    const db = new DatabaseSync(join(folder, databaseFileName), { readOnly: true });
    try {
      const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
      const rows: [string, unknown][] = [];
      for (const { name } of tables) {
        const columns = db.prepare(`SELECT name FROM pragma_table_info('${name}')`).all() as { name: string }[];
        const key = name === "workspaces" ? "id" : columns.find((column) => column.name === "workspace_id")?.name;
        if (key === undefined) continue;
        rows.push([name, db.prepare(`SELECT * FROM "${name}" WHERE ${key} = ?`).all(workspaceId)]);
      }
      assert.ok(rows.length > 10);
      return Object.fromEntries(rows);
    } finally {
      db.close();
    }
  }

  /** The texts of a workspace's rows that are long enough to be told from chance. */
  function textsOf(workspaceId: number): Set<string> {
    const rows = Object.values(rowsOf(workspaceId)) as Record<string, unknown>[][];
    const values = rows.flat().flatMap((row) => Object.values(row));
    return new Set(values.filter((value) => typeof value === "string" && value.length >= 6) as string[]);
  }
});

/** A field and its arguments, as they are counted. */
function namesOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): readonly string[] {
  const name = `${type.name}.${field.name}`;
  return [name].concat(field.args.map((arg) => `${name}(${arg.name})`));
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
    cursor: probe,
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
  return `${rootName.toLowerCase()} { ${fieldName}${cases[name]?.args(targets)}${selection(field.type, [])} }`;
}

function selection(type: GraphQLOutputType, path: readonly string[]): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields())
    .filter((field) => !field.args.some(isRequiredArgument) && !path.includes(getNamedType(field.type).name))
    .map((field) => `${field.name}${selection(field.type, [...path, named.name])}`);
  return ` { ${fields.join(" ")} }`;
}

/** An answer without what tells requests apart by themselves: what was asked for, and ids of requests. */
function masked(answer: unknown, targets: Targets): string {
  return Object.values(targets).reduce(
    (text, value) => (value === "" ? text : text.replaceAll(value, "?")),
    JSON.stringify(answer),
  );
}

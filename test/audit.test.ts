import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, testPassword, type TestServer } from "./support/server.ts";

const all = `query ($first: Int, $after: String, $filter: AuditFilter) {
  auditEvents(first: $first, after: $after, filter: $filter) {
    nodes { id kind at actor { kind id name } target { id name } details { name value } }
    hasNextPage endCursor
  }
}`;

type Event = {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly name: string | null; readonly id: string | null };
  readonly target: { readonly id: string; readonly name: string } | null;
  readonly details: readonly { readonly name: string; readonly value: string }[];
};

describe("the audit log", () => {
  let server: TestServer;
  let admin: string;

  before(async () => {
    server = await startTestServer();
    admin = (await server.signIn("ada")).accessToken;
  });
  after(() => server.close());

  it("tells what an admin decides, with who, whom and how, and once where it is asked twice", async () => {
    const { path } = await done("inviteUser(role: MEMBER) { path }");
    await accept(path, "bob");
    const bob = (await server.storage.users.byName("bob"))?.user.id ?? assert.fail();
    await done(`setUserRole(userId: "${bob}", role: ADMIN) { id }`);
    await done(`setUserRole(userId: "${bob}", role: ADMIN) { id }`);
    await done(`disableUser(userId: "${bob}") { id }`);
    await done(`enableUser(userId: "${bob}") { id }`);
    const headers = { "idempotency-key": "once" };
    for (let time = 0; time < 2; time += 1) {
      await done('createApiKey(input: { name: "robot", scopes: [READ] }) { key { id } }', { headers });
    }
    const key = (await server.graphql("{ apiKeys { id } }", { token: admin })).data.apiKeys[0].id;
    await done(`revokeApiKey(id: "${key}")`);
    const { source } = await done('addSource(name: "PBX", kind: GENERIC) { source { id } }');
    await done(`renameSource(id: "${source.id}", name: "Front desk") { id }`);
    await done(`rotateSourceKey(id: "${source.id}") { source { id } }`);
    await done(`disableSource(id: "${source.id}") { id }`);
    await done(`disableSource(id: "${source.id}") { id }`);
    await done(`enableSource(id: "${source.id}") { id }`);
    const hook = (host: string) => `{ name: "CRM", url: "https://${host}/hook?secret=word" }`;
    const { webhook } = await done(`addWebhook(input: ${hook("crm.example.com")}) { webhook { id } }`);
    await done(`updateWebhook(id: "${webhook.id}", input: ${hook("crm.example.org")}) { id }`);
    await done(`rotateWebhookSecret(id: "${webhook.id}") { webhook { id } }`);
    await done(`pauseWebhook(id: "${webhook.id}") { id }`);
    await done(`resumeWebhook(id: "${webhook.id}") { id }`);
    await done(`deleteWebhook(id: "${webhook.id}")`);
    await done(
      'setWorkspaceSettings(input: { name: "Sales", timeZone: "Europe/Berlin", defaultCountry: "DE" }) { name }',
    );
    await done('setWorkspaceSettings(input: { name: "Sales" }) { name }');
    await done(`setDefaultCountry(country: "FR", sourceId: "${source.id}") { country }`);
    assert.deepEqual(texts(await events()).toReversed(), [
      "USER ada SIGNED_IN network=127.0.0.0/24",
      "USER ada USER_INVITED role=member",
      "USER bob USER_JOINED role=member",
      "USER bob SIGNED_IN network=127.0.0.0/24",
      "USER ada ROLE_CHANGED bob role=admin before=member",
      "USER ada USER_DISABLED bob",
      "USER ada USER_ENABLED bob",
      "USER ada KEY_CREATED robot scopes=read",
      "USER ada KEY_REVOKED robot",
      "USER ada SOURCE_ADDED PBX",
      "USER ada SOURCE_RENAMED Front desk before=PBX",
      "USER ada SOURCE_KEY_REPLACED Front desk",
      "USER ada SOURCE_DISABLED Front desk",
      "USER ada SOURCE_ENABLED Front desk",
      "USER ada WEBHOOK_ADDED CRM host=crm.example.com",
      "USER ada WEBHOOK_CHANGED CRM host=crm.example.org",
      "USER ada WEBHOOK_SECRET_REPLACED CRM",
      "USER ada WEBHOOK_PAUSED CRM",
      "USER ada WEBHOOK_RESUMED CRM",
      "USER ada WEBHOOK_REMOVED CRM",
      "USER ada SETTINGS_CHANGED name=Sales timeZone=Europe/Berlin",
      "USER ada COUNTRY_CHANGED country=DE",
      "USER ada COUNTRY_CHANGED Front desk country=FR",
    ]);
  });

  it("tells that somebody could not sign in to an account, and nothing of names that nobody has", async () => {
    for (const [username, password] of [
      ["nobody has this name", "guess"],
      ["ada", "guess"],
      ["ada", "guess"],
    ] as const) {
      const { errors } = await server.graphql(login, { variables: { input: { username, password } } });
      assert.equal(errors?.[0]?.extensions.code, "UNAUTHENTICATED");
    }
    // It is told beside the answer: nobody waits for it.
    const refused = () => events({ kinds: ["SIGN_IN_REFUSED"] });
    while ((await refused()).length === 0) await new Promise(setImmediate);
    assert.deepEqual(texts(await refused()), ["STRANGER - SIGN_IN_REFUSED ada network=127.0.0.0/24 count=1"]);
    assert.ok(!JSON.stringify(await events()).includes("nobody has this name"));
  });

  it("tells who took calls and contacts away, before the first of them, and who brought contacts in", async () => {
    await server.addCalls(3);
    const ticket = (await done('exportTicket(format: "ndjson", filter: { direction: [inbound] }) { path }')).path;
    assert.equal((await (await fetch(`${server.url}${ticket}`)).text()).trim().split("\n").length, 3);
    const headers = { authorization: `Bearer ${admin}` };
    const body = "name,number\nZoë,+442079460123\n";
    await fetch(`${server.url}/contacts/import`, {
      method: "POST",
      headers: { ...headers, "content-type": "text/csv" },
      body,
    });
    await (await fetch(`${server.url}/contacts/export?format=vcard`, { headers })).text();
    const kinds = ["CALLS_EXPORTED", "CONTACTS_IMPORTED", "CONTACTS_EXPORTED"];
    assert.deepEqual(texts(await events({ kinds })).toReversed(), [
      'USER ada CALLS_EXPORTED format=ndjson count=3 filter={"kind":"direction","in":["inbound"]}',
      "USER ada CONTACTS_IMPORTED count=1",
      "USER ada CONTACTS_EXPORTED format=vcard",
    ]);
  });

  it("tells that people ended their sessions", async () => {
    for (const mutation of ["logout", "logoutAll"]) {
      const { accessToken: token } = await server.signIn("carl");
      await server.graphql(`mutation { ${mutation} }`, { token });
    }
    assert.deepEqual(texts(await events({ kinds: ["SIGNED_OUT", "SIGNED_OUT_EVERYWHERE"] })), [
      "USER carl SIGNED_OUT_EVERYWHERE",
      "USER carl SIGNED_OUT",
    ]);
  });

  it("comes in pages, of one person and of a time", async () => {
    const whole = await events();
    const walked: Event[] = [];
    for (let after: string | null = null; ;) {
      const { nodes, hasNextPage, endCursor } = await page({ first: 3, after });
      walked.push(...nodes);
      after = endCursor;
      if (!hasNextPage) break;
    }
    assert.deepEqual(walked, whole);
    const bob = (await server.storage.users.byName("bob"))?.user.id;
    assert.deepEqual(texts(await events({ actor: bob })), [
      "USER bob SIGNED_IN network=127.0.0.0/24",
      "USER bob USER_JOINED role=member",
    ]);
    const at = whole.at(-1)?.at ?? assert.fail();
    assert.deepEqual(await events({ at: { before: at } }), []);
    assert.deepEqual(await events({ at: { from: at } }), whole);
  });

  it("is for admins, and refuses what it cannot read", async () => {
    const codeOf = async (variables: object, token: string) =>
      (await server.graphql(all, { variables, token })).errors?.[0]?.extensions.code;
    for (const role of ["member", "reader"] as const) {
      const name = `a ${role}`;
      const account = { workspaceId: 1, username: name, role, isDisabled: false, createdAtMs: 0 };
      await server.storage.users.add({ ...account, id: role }, await server.passwords.hash(testPassword));
      assert.equal(await codeOf({}, (await server.signIn(name)).accessToken), "FORBIDDEN");
    }
    for (const variables of [
      { first: -1 },
      { first: 201 },
      { after: "nonsense" },
      { filter: { at: { from: "yesterday" } } },
      { filter: { kinds: ["NONSENSE"] } },
    ]) {
      assert.equal(await codeOf(variables, admin), "BAD_USER_INPUT", JSON.stringify(variables));
    }
  });

  const login = "mutation ($input: LoginInput!) { login(input: $input) { access_token } }";

  async function done(mutation: string, { headers = {} }: { readonly headers?: Record<string, string> } = {}) {
    const { data, errors } = await server.graphql(`mutation { done: ${mutation} }`, { token: admin, headers });
    assert.equal(errors, undefined);
    return data.done;
  }

  async function accept(path: string, username: string): Promise<void> {
    const token = path.split("token=")[1];
    const response = await fetch(`${server.url}/invitations/accept`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, username, password: testPassword }),
    });
    assert.equal(response.status, 201);
  }

  async function page(variables: object) {
    const { data, errors } = await server.graphql(all, { variables, token: admin });
    assert.equal(errors, undefined);
    return data.auditEvents as { nodes: readonly Event[]; hasNextPage: boolean; endCursor: string | null };
  }

  async function events(filter: object | null = null): Promise<readonly Event[]> {
    return (await page({ first: 200, filter })).nodes;
  }
});

function texts(events: readonly Event[]): readonly string[] {
  return events.map(({ kind, actor, target, details }) => {
    const parts = details.map(({ name, value }) => `${name}=${value}`);
    return [actor.kind, actor.name ?? "-", kind, ...(target === null ? [] : [target.name]), ...parts].join(" ");
  });
}

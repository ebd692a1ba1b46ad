import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, type TestServer } from "../support/server.ts";

describe("views and settings over the API", () => {
  let server: TestServer;
  let ann: string;
  let ben: string;
  before(async () => {
    server = await startTestServer();
    ann = (await server.signIn("ann")).accessToken;
    await server.signIn("ben");
    const { user } = (await server.storage.users.byName("ben")) ?? assert.fail();
    await server.storage.users.setRole(user.id, "reader", Date.now());
    ben = (await server.signIn("ben")).accessToken;
  });
  after(() => server.close());

  it("a view is its owner's until it is shared; saving it again replaces it", async () => {
    const save = (shared: boolean) =>
      `mutation { saveView(name: " Missed ", query: "?type=missed&line=%2B49", shared: ${shared}) { id name query isShared isOwn } }`;
    const { saveView } = await ask(ann, save(false));
    assert.deepEqual([saveView.name, saveView.query, saveView.isOwn], ["Missed", "type=missed&line=%2B49", true]);
    assert.deepEqual((await ask(ben, "{ views { id } }")).views, []);
    assert.equal((await ask(ann, save(true))).saveView.id, saveView.id);
    assert.deepEqual((await ask(ben, "{ views { id isOwn isShared } }")).views, [
      { id: saveView.id, isOwn: false, isShared: true },
    ]);
    assert.equal(await refusal(ben, `mutation { deleteView(id: "${saveView.id}") }`), "NOT_FOUND");
    assert.equal((await ask(ann, `mutation { deleteView(id: "${saveView.id}") }`)).deleteView, true);
    assert.deepEqual((await ask(ann, "{ views { id } }")).views, []);
  });

  it("a reader saves views for themselves, and shares none", async () => {
    assert.equal(await refusal(ben, `mutation { saveView(name: "B", query: "", shared: true) { id } }`), "FORBIDDEN");
    await ask(ben, `mutation { saveView(name: "B", query: "") { id } }`);
  });

  it("hostile names and queries are refused", async () => {
    for (const [name, query] of [
      ["", "a"],
      ["x".repeat(101), "a"],
      ["a\\u0000", "a"],
      ["a", "a b"],
      ["a", "a#b"],
      ["a", "\\u00e9"],
      ["a", "x".repeat(2_001)],
    ]) {
      const code = await refusal(ann, `mutation { saveView(name: "${name}", query: "${query}") { id } }`);
      assert.equal(code, "BAD_USER_INPUT", `${name} ${query}`);
    }
  });

  it("preferences change as they are given: what is left out stays, null takes back", async () => {
    const fields = "{ timeZone defaultCountry pageSize theme keysOff }";
    const set = async (input: string) =>
      (await ask(ann, `mutation { setPreferences(input: ${input}) ${fields} }`)).setPreferences;
    await set(`{ timeZone: "europe/berlin", pageSize: 25, theme: DARK, keysOff: ["b", "a", "b"] }`);
    assert.deepEqual(await set(`{ pageSize: null, defaultCountry: "de" }`), {
      timeZone: "Europe/Berlin",
      defaultCountry: "DE",
      pageSize: null,
      theme: "DARK",
      keysOff: ["a", "b"],
    });
    assert.equal((await ask(ben, `{ preferences ${fields} }`)).preferences.theme, null);
    for (const input of [
      `{ timeZone: "Mars/Base" }`,
      `{ timeZone: "+02:00" }`,
      `{ defaultCountry: "Germany" }`,
      `{ defaultCountry: "ZZ" }`,
      `{ pageSize: 0 }`,
      `{ pageSize: 201 }`,
      `{ keysOff: ["<b>"] }`,
    ]) {
      assert.equal(
        await refusal(ann, `mutation { setPreferences(input: ${input}) ${fields} }`),
        "BAD_USER_INPUT",
        input,
      );
    }
  });

  it("admins alone set what holds for everybody", async () => {
    const set = `mutation { setWorkspaceSettings(input: { name: "Support", timeZone: "Asia/Tokyo", defaultCountry: "JP" }) { name } }`;
    assert.equal(await refusal(ben, set), "FORBIDDEN");
    await ask(ann, set);
    assert.deepEqual((await ask(ben, "{ workspaceSettings { name timeZone defaultCountry } }")).workspaceSettings, {
      name: "Support",
      timeZone: "Asia/Tokyo",
      defaultCountry: "JP",
    });
  });

  // oxlint-disable-next-line typescript/no-explicit-any -- answers are taken apart by assertions that say what they expect
  async function ask(token: string, query: string): Promise<any> {
    const { data, errors } = await server.graphql(query, { token });
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  }

  async function refusal(token: string, query: string): Promise<string> {
    const { errors } = await server.graphql(query, { token });
    return errors?.[0]?.extensions.code ?? assert.fail("It was not refused.");
  }
});

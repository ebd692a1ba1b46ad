import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createTestCore, parametersOf } from "../../../test/support/core.ts";
import type { CallPage } from "../domain/call.ts";
import type { Storage } from "../domain/storage.ts";

const both = ["query", "mutation"] as const;
const unauthorized = {
  message: "Unauthorized",
  extensions: {
    code: "UNAUTHENTICATED",
    exception: { status: 401, message: "Unauthorized", response: { statusCode: 401, message: "Unauthorized" } },
    requestId: "request-1",
  },
};

/** A storage whose pages are what `page` makes of them. */
const withPage = (page: () => unknown) => (storage: Storage) => ({
  ...storage,
  calls: { ...storage.calls, page: page as () => CallPage },
});

describe("the end of the log", () => {
  it("is read before all else of its document", async () => {
    const { core, caller, logCall } = await createTestCore({
      around: (storage) => ({
        ...storage,
        changes: {
          ...storage.changes,
          // What is read beside it, instead of after it, has not got the fourth call.
          async head(workspaceId) {
            await logCall("d");
            return storage.changes.head(workspaceId);
          },
        },
      }),
    });
    const query = "{ paginatedCalls { totalCount } calls { totalCount } cursor }";
    const { data } = JSON.parse((await core.execute(parametersOf(query), caller(), both)).body);
    assert.match(data.cursor, /:4$/);
    assert.deepEqual([data.paginatedCalls.totalCount, data.calls.totalCount], [4, 4]);
  });
});

describe("the shape of a call", () => {
  it("is the documented one: ids as text, the length in milliseconds, times with milliseconds and Z", async () => {
    const { core, caller } = await createTestCore();
    const fields = "id direction from to duration is_archived call_type via created_at notes { id content } __typename";
    const answer = await core.execute(parametersOf(`{ call(id: 1) { ${fields} } }`), caller(), both);
    assert.deepEqual(JSON.parse(answer.body), {
      data: {
        call: {
          id: "1",
          direction: "inbound",
          from: "+12025550123",
          to: "+442079460123",
          duration: 61_250,
          is_archived: false,
          call_type: "answered",
          via: "+442079460123",
          created_at: "2021-07-04T14:31:42.731Z",
          notes: [],
          __typename: "Call",
        },
      },
    });
  });
});

describe("who may run what", () => {
  const cases = [
    ["{ me { id } }", "unauthenticated"],
    ["{ __typename me { id } }", "unauthenticated"],
    ["{ ... on Query { ...F } } fragment F on Query { me { id } }", "unauthenticated"],
    ["{ __schema { queryType { name } } }", "unauthenticated"],
    ['{ __type(name: "Call") { name } }', "unauthenticated"],
    ["{ __typename }", "ok"],
    ["mutation { __typename }", "ok"],
    ['mutation { login(input: { username: "ann", password: "right" }) { access_token } }', "ok"],
    [
      'mutation { archiveCall(id: 1) { id } login(input: { username: "ann", password: "right" }) { access_token } }',
      "unauthenticated",
    ],
    ["mutation { logout }", "unauthenticated"],
  ] as const;
  for (const [query, outcome] of cases) {
    it(`nobody who is not signed in: ${query} is ${outcome}`, async () => {
      const { core, caller, storage } = await createTestCore();
      const answer = await core.execute(parametersOf(query), caller({ bearer: "nonsense" }), both);
      assert.equal(answer.outcome, outcome, answer.body);
      if (outcome === "unauthenticated") {
        assert.deepEqual(JSON.parse(answer.body), { errors: [unauthorized], data: null });
      }
      assert.equal((await storage.calls.find(1, 1))?.isArchived, false);
    });
  }

  it("the schema is open to all where the settings say so, and only the schema", async () => {
    const { core, caller } = await createTestCore({ settings: { introspection: "open" } });
    const nobody = caller({ bearer: null });
    assert.equal((await core.execute(parametersOf("{ __schema { queryType { name } } }"), nobody, both)).outcome, "ok");
    const mixed = parametersOf("{ __schema { queryType { name } } me { id } }");
    assert.equal((await core.execute(mixed, nobody, both)).outcome, "unauthenticated");
  });

  it("a failed refresh is Unauthorized at the path of its field", async () => {
    const { core, caller } = await createTestCore();
    for (const bearer of [null, "access-1"]) {
      const answer = await core.execute(
        parametersOf("mutation { refreshTokenV2 { access_token } }"),
        caller({ bearer }),
        both,
      );
      const { errors, data } = JSON.parse(answer.body) as { errors: { message: string; path: string[] }[]; data: null };
      assert.equal(data, null);
      assert.equal(errors[0]?.message, "Unauthorized");
      assert.deepEqual(errors[0]?.path, ["refreshTokenV2"]);
    }
  });

  it("the deprecated refresh says that it is deprecated", async () => {
    const { core, caller, tokens } = await createTestCore();
    const old = await core.execute(parametersOf("mutation { refreshToken { access_token } }"), caller(), both);
    assert.equal(old.deprecated, true);
    const bearer = tokens.refreshToken;
    const current = parametersOf("mutation { refreshTokenV2 { access_token refresh_token user { username } } }");
    assert.equal((await core.execute(current, caller({ bearer }), both)).deprecated, false);
  });
});

describe("faults of ours", () => {
  const faults: Record<string, () => unknown> = {
    throws: () => {
      throw new Error("secret detail");
    },
    rejects: () => Promise.reject(new Error("secret detail")),
    "returns a wrong type": () => ({ calls: [{}], totalCount: "many" }),
  };
  for (const [name, page] of Object.entries(faults)) {
    it(`G24 where storage ${name} the caller learns a code and the request's id, the log the rest`, async () => {
      const { core, caller, log } = await createTestCore({ around: withPage(page) });
      const answer = await core.execute(parametersOf("{ paginatedCalls { totalCount nodes { id } } }"), caller(), both);
      const { errors } = JSON.parse(answer.body) as { errors: { message: string; extensions: object }[] };
      assert.deepEqual(errors[0]?.extensions, { code: "INTERNAL_SERVER_ERROR", requestId: "request-1" });
      assert.doesNotMatch(answer.body, /secret/);
      assert.equal(log.lines.length, 1);
      assert.equal((await core.execute(parametersOf("{ me { id } }"), caller(), both)).outcome, "ok");
    });
  }

  it("G25 an operation that takes too long is given up with TIMEOUT", async () => {
    const settings = { introspection: "signed-in", executionMs: 20 } as const;
    const { core, caller } = await createTestCore({ settings, around: withPage(() => new Promise(() => undefined)) });
    const answer = await core.execute(parametersOf("{ paginatedCalls { totalCount } }"), caller(), both);
    assert.equal(answer.outcome, 503);
    assert.match(answer.body, /"code":"TIMEOUT"/);
  });
});

describe("retries", () => {
  const archive = parametersOf("mutation($id: ID!) { archiveCall(id: $id) { is_archived } }", {
    variables: { id: "1" },
  });

  it("N17 an archiveCall that is sent again with its key does nothing and has the same answer", async () => {
    const { core, caller, storage } = await createTestCore();
    const keyed = caller({ idempotencyKey: "key-1" });
    const first = await core.execute(archive, keyed, both);
    const spare = { ...archive, variables: { unused: 1, id: "1" } };
    assert.equal((await core.execute(spare, keyed, both)).body, first.body);
    assert.equal((await storage.calls.find(1, 1))?.isArchived, true);
  });

  it("N17 the same key with another request is BAD_USER_INPUT", async () => {
    const { core, caller } = await createTestCore();
    const keyed = caller({ idempotencyKey: "key-1" });
    await core.execute(archive, keyed, both);
    const answer = await core.execute({ ...archive, variables: { id: "2" } }, keyed, both);
    assert.match(answer.body, /"code":"BAD_USER_INPUT"/);
  });

  it("C15 an addNote that is sent again with its key in the extensions adds one note", async () => {
    const { core, caller, storage } = await createTestCore();
    const query = 'mutation { addNote(input: { activityId: 2, content: "once" }) { notes { id } } }';
    const note = parametersOf(query, { extensions: { idempotencyKey: "key-2" } });
    const first = await core.execute(note, caller(), both);
    assert.equal((await core.execute(note, caller(), both)).body, first.body);
    assert.equal((await storage.calls.find(1, 2))?.notes.length, 1);
  });

  it("a key that no header could carry is BAD_USER_INPUT", async () => {
    const { core, caller } = await createTestCore();
    const answer = await core.execute(archive, caller({ idempotencyKey: "a b" }), both);
    assert.match(answer.body, /"code":"BAD_USER_INPUT"/);
  });
});

describe("what a transport asks about a document", () => {
  it("the kind is that of the chosen operation, or null where the request is going to be refused", async () => {
    const { core } = await createTestCore();
    const three = "query A { me { id } } mutation B { logout } subscription C { onUpdateCall { id } }";
    assert.equal(core.kind(parametersOf(three, { operationName: "A" })), "query");
    assert.equal(core.kind(parametersOf(three, { operationName: "B" })), "mutation");
    assert.equal(core.kind(parametersOf(three, { operationName: "C" })), "subscription");
    assert.equal(core.kind(parametersOf(three)), null);
    assert.equal(core.kind(parametersOf("{ nonsense }")), null);
  });
});

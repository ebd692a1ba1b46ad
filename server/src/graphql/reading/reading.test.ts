import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createPlainDesk } from "../../../../test/support/plain-desk.ts";
import { createTestNames } from "../../../../test/support/names.ts";
import { createTestUnread } from "../../../../test/support/unread.ts";
import { createTestWebhooks } from "../../../../test/support/webhooks.ts";
import { createPlainFeed } from "../../../../test/support/plain-feed.ts";
import { createPlainPeople } from "../../../../test/support/plain-people.ts";
import { createTestPresence } from "../../../../test/support/presence.ts";
import { createPlainSessions } from "../../../../test/support/plain-sessions.ts";
import { createRecordingLog } from "../../../../test/support/recording-log.ts";
import { createBudgets } from "../../domain/budgets.ts";
import { createInbox } from "../../domain/inbox.ts";
import type { Storage } from "../../domain/storage.ts";
import { delivery, pbx, user } from "../../storage/contract-samples.ts";
import { anyFacts } from "../../storage/contract-arbitraries.ts";
import { createMemoryStorage } from "../../storage/memory-model.ts";
import type { GraphqlAnswer, GraphqlCore } from "../core.ts";
import { createGraphqlCore } from "../graphql-core.ts";
import { executableSchema, readSdl } from "../schema.ts";
import { createReading, type Reading } from "./reading.ts";

describe("answers made without the library", () => {
  it("are those of the library to the byte, for any document and data", async () => {
    let made = 0;
    let asked = 0;
    const property = fc.asyncProperty(
      fc.array(anyFacts, { maxLength: 6 }),
      fc.array(fc.tuple(anyRequest, fc.constantFrom(...writes)), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (logged, requests, isLate) => {
        const storage = createMemoryStorage();
        await storage.sources.add(pbx, "hash");
        await storage.users.add(user("ann"), "hash");
        await storage.sources.accept(
          pbx,
          logged.map((facts) => delivery(facts)),
          0,
        );
        const { fast, plain, caller, count } = await bothCores(isLate ? answeringLate(storage) : storage);
        for (const [{ query, variables }, write] of requests) {
          const parameters = { query, variables, operationName: null, extensions: null };
          // The second is put together from what was kept of calls, the third is kept whole.
          for (const _time of [1, 2, 3]) {
            const answer = await fast.execute(parameters, caller, ["query"]);
            const expected = await plain.execute(parameters, caller, ["query"]);
            assert.equal(textOf(answer), expected.body, query);
            assert.equal(answer.outcome, expected.outcome);
            if (/^\{"data":(?!.*"extensions")/.test(expected.body)) asked += 1;
          }
          await performWrite(storage, write).catch(() => undefined);
        }
        made += count();
      },
    );
    await fc.assert(property, { numRuns: 250 });
    assert.ok(made > 0.75 * asked, `${made} of ${asked} answers without errors were made without the library`);
  });

  const compiled: Record<string, [query: string, variables?: object]> = {
    "a page by literals": [
      "{ paginatedCalls(offset: 1, limit: 2) { nodes { id notes { content } } totalCount hasNextPage } }",
    ],
    "a page by variables": [
      "query ($o: Float = 0, $l: Float!) { paginatedCalls(offset: $o, limit: $l) { nodes { from } } }",
      { l: 2 },
    ],
    "a call by a text": ['{ call(id: "1") { id created_at } }'],
    "a call by a variable of type ID": ["query ($id: ID!) { call(id: $id) { id } }", { id: 2 }],
    "a call that does not exist": ["{ call(id: 99) { id } }"],
    "what people did to calls": [
      "{ paginatedCalls { nodes { revision tags assignee { id username } notes { id author { username } createdAt editedAt } } } }",
    ],
    "who is signed in": ["{ me { name: username id __typename } }"],
    "fragments and directives": [
      "query ($x: Boolean!) { ...F @include(if: $x) call(id: 1) { ... on Call @skip(if: false) { to } } } fragment F on Query { me { id } }",
      { x: true },
    ],
  };
  for (const [name, [query, variables = {}]] of Object.entries(compiled)) {
    it(`are made for ${name}`, async () => {
      const storage = await storageOfThree();
      const { fast, plain, caller, count } = await bothCores(storage);
      const parameters = { query, variables: { ...variables }, operationName: null, extensions: null };
      const body = textOf(await fast.execute(parameters, caller, ["query"]));
      assert.equal(body, (await plain.execute(parameters, caller, ["query"])).body);
      assert.doesNotMatch(body, /errors/);
      assert.equal(count(), 1);
    });
  }

  const left: Record<string, [query: string, variables?: object]> = {
    "a variable of the wrong type": ["query ($id: Float!) { call(id: $id) { id } }", { id: "one" }],
    "a variable that is missing": ["query ($id: Float!) { call(id: $id) { id } }"],
    "a page that is cut short, with its warning": ["{ paginatedCalls(limit: 1001) { totalCount } }"],
    "an offset that is no whole number": ["{ paginatedCalls(offset: 0.5) { totalCount } }"],
    "the history of a call": ["{ call(id: 1) { history { nodes { kind } } } }"],
    "the schema": ["{ __schema { queryType { name } } me { id } }"],
  };
  for (const [name, [query, variables = {}]] of Object.entries(left)) {
    it(`are left to the library for ${name}`, async () => {
      const { fast, plain, caller, count } = await bothCores(await storageOfThree());
      const parameters = { query, variables: { ...variables }, operationName: null, extensions: null };
      const body = textOf(await fast.execute(parameters, caller, ["query"]));
      assert.equal(body, (await plain.execute(parameters, caller, ["query"])).body);
      assert.equal(count(), 0);
    });
  }

  it("are sent again without another look at the calls while nothing was written", async () => {
    const storage = await storageOfThree();
    let looks = 0;
    const { calls } = storage;
    const places = (...place: Parameters<typeof calls.places>) => {
      looks += 1;
      return calls.places(...place);
    };
    const { fast, caller } = await bothCores({ ...storage, calls: { ...calls, places } });
    const query = "{ paginatedCalls { nodes { id is_archived } } }";
    const parameters = { query, variables: null, operationName: null, extensions: null };
    const body = textOf(await fast.execute(parameters, caller, ["query"]));
    const again = async () => assert.equal(textOf(await fast.execute(parameters, caller, ["query"])), body);
    await again();
    assert.equal(looks, 2, "what was asked for once was kept");
    await again();
    await again();
    assert.equal(looks, 2);
    await storage.calls.toggleArchived({ workspaceId: 1, actor: { kind: "user", id: "ann" }, atMs: 0 }, 2);
    assert.notEqual(textOf(await fast.execute(parameters, caller, ["query"])), body);
    assert.equal(looks, 3);
  });

  it("tell each person who they are", async () => {
    const { fast, caller, sessions } = await bothCores(await storageOfThree());
    const parameters = {
      query: "{ me { username } paginatedCalls { totalCount } }",
      variables: null,
      operationName: null,
      extensions: null,
    };
    const bob = await sessions.signIn({ username: "bob", password: "right" }, caller.origin);
    for (const [name, bearer] of [
      ["ann", caller.bearer],
      ["bob", bob.accessToken],
    ] as const) {
      const body = textOf(await fast.execute(parameters, { ...caller, bearer }, ["query"]));
      assert.equal(body, `{"data":{"me":{"username":"${name}"},"paginatedCalls":{"totalCount":3}}}`);
    }
  });
});

function textOf({ body, encoding }: GraphqlAnswer): string {
  return Buffer.from(body, encoding).toString();
}

async function storageOfThree() {
  const storage = createMemoryStorage();
  await storage.sources.add(pbx, "hash");
  const deliveries = [1, 2, 3].map((at) => delivery({ startedAtMs: at, from: "+4930111", notes: [`note ${at}`] }));
  await storage.sources.accept(pbx, deliveries, 0);
  return storage;
}

/** The core with and without what is under test, on the same storage, and how many answers were made without the library. */
async function bothCores(storage: Storage) {
  const sessions = createPlainSessions();
  const inbox = createInbox({ storage, clock: { now: () => 0 } });
  const reading = createReading({ storage, inbox, bytesMax: { calls: 100_000, answers: 100_000 } });
  let made = 0;
  const counting: Reading = {
    async answer(request) {
      const answer = await reading.answer(request);
      if (answer !== null) made += 1;
      return answer;
    },
  };
  const core = (more: { readonly reading?: Reading }): GraphqlCore =>
    createGraphqlCore({
      schema: executableSchema(readSdl()),
      budgets: createBudgets({ clock: { now: () => 0 }, sessionCostPerMinute: 0, networkRequestsPerMinute: 0 }),
      inbox,
      sessions,
      people: createPlainPeople(storage),
      presence: createTestPresence(storage).presence,
      desk: createPlainDesk(storage),
      workspaces: storage.workspaces,
      ...createTestNames(storage),
      unread: createTestUnread(storage),
      webhooks: createTestWebhooks(storage, { now: () => 0 }),
      changeFeed: createPlainFeed(storage),
      log: createRecordingLog(),
      settings: { introspection: "signed-in" },
      ...more,
    });
  const origin = { address: "127.0.0.1", agent: "test" };
  const { accessToken } = await sessions.signIn({ username: "ann", password: "right" }, origin);
  const caller = { bearer: accessToken, principal: null, origin, requestId: "request-1", idempotencyKey: null };
  return { fast: core({ reading: counting }), plain: core({}), caller, sessions, count: () => made };
}

/** The same storage with every answer a turn later, as a database on the network has it. */
function answeringLate({ calls, changes, ...storage }: Storage): Storage {
  const turn = () => Promise.resolve();
  return {
    ...storage,
    calls: {
      ...calls,
      page: (...place) => turn().then(() => calls.page(...place)),
      find: (...place) => turn().then(() => calls.find(...place)),
      places: (...place) => turn().then(() => calls.places(...place)),
      some: (...place) => turn().then(() => calls.some(...place)),
    },
    changes: {
      ...changes,
      head: (workspaceId) => turn().then(() => changes.head(workspaceId)),
      changedCalls: (...place) => turn().then(() => changes.changedCalls(...place)),
    },
  };
}

const writes = ["nothing", "archive", "note", "edit", "delete", "tag", "untag", "assign", "undo"] as const;

/** One thing that people do; @throws DomainError where there is nothing to do it to. */
async function performWrite({ calls, changes }: Storage, write: (typeof writes)[number]): Promise<unknown> {
  const writing = { workspaceId: 1, actor: { kind: "user", id: "ann" }, atMs: 1_000 } as const;
  const newest = async () => (await calls.find(1, 2))?.notes[0]?.id ?? 0;
  if (write === "archive") return calls.toggleArchived(writing, 1);
  if (write === "note") return calls.addNote(writing, 2, 'ä "quoted" 😀\n');
  if (write === "edit") return calls.editNote(writing, await newest(), "edited");
  if (write === "delete") return calls.deleteNote(writing, await newest());
  if (write === "assign") return calls.assign(writing, 1, "ann");
  if (write === "tag" || write === "untag") return calls.setTag(writing, 1, '"vip" 😀', write === "tag");
  return write === "undo" ? calls.undo(writing, (await changes.head(1)).revision) : null;
}

const anyDirective = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  fc.constantFrom(
    " @include(if: $x)",
    " @skip(if: $x)",
    " @include(if: $y)",
    " @skip(if: true)",
    " @include(if: true)",
  ),
);
const anyAlias = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  fc.constantFrom("a: ", "b: ", "__proto__: ", "id: "),
);

function anySelection(typeName: string, fields: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const entry = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(anyAlias, fields, anyDirective)
        .map(([alias, field, directive]) => place(alias, field, directive)),
    },
    fc
      .tuple(fc.constantFrom("...", `... on ${typeName}`), anyDirective, fields)
      .map(([spread, directive, field]) => `${spread}${directive} { ${field} }`),
    anyDirective.map((directive) => `...On${typeName}${directive}`),
  );
  return fc.array(entry, { minLength: 1, maxLength: 4 }).map((entries) => entries.join(" "));
}

/** Puts the alias before a field and the directive behind its name and arguments. */
function place(alias: string, field: string, directive: string): string {
  const at = field.indexOf(" {");
  return `${alias}${at === -1 ? `${field}${directive}` : `${field.slice(0, at)}${directive}${field.slice(at)}`}`;
}

const anyPerson = anySelection("Person", fc.constantFrom("id", "username", "__typename"));
const anyNote = anySelection(
  "Note",
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("id", "content", "createdAt", "editedAt", "__typename") },
    anyPerson.map((person) => `author { ${person} }`),
  ),
);
const anyCall = anySelection(
  "Call",
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.constantFrom(
        "id",
        "direction",
        "from",
        "to",
        "duration",
        "is_archived",
        "call_type",
        "via",
        "created_at",
        "revision",
        "tags",
        "__typename",
      ),
    },
    anyPerson.map((person) => `assignee { ${person} }`),
    anyNote.map((note) => `notes { ${note} }`),
  ),
);
const anyPage = anySelection(
  "PaginatedCalls",
  fc.oneof(fc.constantFrom("totalCount", "hasNextPage", "__typename"), {
    weight: 3,
    arbitrary: anyCall.map((call) => `nodes { ${call} }`),
  }),
);
const anyPageArguments = fc.constantFrom(
  "",
  "(limit: 2)",
  "(offset: 1, limit: 3)",
  "(offset: $o, limit: $l)",
  "(limit: null)",
  "(limit: 0)",
  "(offset: 1e0)",
  "(limit: 0.5)",
  "(limit: 1001)",
);
const anyCallArguments = fc.constantFrom("(id: $id)", "(id: 1)", '(id: "2")', "(id: 1.0)", '(id: "x")', "(id: $t)");
const anyQuery = anySelection(
  "Query",
  fc.oneof(
    fc.tuple(anyPageArguments, anyPage).map(([given, page]) => `paginatedCalls${given} { ${page} }`),
    fc.tuple(anyCallArguments, anyCall).map(([given, call]) => `call${given} { ${call} }`),
    fc.constantFrom("me { id username }", "me { __typename }", "__typename"),
  ),
);

/** Documents most of which are valid; variables that are declared where they are used, and of every kind of fit. */
const anyRequest = fc
  .record({
    query: anyQuery,
    values: fc.record(
      {
        x: fc.boolean(),
        y: fc.constantFrom(true, false, false, null),
        o: fc.constantFrom(0, 1, 2, 2, null, -1, 0.5, "1"),
        l: fc.constantFrom(0, 1, 5, 5, null, 1_001, true),
        id: fc.constantFrom(1, 2, 3, 99, 1.5, -0, "1", null),
        t: fc.constantFrom("1", "2", "99", "x", 3, "1".repeat(1_025)),
      },
      { requiredKeys: ["x"] },
    ),
  })
  .map(({ query, values }) => {
    const fragments = {
      UserType: "fragment OnUserType on UserType { username }",
      Person: "fragment OnPerson on Person { username }",
      Note: "fragment OnNote on Note { content }",
      Call: "fragment OnCall on Call { from notes { id } }",
      PaginatedCalls: "fragment OnPaginatedCalls on PaginatedCalls { hasNextPage nodes { ...OnCall } }",
      Query: "fragment OnQuery on Query { me { id } }",
    };
    const used = Object.entries(fragments).filter(([name]) => query.includes(`...On${name}`));
    if (used.some(([name]) => name === "PaginatedCalls") && !used.some(([name]) => name === "Call")) {
      used.push(["Call", fragments.Call]);
    }
    const types = { x: "Boolean!", y: "Boolean = true", o: "Float", l: "Float = 2", id: "Float!", t: "ID!" };
    const declared = Object.entries(types).filter(([name]) => new RegExp(`\\$${name}\\b`).test(query));
    const variables = declared.map(([name, type]) => `$${name}: ${type}`).join(", ");
    const head = variables === "" ? "query" : `query (${variables})`;
    return { query: `${head} { ${query} } ${used.map(([, text]) => text).join(" ")}`, variables: values };
  });

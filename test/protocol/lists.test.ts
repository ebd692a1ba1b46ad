import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { firstWorkspaceId } from "../../server/src/domain/workspace.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const page = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: CallFilter, $orderBy: CallOrder! = CREATED_AT_DESC) {
  calls(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`;

describe("lists of calls", () => {
  let server: TestServer;
  let token: string;
  const callCount = 25;
  before(async () => {
    server = await startTestServer();
    token = (await server.signIn()).accessToken;
    const source = {
      id: "pbx",
      workspaceId: firstWorkspaceId,
      name: "PBX",
      kind: "generic" as const,
      createdAtMs: 0,
    };
    await server.storage.sources.add(source, "hash");
    const verdicts = await server.storage.sources.accept(
      source,
      Array.from({ length: callCount }, (_, at) => ({
        deliveryKey: `${at}`,
        groupKey: `${at}`,
        raw: "",
        digest: "",
        problem: null,
        facts: {
          direction: at % 2 === 0 ? ("inbound" as const) : ("outbound" as const),
          from: `+1202555010${at % 10}`,
          to: "+442079460123",
          via: `line ${at % 2}`,
          startedAtMs: Date.UTC(2024, 1, 29, at),
          endedAtMs: null,
          durationMs: at * 1_000,
          callType: at % 3 === 0 ? ("missed" as const) : ("answered" as const),
          isArchived: at < 5,
          notes: at === 7 ? ["Rückruf erbeten"] : [],
        },
      })),
      0,
    );
    assert.equal(verdicts.length, callCount);
  });
  after(() => server.close());

  const ask = (variables: object) => server.graphql(page, { variables, token });
  const newestFirst = Array.from({ length: callCount }, (_, at) => String(callCount - at));

  for (const [orderBy, expected] of [
    ["CREATED_AT_DESC", newestFirst],
    ["CREATED_AT_ASC", newestFirst.toReversed()],
  ] as const) {
    it(`walking ${orderBy} by first and after, and by last and before, visits every call once in the list's order`, async () => {
      const forward: string[] = [];
      let cursor: string | null = null;
      for (let more = true; more;) {
        const { data } = await ask({ first: 4, after: cursor, orderBy });
        forward.push(...data.calls.nodes.map(({ id }: { id: string }) => id));
        assert.equal(data.calls.totalCount, callCount);
        assert.equal(data.calls.pageInfo.hasPreviousPage, cursor !== null);
        assert.equal(data.calls.pageInfo.endCursor, data.calls.edges.at(-1).cursor);
        more = data.calls.pageInfo.hasNextPage;
        cursor = data.calls.pageInfo.endCursor;
      }
      assert.deepEqual(forward, expected);
      const backward: string[] = [];
      cursor = null;
      for (let more = true; more;) {
        const { data } = await ask({ last: 4, before: cursor, orderBy });
        backward.unshift(...data.calls.edges.map(({ node }: { node: { id: string } }) => node.id));
        more = data.calls.pageInfo.hasPreviousPage;
        cursor = data.calls.pageInfo.startCursor;
      }
      assert.deepEqual(backward, expected);
    });
  }

  it("each condition, and any combination of them, lets through what it says", async () => {
    const cases: readonly (readonly [object, readonly number[]])[] = [
      [{ direction: "inbound", type: ["missed"] }, [25, 19, 13, 7, 1]],
      [{ archived: true, line: ["line 1"] }, [4, 2]],
      [{ number: "(202) 555-0103" }, [24, 14, 4]],
      [{ created: { from: "2024-02-29T22:30:00+01:00", before: "2024-03-01T00:00Z" } }, [24, 23]],
      [{ created: { from: "2024-03-01" } }, [25]],
      [{ duration: { min: 3_000, max: 4_000 } }, [5, 4]],
      [{ hasNotes: true }, [8]],
      [{ text: "ruckr" }, [8]],
      [{ or: [{ hasNotes: true }, { not: { duration: { min: 1_000 } } }] }, [8, 1]],
      [{ and: [{ type: "missed" }, { not: { archived: false } }] }, [4, 1]],
    ];
    for (const [filter, ids] of cases) {
      const expected = ids.map(String);
      const { data } = await ask({ first: 25, filter });
      assert.deepEqual(
        data?.calls.nodes.map(({ id }: { id: string }) => id),
        expected,
        JSON.stringify(filter),
      );
      assert.equal(data.calls.totalCount, expected.length);
      const offset = await server.graphql(
        "query ($filter: CallFilter) { paginatedCalls(offset: 1, limit: 1, filter: $filter) { nodes { id } totalCount hasNextPage } }",
        { variables: { filter }, token },
      );
      assert.deepEqual(offset.data.paginatedCalls, {
        nodes: expected.slice(1, 2).map((id) => ({ id })),
        totalCount: expected.length,
        hasNextPage: expected.length > 2,
      });
    }
  });

  it("counts by group agree with the list and say what they rest on", async () => {
    const { data } = await server.graphql(
      `{ type: callCounts(by: TYPE, filter: { line: "line 0" }) { groups { key count } exact scanned }
         hour: callCounts(by: HOUR, timeZone: "Asia/Tokyo", filter: { created: { before: "2024-02-29T03:00Z" } }) { groups { key count } exact }
         long: callCounts(by: DAY, filter: { duration: { min: 22000 } }) { groups { key count } exact scanned } }`,
      { token },
    );
    assert.deepEqual(data, {
      type: {
        groups: [
          { key: "answered", count: 8 },
          { key: "missed", count: 5 },
        ],
        exact: true,
        scanned: 0,
      },
      hour: {
        groups: [
          { key: "9", count: 1 },
          { key: "10", count: 1 },
          { key: "11", count: 1 },
        ],
        exact: true,
      },
      long: {
        groups: [
          { key: "2024-02-29", count: 2 },
          { key: "2024-03-01", count: 1 },
        ],
        exact: true,
        scanned: callCount,
      },
    });
  });

  it("bad windows, cursors, filters and time zones have a code and name the argument", async () => {
    let deep: object = { hasNotes: true };
    for (let level = 0; level < 5; level++) deep = { not: deep };
    const cases: readonly (readonly [object, string])[] = [
      [{ first: 1_001 }, "first"],
      [{ last: -1 }, "last"],
      [{ first: 1, last: 1 }, "last"],
      [{ first: 1, after: "bm8" }, "after"],
      [{ last: 1, before: "%" }, "before"],
      [{ filter: { number: "123" } }, "number"],
      [{ filter: { number: "1".repeat(300) } }, "number"],
      [{ filter: { text: " — " } }, "text"],
      [{ filter: { text: "a b c d e f g h i j k" } }, "text"],
      [{ filter: { type: [] } }, "type"],
      [{ filter: { ids: [] } }, "ids"],
      [{ filter: { ids: Array.from({ length: 1_001 }, String) } }, "ids"],
      [{ filter: { ids: ["1".repeat(1_025)] } }, "id"],
      [{ filter: { line: Array.from({ length: 101 }, String) } }, "line"],
      [{ filter: { created: { from: "2024-02-30" } } }, "created"],
      [{ filter: { created: { from: "2024-13-01" } } }, "created"],
      [{ filter: { duration: { min: -1 } } }, "duration.min"],
      [{ filter: deep }, "filter"],
      [{ filter: { or: Array.from({ length: 51 }, () => ({ archived: true })) } }, "filter"],
    ];
    for (const [variables, field] of cases) {
      const { data, errors } = await ask(variables);
      assert.equal(data, null);
      assert.equal(errors?.[0]?.extensions.code, "BAD_USER_INPUT", JSON.stringify(variables));
      assert.equal(errors?.[0]?.extensions["field"], field);
    }
    for (const timeZone of ["Mars/Olympus", "", "x".repeat(100)]) {
      const query = "query ($timeZone: String!) { callCounts(by: DAY, timeZone: $timeZone) { exact } }";
      const { errors } = await server.graphql(query, { variables: { timeZone }, token });
      assert.equal(errors?.[0]?.extensions.code, "BAD_USER_INPUT", timeZone);
      assert.equal(errors?.[0]?.extensions["field"], "timeZone");
    }
  });

  it("a list costs its page's size, whichever of first and last asks for it, and a filter its price", async () => {
    for (const query of [
      "{ calls(first: 1000) { edges { node { notes { id } } } nodes { id } } }",
      "query ($first: Int, $last: Int = 1000) { calls(first: $first, last: $last) { edges { node { notes { id } } } nodes { id } } }",
      `{ ${Array.from({ length: 10 }, (_, at) => `c${at}: callCounts(by: TYPE) { groups { key } }`).join(" ")}
         ${Array.from({ length: 5 }, (_, at) => `d${at}: callCounts(by: TYPE) { groups { key } }`).join(" ")} }`,
    ]) {
      const { errors } = await server.graphql(query, { token });
      assert.equal(errors?.[0]?.extensions.code, "QUERY_TOO_COMPLEX", query);
    }
    assert.equal((await server.graphql("{ calls(first: 1000) { nodes { id } } }", { token })).errors, undefined);
  });

  it("nobody sees a list without a token", async () => {
    for (const query of ["{ calls { totalCount } }", "{ callCounts(by: TYPE) { exact } }"]) {
      assert.equal((await server.graphql(query)).errors?.[0]?.extensions.code, "UNAUTHENTICATED");
    }
  });
});

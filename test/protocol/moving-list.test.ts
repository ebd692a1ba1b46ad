import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startTestServer, type TestServer } from "../support/server.ts";
import { transports } from "../support/transports.ts";

const pageQuery = `query ($offset: Float, $limit: Float) {
  paginatedCalls(offset: $offset, limit: $limit) { nodes { id created_at } totalCount hasNextPage }
}`;

for (const { name, ask } of transports) {
  describe(`a list that moves and grows, over ${name}`, () => {
    let server: TestServer;
    let token: string;
    before(async () => {
      server = await startTestServer();
      token = (await server.signIn()).accessToken;
    });
    after(() => server.close());

    const page = async (offset: number, limit: number) => {
      const { data, errors } = await ask(server, pageQuery, { token, variables: { offset, limit } });
      assert.equal(errors, undefined);
      return data.paginatedCalls as Page;
    };

    it("N19 calls that come while somebody turns pages make no call be left out", async () => {
      const ids = [...(await server.addCalls(45))];
      const there = ids.toReversed();
      const seen: string[] = [];
      for (let offset = 0, isLast = false; !isLast; offset += 10) {
        const { nodes, totalCount, hasNextPage } = await page(offset, 10);
        assert.equal(totalCount, ids.length, "the count is of the moment of the page");
        assert.deepEqual(
          nodes.map(({ id }) => id),
          ids.toReversed().slice(offset, offset + 10),
          "newest first",
        );
        seen.push(...nodes.map(({ id }) => id));
        isLast = !hasNextPage;
        if (offset < 40) ids.push(...(await server.addCalls(3)));
      }
      assert.deepEqual(
        [...new Set(seen)].filter((id) => there.includes(id)),
        there,
        "each call that was there at the start, once repetitions are dropped, in order",
      );
    });

    it("N19 a page, its count and hasNextPage are of one moment, however fast calls come", async () => {
      const startCount = (await page(0, 0)).totalCount;
      const counts: number[] = [];
      for (let round = 0; round < 60; round += 1) {
        const [{ nodes, totalCount, hasNextPage }] = await Promise.all([page(0, 1_000), server.addCalls(2)]);
        assert.equal(nodes.length, totalCount);
        assert.equal(hasNextPage, false);
        const keys = nodes.map(({ id, created_at: at }) => `${at} ${id.padStart(16, "0")}`);
        assert.deepEqual(keys, keys.toSorted().toReversed());
        counts.push(totalCount);
      }
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => a - b),
        "nobody sees the list shrink",
      );
      assert.equal((await page(0, 0)).totalCount, startCount + 120);
    });
  });
}

describe("a call with 1,000 notes", () => {
  let server: TestServer;
  let token: string;
  let id = "";
  const contents = Array.from({ length: 1_000 }, (_, n) => `note ${n}`);
  before(async () => {
    server = await startTestServer();
    token = (await server.signIn()).accessToken;
    [id = ""] = await server.addCalls(1);
    const writing = { workspaceId: 1, actor: { kind: "system" }, atMs: Date.UTC(2021, 6, 5) } as const;
    await Promise.all(contents.map((content) => server.storage.calls.addNote(writing, Number(id), content)));
  });
  after(() => server.close());

  for (const { name, ask } of transports) {
    it(`C14 is listed with all of them, newest first, and takes another, over ${name}`, async () => {
      const listed = await ask(server, "{ paginatedCalls { nodes { id notes { content } } } }", { token });
      const newestFirst = contents.toReversed();
      assert.deepEqual(listed, {
        data: { paginatedCalls: { nodes: [{ id, notes: newestFirst.map((content) => ({ content })) }] } },
      });
      contents.push(`by ${name}`);
      const added = await ask(
        server,
        `mutation ($input: AddNoteInput!) { addNote(input: $input) { notes { content } } }`,
        { token, variables: { input: { activityId: id, content: `by ${name}` } } },
      );
      assert.deepEqual(added, { data: { addNote: { notes: contents.toReversed().map((content) => ({ content })) } } });
    });
  }
});

type Page = {
  readonly nodes: readonly { readonly id: string; readonly created_at: string }[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
};

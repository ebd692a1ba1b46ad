import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import * as fc from "fast-check";
import { type PlainWrite, performWrite, startOtherProcess } from "./support/other-process.ts";
import { startTestServer } from "./support/server.ts";
import { databaseOf } from "./support/test-database.ts";

const fields = "id is_archived notes { content }";
const pageQuery = `query ($offset: Float, $limit: Float) {
  paginatedCalls(offset: $offset, limit: $limit) { nodes { ${fields} } totalCount hasNextPage }
}`;
const callQuery = `query ($id: Float!) { call(id: $id) { ${fields} } }`;

type Shown = { readonly id: string; readonly is_archived: boolean; readonly notes: readonly { content: string }[] };

/** One thing that is done; those of one group are done at once. */
type Step =
  | { readonly kind: "page"; readonly offset: number; readonly limit: number }
  | { readonly kind: "call"; readonly callId: number }
  | {
      readonly kind: "write";
      readonly by: "api" | "process" | "storage";
      readonly write: "log" | "note" | "archive";
      readonly callId: number;
    };

const anyCallId = fc.integer({ min: 1, max: 6 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("page"), offset: fc.nat(3), limit: fc.constantFrom(2, 10) }),
  fc.record({ kind: fc.constant("page"), offset: fc.constant(0), limit: fc.constant(10) }),
  fc.record({ kind: fc.constant("call"), callId: anyCallId }),
  fc.record({
    kind: fc.constant("write"),
    by: fc.constantFrom("api", "process", "process", "storage"),
    write: fc.constantFrom("log", "note", "note", "archive"),
    callId: anyCallId,
  }),
);

it("no answer is older than the last write acknowledged before it was asked for, whichever process wrote", async () => {
  const data = await mkdtemp(join(tmpdir(), "ringback-fresh-"));
  const server = await startTestServer({ data });
  const other = await startOtherProcess(data, await databaseOf(data));
  const { accessToken: token } = await server.signIn();
  /** By call: the notes that are acknowledged, oldest first. */
  const acknowledged = new Map<number, string[]>();
  let made = 0;

  const log = (): PlainWrite => {
    made += 1;
    return { kind: "log", key: `key ${made}`, note: `note ${made}`, startedAtMs: made * 1_000 };
  };
  for (let count = 0; count < 6; count++) await other.write(log());

  const groups = fc.array(fc.array(anyStep, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });
  const property = fc.asyncProperty(groups, async (groups) => {
    for (const group of groups) {
      await Promise.all(group.map((step) => perform(step)));
      // Nothing is under way now: what is shown must be what is stored, to the last detail.
      await compareWhole();
    }
  });
  try {
    await fc.assert(property, { numRuns: 60 });
  } finally {
    await other.stop();
    await server.close();
    await rm(data, { recursive: true, force: true });
  }

  async function perform(step: Step): Promise<void> {
    if (step.kind === "write") return write(step);
    const known = new Map([...acknowledged].map(([callId, notes]) => [callId, [...notes]]));
    if (step.kind === "page") {
      const { nodes } = (await ask(pageQuery, { offset: step.offset, limit: step.limit })).paginatedCalls;
      for (const call of nodes as Shown[]) assertShows(call, known);
    } else {
      const call = (await ask(callQuery, { id: step.callId })).call as Shown | null;
      if (call !== null) assertShows(call, known);
    }
  }

  function assertShows(call: Shown, known: ReadonlyMap<number, readonly string[]>): void {
    const shown = new Set(call.notes.map(({ content }) => content));
    const missing = (known.get(Number(call.id)) ?? []).filter((note) => !shown.has(note));
    assert.deepEqual(missing, [], `call ${call.id} lacks notes that were acknowledged`);
  }

  async function write({ by, write: kind, callId }: Extract<Step, { kind: "write" }>): Promise<void> {
    made += 1;
    const note = `note ${made}`;
    const plain: PlainWrite = kind === "log" ? log() : kind === "note" ? { kind, callId, note } : { kind, callId };
    if (by === "process") await other.write(plain);
    else if (by === "storage" || plain.kind === "log") await performWrite(server.storage, plain);
    else if (plain.kind === "archive") await ask("mutation ($id: ID!) { archiveCall(id: $id) { id } }", { id: callId });
    else {
      await ask("mutation ($input: AddNoteInput!) { addNote(input: $input) { id } }", {
        input: { activityId: callId, content: note },
      });
    }
    if (kind === "note") acknowledged.set(callId, [...(acknowledged.get(callId) ?? []), note]);
  }

  async function compareWhole(): Promise<void> {
    const { calls, totalCount } = await server.storage.calls.page(1, 0, 10);
    const { paginatedCalls } = await ask(pageQuery, { offset: 0, limit: 10 });
    assert.deepEqual(paginatedCalls, {
      nodes: calls.map(({ id, isArchived, notes }) => ({
        id: String(id),
        is_archived: isArchived,
        notes: notes.map(({ content }) => ({ content })),
      })),
      totalCount,
      hasNextPage: totalCount > 10,
    });
  }

  async function ask(query: string, variables: object) {
    const { data, errors } = await server.graphql(query, { variables, token });
    assert.equal(errors, undefined);
    return data;
  }
});

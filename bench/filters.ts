import { join } from "node:path";
import { parseArgs } from "node:util";
import type { CallFilter } from "../server/src/domain/filter.ts";
import { readCallFilter } from "../server/src/domain/read-filter.ts";
import type { CallWalk, Storage } from "../server/src/domain/storage.ts";
import { openPostgresStorage } from "../server/src/storage/postgres/open.ts";
import { schemaVersion } from "../server/src/storage/sqlite/migrate.ts";
import { openSqliteStorage } from "../server/src/storage/sqlite/open.ts";
import { callAt } from "./data/calls.ts";
import { preparedFolder } from "./data/folder.ts";
import { preparedDatabase } from "./data/ringback-postgres.ts";
import { writeRingbackDatabase } from "./data/ringback-sqlite.ts";
import { openPostgres } from "../test/support/postgres.ts";
import { quantile } from "./report/statistics.ts";

// What lists, filters, counts and searches of the storage cost at two sizes, and how they grow: medians in milliseconds on one
// thread, or another quantile: the fastest tenth (0.1) tells more where the machine is not ours alone. Each question is asked with values of its own each time, as far as it has any.
// With --postgres they are asked of PostgreSQL: of the server that RINGBACK_TEST_POSTGRES names, where the data then stays, or of one
// that is started for it.
//   node bench/filters.ts [--sizes 10000,1000000] [--times 300] [--quantile 0.5] [--postgres]

const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,1000000" },
    times: { type: "string", default: "300" },
    quantile: { type: "string", default: "0.5" },
    postgres: { type: "boolean", default: false },
  },
});
const server = options.postgres ? await openPostgres({ settings: { shared_buffers: "256MB" } }) : null;
const sizes = options.sizes.split(",").map(Number);
const times = Number(options.times);
const workspaceId = 1;
const pageLimit = 10;

type Question = {
  readonly title: string;
  readonly ask: (calls: Storage["calls"], size: number, at: number) => unknown;
};

const list: Omit<CallWalk, "filter"> = { order: "newest-first", after: null, before: null, limit: pageLimit };
const line = callAt(0).via;
const single: Readonly<Record<string, CallFilter>> = {
  type: { kind: "type", in: ["missed"] },
  direction: { kind: "direction", in: ["outbound"] },
  line: { kind: "line", in: [line] },
  archived: { kind: "archived", is: true },
  unreturned: { kind: "unreturned", is: true },
};
const rare: CallFilter = {
  kind: "and",
  of: [
    { kind: "type", in: ["voicemail"] },
    { kind: "direction", in: ["outbound"] },
    ...Object.values(single).slice(2, 4),
  ],
};
const waitingOfLine: CallFilter = {
  kind: "and",
  of: [
    { kind: "unreturned", is: true },
    { kind: "line", in: [line] },
    { kind: "archived", is: false },
  ],
};
const month: CallFilter = { kind: "created", fromMs: callAt(3_000).createdAtMs, beforeMs: callAt(7_000).createdAtMs };

/** Another call for each time: spread over all of them, the same share of them at every size. */
const spread = (size: number, at: number) => Math.floor(size * (((at + 1) * 0.618_034) % 1));
const lastSix = (at: number) => callAt(spread(9_999, at)).from.slice(-6);

const questions: readonly Question[] = [
  { title: "first page", ask: (calls) => calls.page(workspaceId, 0, pageLimit) },
  {
    title: "page at nine tenths (offset 900,000 of 1,000,000)",
    ask: (calls, size, at) => calls.page(workspaceId, size * 0.9 + at, pageLimit),
  },
  {
    title: "keyset page",
    ask: (calls, size, at) =>
      calls.walk(workspaceId, { ...list, filter: null, after: { ...callAt(spread(size, at)), id: 1 } }),
  },
  ...Object.entries(single).flatMap(([name, filter]): Question[] => [
    { title: `totalCount, ${name}`, ask: (calls) => calls.count(workspaceId, filter) },
    { title: `first page, ${name}`, ask: (calls) => calls.walk(workspaceId, { ...list, filter }) },
    {
      title: `page at nine tenths with count, ${name}`,
      ask: async (calls, _size, at) => {
        const { count } = await calls.count(workspaceId, filter);
        return calls.page(workspaceId, Math.floor(count * 0.9) - at, pageLimit, filter);
      },
    },
  ]),
  {
    title: "page with count, outbound voicemail, line, archived",
    ask: (calls) => calls.page(workspaceId, 0, pageLimit, rare),
  },
  {
    title: "page with count, unreturned, line, not archived",
    ask: (calls) => calls.page(workspaceId, 0, pageLimit, waitingOfLine),
  },
  {
    title: "groups by unreturned",
    ask: (calls) => calls.counts(workspaceId, { filter: null, by: "unreturned", timeZone: "UTC" }),
  },
  {
    title: "returns with their median (bounded)",
    ask: (calls) => calls.returns(workspaceId, null),
  },
  {
    title: "page with count, missed, in a span of time",
    ask: (calls) =>
      calls.page(workspaceId, 0, pageLimit, { kind: "and", of: [month, { kind: "type", in: ["missed"] }] }),
  },
  {
    title: "search, last six digits",
    ask: (calls, _size, at) => calls.walk(workspaceId, { ...list, filter: readCallFilter({ number: lastSix(at) }) }),
  },
  {
    title: "search, whole number",
    ask: (calls, _size, at) =>
      calls.walk(workspaceId, { ...list, filter: readCallFilter({ number: callAt(spread(9_999, at)).from }) }),
  },
  {
    title: "search, a word of many notes",
    ask: (calls) => calls.walk(workspaceId, { ...list, filter: readCallFilter({ text: "rückruf" }) }),
  },
  {
    title: "search, a word of one note",
    ask: (calls, _size, at) =>
      calls.walk(workspaceId, {
        ...list,
        filter: readCallFilter({ text: String(spread(9_999, at) + 1).padStart(4, "0") }),
      }),
  },
  {
    title: "groups by type",
    ask: (calls) => calls.counts(workspaceId, { filter: null, by: "type", timeZone: "UTC" }),
  },
  {
    title: "groups by hour, Berlin (grows with the hours)",
    ask: (calls) => calls.counts(workspaceId, { filter: null, by: "hour", timeZone: "Europe/Berlin" }),
  },
  {
    title: "count of long calls (bounded)",
    ask: (calls) => calls.count(workspaceId, { kind: "duration", minMs: 600_000, maxMs: 1e9 }),
  },
];

const columns: number[][] = [];
for (const size of sizes) {
  const storage = await opened(size);
  const column: number[] = [];
  for (const question of questions) column.push(await timeMs(question, storage, size));
  columns.push(column);
  await storage.close();
}
await server?.stop();

const header = ["", ...sizes.map((size) => size.toLocaleString("en")), "ratio"];
tell(header);
for (const [row, { title }] of questions.entries()) {
  const costs = columns.map((column) => column[row] ?? Number.NaN);
  const growth = (costs.at(-1) ?? Number.NaN) / (costs[0] ?? Number.NaN);
  tell([title, ...costs.map((ms) => ms.toFixed(3)), growth.toFixed(2)]);
}

async function opened(size: number): Promise<Storage> {
  const standing = { clock: { now: () => 0 }, readOnly: true };
  if (server !== null) {
    return openPostgresStorage({
      ...standing,
      url: await preparedDatabase(server.url, size),
      limits: { connections: 1 },
    });
  }
  const folder = await preparedFolder(`ringback-file-schema-${schemaVersion}`, size, (made) =>
    writeRingbackDatabase(join(made, "ringback.db"), size),
  );
  return openSqliteStorage({ ...standing, file: join(folder, "ringback.db") });
}

function tell([title = "", ...cells]: readonly string[]): void {
  process.stdout.write(`${title.padEnd(55)}${cells.map((cell) => cell.padStart(12)).join("")}\n`);
}

async function timeMs({ ask }: Question, { calls }: Storage, size: number): Promise<number> {
  const samples: number[] = [];
  const warmUps = Math.ceil(times / 5);
  for (let at = 0; at < warmUps + times; at++) {
    const startedAt = performance.now();
    await ask(calls, size, at);
    if (at >= warmUps) samples.push(performance.now() - startedAt);
  }
  return quantile(samples, Number(options.quantile));
}

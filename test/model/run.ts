import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { cuttingProxy } from "../support/cutting-proxy.ts";
import { startServeProcess, type ServeProcess } from "../support/serve-process.ts";
import { testPassword } from "../support/server.ts";
import { dropDatabaseOf, openStorageOf } from "../support/test-database.ts";
import { type CallView, callFields, changeFields, type ChangeView } from "./call-view.ts";
import { modelFilters } from "./filters.ts";
import { type Follower, startFollower } from "./followers.ts";
import { createInboxModel, workedOf } from "./inbox-model.ts";
import { killsMax, type Plan, type Step } from "./plan.ts";
import { people, type Template } from "./template.ts";
import { createOffice, type Person } from "./writers.ts";
import { askGraphql } from "./ways.ts";

/** What happened in a run, to see that it was worth something. */
export type RunCounts = Readonly<
  Record<"edits" | "lost" | "replays" | "refused" | "thereAndBack" | "told" | "kills" | "comebacks" | "changes", number>
>;

/** How many edits of one writer may be under way while the next step is taken. */
const underWayMax = 2;

/** As many calls as one request may ask for with all that is asked of them. */
const pageSize = 200;

/**
 * Plays a plan on a server of its own: people and a phone system write, others follow, connections are cut and the server is killed. Then
 * holds what everybody was told against what the server has. @throws AssertionError where that is not the same
 */
export async function runPlan(plan: Plan, template: Template): Promise<RunCounts> {
  const data = await template.copy();
  const server = await startServeProcess(data);
  const proxy = await cuttingProxy(server.url);
  const followers: Follower[] = [];
  try {
    const [ann, bob] = await Promise.all(people.map((name) => signIn(server.url, name)));
    assert.ok(ann !== undefined && bob !== undefined);
    const ask = askOf(server.url, ann);
    const { cursor: start } = await ask<{ cursor: string }>("{ cursor }");
    const filters = modelFilters(bob.id);
    for (const followerPlan of plan.followers) {
      const filter = filters[followerPlan.filter];
      assert.ok(filter);
      const { cursor } = await ask<{ cursor: string }>("{ cursor }");
      const calls = await listOf(ask, filter.filter);
      const token = followers.length % 2 === 0 ? ann.token : bob.token;
      followers.push(
        startFollower({ plan: followerPlan, filter, cursor, calls, url: proxy.url, token, isUp: server.isUp }),
      );
    }
    const first = await listOf(ask, null);
    const model = createInboxModel(first);
    const office = createOffice({
      url: proxy.url,
      isUp: server.isUp,
      people: [ann, bob],
      sourceKey: template.sourceKey,
      model,
      calls: first,
    });
    const kills = await play(plan.steps, office, [ann, bob, ann], { server, proxy });

    // What a source tells anew reaches every follower, whatever its filter.
    await office.tell(0, { type: "voicemail", duration: 500_000, line: 0 }, false);
    await office.tell(0, { type: "voicemail", duration: 600_000, line: 0 }, false);
    const log = await logAfter(ask, start);
    for (const follower of followers) await follower.reaches(log.at(-1)?.revision ?? 0);

    model.play();
    checkLog(log, start, model, [ann, bob]);
    for (const follower of followers) checkFollower(follower, log, first, await listOf(ask, follower.filter.filter));
    await checkEnd(ask, model, office);
    await server.stop();
    await checkData(data);
    const comebacks = followers.reduce((sum, follower) => sum + follower.comebacks, 0);
    return { ...office.counts, kills, comebacks, changes: log.length };
  } finally {
    await Promise.all([...followers.map((follower) => follower.stop()), proxy.close()]);
    await server.stop();
    await dropDatabaseOf(data);
    await rm(data, { recursive: true, force: true });
  }
}

type CallPage = {
  readonly nodes: readonly CallView[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly totalCount: number;
};

type Ask = <T>(query: string, variables?: object) => Promise<T>;

/** Takes the steps, each writer's edits one after the other and beside all else; resolves with the number of kills once all is answered. */
async function play(
  steps: readonly Step[],
  office: ReturnType<typeof createOffice>,
  writers: readonly Person[],
  { server, proxy }: { readonly server: ServeProcess; readonly proxy: Awaited<ReturnType<typeof cuttingProxy>> },
): Promise<number> {
  const queues = [...writers, null].map(() => createQueue());
  const sourceQueue = writers.length;
  let kills = 0;
  for (const step of steps) {
    switch (step.do) {
      case "write":
      case "there and back": {
        const { writer, way, edit } = step;
        const by = writers[writer] as Person;
        await queues[writer]?.add(() =>
          step.do === "write" ? office.edit(by, way, edit, step.again) : office.thereAndBack(by, way, edit),
        );
        break;
      }
      case "repeat":
        await queues[step.writer]?.add(() => office.repeat(step.which));
        break;
      case "tell":
        await queues[sourceQueue]?.add(() => office.tell(step.call, step.told, step.again));
        break;
      case "cut":
        if (step.which === "all") for (let n = proxy.size; n > 0; n -= 1) proxy.cutOne(n - 1, step.how);
        else proxy.cutOne(step.which, step.how);
        break;
      case "kill":
        if (kills >= killsMax) break;
        kills += 1;
        await server.killAndRestart();
        break;
    }
  }
  for (const queue of queues) await queue.end();
  return kills;
}

/** One after the other, with a few waiting at most. */
function createQueue() {
  const waiting: Promise<void>[] = [];
  let last = Promise.resolve();
  return {
    async add(run: () => Promise<void>) {
      last = last.then(run);
      last.catch(() => {}); // thrown where it is waited for
      waiting.push(last);
      if (waiting.length > underWayMax) await waiting.shift();
    },
    end: () => last,
  };
}

/** Each change once, without a hole; each of a person was answered to that person, and none besides. */
function checkLog(
  log: readonly ChangeView[],
  start: string,
  model: ReturnType<typeof createInboxModel>,
  writers: readonly Person[],
): void {
  const [epoch, from] = start.split(":");
  assert.deepEqual(
    log.map(({ cursor }) => cursor),
    log.map((_, at) => `${epoch}:${Number(from) + at + 1}`),
    "every revision is in the log, in order",
  );
  const names = new Map(writers.map(({ id, username }) => [id, username]));
  const ofPeople = log.filter(({ actor }) => actor.kind === "USER");
  assert.deepEqual(
    ofPeople.map(({ revision, call }) => [revision, call.id]),
    [...model.claimed].toSorted(([a], [b]) => a - b).map(([revision, { callId }]) => [revision, callId]),
    "the changes of people are those that were answered, each once",
  );
  for (const { revision, actor } of ofPeople) {
    const by = model.claimed.get(revision)?.by ?? [];
    assert.ok(by.includes(names.get(actor.id ?? "") ?? ""), `change ${revision} is of ${by.join(" or ")}`);
  }
  for (const { revision, call } of log) {
    assert.equal(call.revision, revision);
    assert.deepEqual(workedOf(call), model.workedAt(call.id, revision), `the call of change ${revision}`);
  }
}

/** What a follower was told is what the log has for it, and its list is what the server answers. */
function checkFollower(
  follower: Follower,
  log: readonly ChangeView[],
  first: readonly CallView[],
  now: readonly CallView[],
): void {
  const { lets } = follower.filter;
  const before = new Map(first.map((call) => [call.id, call]));
  const due = log.filter(({ kind, call }) => {
    const was = before.get(call.id);
    before.set(call.id, call);
    return kind === "CALL_UPDATED" || lets(call) || (was !== undefined && lets(was));
  });
  const what = `${JSON.stringify(follower.plan)} with ${JSON.stringify(follower.filter.filter)}`;
  assert.deepEqual(
    follower.changes.map(({ cursor }) => cursor),
    due.map(({ cursor }) => cursor),
    `${what}: each change once, in order`,
  );
  assert.deepEqual(follower.changes, due, `${what}: the changes as they are`);
  assert.deepEqual(byId(follower.calls()), byId(now), `${what}: the list`);
  assert.ok(now.every(lets), `${what}: the server's list`);
}

/** The calls are what people were answered and what the source said. */
async function checkEnd(
  ask: Ask,
  model: ReturnType<typeof createInboxModel>,
  office: ReturnType<typeof createOffice>,
): Promise<void> {
  const all = await listOf(ask, null);
  assert.deepEqual(all.map(({ id }) => id).toSorted(), model.callIds().toSorted(), "the calls that there are");
  for (const call of all) assert.deepEqual(workedOf(call), model.workedAt(call.id), `call ${call.id}`);
  const calls = new Map(all.map((call) => [call.id, call]));
  for (const [id, { type, duration, line }] of office.facts) {
    const { call_type, duration: length, via } = calls.get(office.callIdOf(id) ?? "") ?? {};
    assert.deepEqual(
      { call_type, length, via },
      { call_type: type, length: duration, via: line },
      `call ${id} of the source`,
    );
  }
  const query = `{ paginatedCalls(limit: ${pageSize}) { nodes { ${callFields} } totalCount } }`;
  const { paginatedCalls } = await ask<{ paginatedCalls: { nodes: readonly CallView[]; totalCount: number } }>(query);
  assert.deepEqual(paginatedCalls, { nodes: all.slice(0, pageSize), totalCount: all.length });
}

/** The file agrees with itself. */
async function checkData(folder: string): Promise<void> {
  const storage = await openStorageOf(folder);
  assert.deepEqual((await storage.check()).problems, []);
  await storage.close();
}

function byId(calls: readonly CallView[]): readonly CallView[] {
  return calls.toSorted((a, b) => Number(a.id) - Number(b.id));
}

async function listOf(ask: Ask, filter: object | null): Promise<readonly CallView[]> {
  const query = `query ($filter: CallFilter, $after: String) {
    calls(first: ${pageSize}, after: $after, filter: $filter) {
      nodes { ${callFields} } pageInfo { endCursor hasNextPage } totalCount
    }
  }`;
  const list: CallView[] = [];
  for (let after: string | null = null; ;) {
    const { calls }: { calls: CallPage } = await ask(query, { filter, after });
    list.push(...calls.nodes);
    if (!calls.pageInfo.hasNextPage) {
      assert.equal(calls.totalCount, list.length);
      return list;
    }
    after = calls.pageInfo.endCursor;
  }
}

async function logAfter(ask: Ask, start: string): Promise<readonly ChangeView[]> {
  const log: ChangeView[] = [];
  const query = `query ($after: Cursor!) { changes(after: $after, first: ${pageSize}) { changes { ${changeFields} } cursor hasMore } }`;
  for (let after = start, hasMore = true; hasMore;) {
    const { changes } = await ask<{ changes: { changes: readonly ChangeView[]; cursor: string; hasMore: boolean } }>(
      query,
      {
        after,
      },
    );
    log.push(...changes.changes);
    ({ cursor: after, hasMore } = changes);
  }
  return log;
}

function askOf(url: string, { token }: Person): Ask {
  return (query, variables = {}) => askGraphql(url, { authorization: `Bearer ${token}` }, query, variables);
}

async function signIn(url: string, username: string): Promise<Person> {
  const query = "mutation ($input: LoginInput!) { login(input: $input) { access_token user { id } } }";
  const variables = { input: { username, password: testPassword } };
  const { login } = await askGraphql<{ login: { access_token: string; user: { id: string } } }>(
    url,
    {},
    query,
    variables,
  );
  return { id: login.user.id, username, token: login.access_token };
}

import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { randomNumbers } from "../faults/operations.ts";
import { openPostgres, type TestPostgres } from "../support/postgres.ts";
import { addressOf, graphql, run, type Running, signIn, start, temporaryFolder } from "./ringback.ts";

const password = "a long password";
const callsCount = 300;

type Env = Readonly<Record<string, string>>;

/** Calls in a new database, and somebody who may sign in. */
async function fill(t: TestContext, env: Env): Promise<void> {
  const lines = Array.from({ length: callsCount }, (_, at) => {
    const created = new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString();
    return `${at + 1},inbound,+49301${at % 70},+493022,+493022,1000,missed,${created},false,"[""first of ${at}""]"`;
  });
  const input = `id,direction,from,to,via,duration,call_type,created_at,is_archived,notes\n${lines.join("\n")}\n`;
  assert.equal((await run(t, ["import", "-", "--format", "csv"], { env, input })).status, 0);
  assert.equal((await run(t, ["user", "add", "anna"], { env, input: `${password}\n` })).status, 0);
}

/** A server, and people who write notes on it until it is gone. */
async function open(t: TestContext, env: Env) {
  const server = start(t, ["serve", "--port", "0", "--log", "silent", "--cost-per-session", "0"], { env });
  const url = await addressOf(server);
  return { server, url };
}

/** Writes notes from several hands until nobody answers; `prefix` tells them from those of others. */
function startWriters(url: string, token: string, prefix: string) {
  const acknowledged: string[] = [];
  const watchers = new Set<() => void>();
  const stopping = new AbortController();
  let last = 0;
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const content = `${prefix} ${(last += 1)}`;
      const query = `mutation { addNote(input: { activityId: "${1 + (last % callsCount)}", content: "${content}" }) { id } }`;
      const answer = await graphql(url, query, token).catch(() => null);
      if (answer === null) return;
      if (answer.errors === undefined) acknowledged.push(content);
      else assert.match(answer.errors[0]?.message ?? "", /was moved|is closed/);
      for (const watcher of watchers) watcher();
    }
  };
  const hands = Promise.all(Array.from({ length: 4 }, work));
  return {
    async stop(): Promise<readonly string[]> {
      stopping.abort();
      await hands;
      return acknowledged;
    },
    /** Resolves after so many more of them. */
    more: (count: number) =>
      new Promise<void>((resolve) => {
        const goal = acknowledged.length + count;
        const look = () => {
          if (acknowledged.length < goal) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
      }),
  };
}

/** All changes after a cursor as they are told to clients: the contents of the notes that were added, and the revisions. */
async function changesAfter(url: string, token: string, cursor: string) {
  const notes: string[] = [];
  const revisions: number[] = [];
  for (let after = cursor; ;) {
    const query = `{ changes(after: "${after}", first: 1000) { changes { revision note { content } } cursor hasMore } }`;
    const { data, errors } = await graphql(url, query, token);
    assert.equal(errors, undefined);
    for (const { revision, note } of data.changes.changes) {
      revisions.push(revision);
      if (note !== null) notes.push(note.content);
    }
    if (data.changes.hasMore === false) return { notes, revisions };
    after = data.changes.cursor;
  }
}

async function tokenOf(url: string): Promise<string> {
  return (await signIn(url, "anna", password)) ?? assert.fail("Anna cannot sign in.");
}

async function cursorOf(url: string, token: string): Promise<string> {
  return (await graphql(url, "{ cursor }", token)).data.cursor;
}

async function stop(server: Running): Promise<void> {
  server.child.kill("SIGTERM");
  assert.equal((await server.ended).status, 0);
}

let postgres: TestPostgres;
before(async () => {
  postgres = await openPostgres();
});
after(() => postgres.stop());

describe("ringback copy", () => {
  it("moves what is served to PostgreSQL and back: sessions and cursors go on, no acknowledged note is lost", async (t) => {
    const folder = temporaryFolder(t);
    const file = { RINGBACK_DATA: join(folder, "data") };
    const database = await postgres.createDatabase();
    t.after(() => database.drop());
    const nodes = { ...file, RINGBACK_DATABASE: database.url };
    await fill(t, file);
    const first = await open(t, file);
    const token = await tokenOf(first.url);
    const cursor = await cursorOf(first.url, token);
    const writers = startWriters(first.url, token, "on SQLite");
    await writers.more(20);

    const there = ["copy", "--from", file.RINGBACK_DATA, "--to", "$TARGET"];
    const copied = await run(t, there, { env: { TARGET: database.url } });
    assert.equal(copied.status, 0, copied.stderr);
    assert.match(copied.stdout, /^calls +300 +[0-9a-f]{16}$/m);
    assert.match(copied.stdout, /^Writes waited for [\d,]+ ms/m);
    const left = await first.server.ended;
    assert.equal(left.status, 78, "a server on the old database ends");
    assert.match(left.stderr, /moved to postgres:\/\/[^ ]+.*serve that one/);
    const onFile = await writers.stop();
    const refused = await run(t, ["serve", "--port", "0"], { env: file });
    assert.equal(refused.status, 78);
    assert.match(refused.stderr, /moved to postgres:.*ringback copy --reopen/);
    const again = await run(t, there, { env: { TARGET: database.url } });
    assert.equal(again.status, 78, "it was moved already");

    const second = await open(t, nodes);
    const log = await changesAfter(second.url, token, cursor);
    assert.deepEqual(log.notes.toSorted(), onFile.toSorted(), "each acknowledged note once, and no other");
    assert.deepEqual(
      log.revisions,
      log.revisions.map((_, at) => (log.revisions[0] ?? 0) + at),
    );
    const later = startWriters(second.url, token, "on PostgreSQL");
    await later.more(20);
    const before = join(folder, "back");
    mkdirSync(before);
    copyFileSync(join(file.RINGBACK_DATA, "keys.json"), join(before, "keys.json"));
    const back = ["copy", "--from", database.url, "--to", before];
    const returned = await run(t, back);
    assert.equal(returned.status, 0, returned.stderr);
    assert.equal((await second.server.ended).status, 78);
    const onNodes = await later.stop();
    const compared = await run(t, ["copy", "--compare", "--from", database.url, "--to", before]);
    assert.match(compared.stdout, /The two are the same/);

    const third = await open(t, { RINGBACK_DATA: before });
    const { notes } = await changesAfter(third.url, token, cursor);
    assert.deepEqual(notes.toSorted(), [...onFile, ...onNodes].toSorted());
    await stop(third.server);
    assert.equal((await run(t, ["check"], { env: { RINGBACK_DATA: before } })).status, 0);

    assert.equal((await run(t, ["copy", "--reopen", "--from", file.RINGBACK_DATA])).status, 0);
    const reopened = await open(t, file);
    const gap = await graphql(reopened.url, `{ changes(after: "${cursor}") { hasMore } }`, token);
    assert.match(gap.errors?.[0]?.message ?? "", /fetch/i, "what is written there now is another history");
    await stop(reopened.server);
  });

  for (const kind of ["SQLite", "PostgreSQL"] as const) {
    it(`from ${kind}, killed at any point, leaves the server to go on and can be run again`, async (t) => {
      const folder = temporaryFolder(t);
      const data = join(folder, "data");
      const database = await postgres.createDatabase();
      t.after(() => database.drop());
      const env: Env = { RINGBACK_DATA: data, ...(kind === "PostgreSQL" && { RINGBACK_DATABASE: database.url }) };
      const target = kind === "PostgreSQL" ? join(folder, "target") : database.url;
      const there = ["copy", "--from", kind === "PostgreSQL" ? database.url : data, "--to", target];
      await fill(t, env);
      const { server, url } = await open(t, env);
      const token = await tokenOf(url);
      const cursor = await cursorOf(url, token);
      const writers = startWriters(url, token, "note");
      const random = randomNumbers(5);
      for (let run = 0; run < 5 && server.child.exitCode === null; run += 1) {
        const copy = start(t, there);
        // Never too late: nobody answers the writers once the copy is done.
        await Promise.race([writers.more(Math.ceil(random() * 1_000)), copy.ended]);
        copy.child.kill("SIGKILL");
        await copy.ended;
      }
      const last = await run(t, there);
      assert.ok(last.status === 0 || /was moved to/.test(last.stderr), last.stderr);
      assert.equal((await server.ended).status, 78);
      const acknowledged = await writers.stop();
      if (kind === "PostgreSQL") copyFileSync(join(data, "keys.json"), join(target, "keys.json"));
      const next = await open(
        t,
        kind === "PostgreSQL" ? { RINGBACK_DATA: target } : { ...env, RINGBACK_DATABASE: target },
      );
      const { notes } = await changesAfter(next.url, token, cursor);
      assert.deepEqual(notes.toSorted(), acknowledged.toSorted());
      await stop(next.server);
      const compared = await run(t, ["copy", "--compare", ...there.slice(1)]);
      assert.equal(compared.status, 0, compared.stderr);
    });
  }

  it("says in a sentence what it cannot do, and never a password", async (t) => {
    const folder = temporaryFolder(t);
    const data = join(folder, "data");
    await fill(t, { RINGBACK_DATA: data });
    const secret = "pass-word-of-nobody";
    for (const [args, status, says] of [
      [["--from", data], 78, /where to by --to/],
      [["--from", join(folder, "none"), "--to", folder], 66, /no database/],
      [["--from", data, "--to", data], 65, /already/],
      [["--from", data, "--to", "$NONE"], 78, /has no NONE/],
      [["--from", data, "--to", `mysql://x:${secret}@host/x`], 78, /postgres:\/\/host\/database/],
      [["--from", data, "--to", `postgres://x:${secret}@127.0.0.1:1/x`], 69, /does not answer/],
    ] as const) {
      const outcome = await run(t, ["copy", ...args]);
      assert.equal(outcome.status, status, outcome.stderr);
      assert.match(outcome.stderr, says);
      assert.ok(!`${outcome.stdout}${outcome.stderr}`.includes(secret));
    }
    assert.equal((await run(t, ["check"], { env: { RINGBACK_DATA: data } })).status, 0);
  });
});

describe("ringback restore", () => {
  for (const kind of ["SQLite", "PostgreSQL"] as const) {
    it(`brings a backup back on ${kind} as a new history: an old cursor meets the gap, and fetching anew goes on`, async (t) => {
      const folder = temporaryFolder(t);
      const databases = [await postgres.createDatabase(), await postgres.createDatabase()];
      for (const database of databases) t.after(() => database.drop());
      const [env, envAfter] = databases.map(({ url }): Env => {
        const file = { RINGBACK_DATA: join(folder, "data") };
        return kind === "SQLite" ? file : Object.assign(file, { RINGBACK_DATABASE: url });
      }) as [Env, Env];
      const file = join(folder, "copy.sqlite");
      await fill(t, env);
      const first = await open(t, env);
      const token = await tokenOf(first.url);
      const backup = await run(t, ["backup", file], { env });
      assert.equal(backup.status, 0, backup.stderr);
      const note = `mutation { addNote(input: { activityId: "1", content: "after the backup" }) { id } }`;
      assert.equal((await graphql(first.url, note, token)).errors, undefined);
      const cursor = await cursorOf(first.url, token);
      if (kind === "SQLite") {
        const locked = await run(t, ["restore", file], { env });
        assert.equal(locked.status, 75, "not while it is served");
      } else {
        const taken = await run(t, ["restore", file], { env });
        assert.equal(taken.status, 65, "not into a database that is there");
      }
      await stop(first.server);

      const restored = await run(t, ["restore", file], { env: envAfter });
      assert.equal(restored.status, 0, restored.stderr);
      const second = await open(t, envAfter);
      const resumed = await graphql(second.url, `{ changes(after: "${cursor}") { hasMore } }`, token);
      assert.match(resumed.errors?.[0]?.message ?? "", /fetch/i);
      const fresh = await cursorOf(second.url, token);
      const { data } = await graphql(
        second.url,
        `
          {
            call(id: "1") {
              notes {
                content
              }
            }
          }
        `,
        token,
      );
      assert.deepEqual(data.call.notes, [{ content: "first of 0" }]);
      assert.equal((await graphql(second.url, note, token)).errors, undefined);
      assert.deepEqual((await changesAfter(second.url, token, fresh)).notes, ["after the backup"]);
      await stop(second.server);
      assert.equal((await run(t, ["check"], { env: envAfter })).status, 0);

      if (kind === "SQLite") {
        const kept = readdirSync(join(folder, "data")).filter((name) => name.startsWith("ringback.sqlite.2"));
        assert.equal(kept.length, 1, "what was there is kept");
        assert.ok(!existsSync(join(folder, "data", "ringback.sqlite.restoring")));
      }
      // Restored by other means: only the history is new.
      assert.equal((await run(t, ["restore"], { env: envAfter })).status, 0);
      const third = await open(t, envAfter);
      const gone = await graphql(third.url, `{ changes(after: "${fresh}") { hasMore } }`, token);
      assert.match(gone.errors?.[0]?.message ?? "", /fetch/i);
      await stop(third.server);
    });
  }

  it("refuses what is no backup, and leaves the database as it is", async (t) => {
    const env = { RINGBACK_DATA: join(temporaryFolder(t), "data") };
    await fill(t, env);
    for (const [file, status] of [
      ["nowhere.sqlite", 66],
      [join(import.meta.dirname, "copy.test.ts"), 74],
    ] as const) {
      assert.equal((await run(t, ["restore", file], { env })).status, status);
    }
    const { stdout } = await run(t, ["check"], { env });
    assert.match(stdout, /calls +300/);
  });
});

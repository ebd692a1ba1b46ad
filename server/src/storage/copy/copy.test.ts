import assert from "node:assert/strict";
import { createNumberKeys } from "../../domain/number-key.ts";
import { createNumberPlans } from "../../numbers/number-plans.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { operations, perform } from "../../../../test/faults/operations.ts";
import { openPostgres, type TestPostgres } from "../../../../test/support/postgres.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Storage } from "../../domain/storage.ts";
import { assertFails, logCall, noonMs, outlet, pbx, session, told, user, writing } from "../contract-samples.ts";
import { openPostgresStorage } from "../postgres/open.ts";
import { openSqliteStorage } from "../sqlite/open.ts";
import { type CopyOptions, moveDatabase } from "./copy.ts";
import { compare, duplicate, move, reopen } from "./copying.ts";
import { openSource, openTarget, type Place } from "./places.ts";
import type { CopyTarget } from "./ports.ts";
import { differencesOf } from "./shape.ts";

const clock = { now: Date.now };
const numberKeys = createNumberKeys(createNumberPlans());
const options: CopyOptions = { progress: { rows() {}, step() {} }, isStopped: () => false, now: Date.now, numberKeys };

/** Tables that the samples put nothing into. */
const emptyTables = new Set(["key_work", "number_keys", "return_work", "upkeep"]);

describe("a copy of a whole database", () => {
  let server: TestPostgres;
  let folder: string;

  before(async () => {
    server = await openPostgres();
    folder = mkdtempSync(join(tmpdir(), "ringback-copy-"));
  });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const makePlace = {
    async sqlite(): Promise<Place> {
      return { kind: "sqlite", file: join(mkdtempSync(join(folder, "data-")), "ringback.sqlite") };
    },
    async postgres(): Promise<Place> {
      const { url } = await server.createDatabase();
      return { kind: "postgres", url, shown: "postgres://server/database" };
    },
  };

  const open = (place: Place): Promise<Storage> =>
    place.kind === "sqlite"
      ? openSqliteStorage({ file: place.file, clock })
      : openPostgresStorage({ url: place.url, clock, limits: { connections: 3 } });

  it("takes along every table and column that the catalogue of either database has", async () => {
    const shapes = [];
    for (const place of [await makePlace.sqlite(), await makePlace.postgres()]) {
      await (await open(place)).close();
      const source = await openSource(place);
      shapes.push(source.tables);
      await source.close();
    }
    const [one = [], other = []] = shapes;
    assert.ok(one.length > 20);
    assert.deepEqual(differencesOf(one, other), []);
  });

  for (const [from, to] of [
    ["sqlite", "postgres"],
    ["postgres", "sqlite"],
    ["sqlite", "sqlite"],
    ["postgres", "postgres"],
  ] as const) {
    it(`from ${from} to ${to}, while many write: nothing acknowledged is lost, the history is the same, the old one refuses`, async () => {
      const [source, target] = [await makePlace[from](), await makePlace[to]()];
      const old = await open(source);
      await fillAll(old);
      const office = startOffice(old, 1);
      await office.writes(100);
      await setUnread(old);
      const report = await move(source, target, options);
      const acknowledged = await office.ended;
      assert.ok(report.caughtUp > 0);
      const empty = report.compared.filter(({ rows }) => rows === 0).map(({ table }) => table);
      assert.deepEqual(
        empty.filter((table) => !emptyTables.has(table)),
        [],
        "the samples have something in every table",
      );
      await assertFails("UNAVAILABLE", () => old.calls.addNote(writing(), 1, "too late"));
      await assertFails("UNAVAILABLE", () => old.users.add(user("late"), ""));
      assert.match((await old.movedTo()) ?? "", /moved to/);
      const head = await old.changes.head(1);
      await old.close();
      await assertFails("BAD_CONFIGURATION", () => open(source));
      await compare(source, target, options);

      const fresh = await open(target);
      assert.deepEqual(await fresh.changes.head(1), head, "cursors go on");
      assert.equal(await fresh.movedTo(), null);
      assert.deepEqual((await fresh.check()).problems, []);
      const found = await operationsIn(fresh);
      for (const number of acknowledged) assert.ok(found.has(number), `operation ${number} is there`);
      const call = await logCall(fresh, { from: "+4930777", notes: ["a new one"] });
      assert.equal(call.revision, head.revision + 1);
      const next = startOffice(fresh, 100_000);
      await next.writes(50);
      next.stop();
      await next.ended;
      assert.deepEqual((await fresh.check()).problems, []);
      await fresh.close();

      await reopen(source);
      const again = await open(source);
      assert.notEqual((await again.changes.head(1)).epoch, head.epoch, "what is written there now is another history");
      await logCall(again);
      assert.deepEqual((await again.check()).problems, []);
      await again.close();
    });
  }

  for (const kind of ["sqlite", "postgres"] as const) {
    it(`that fails leaves a ${kind} as it was, and no database in the other place`, async () => {
      const [source, target] = [await makePlace[kind](), await makePlace.sqlite()];
      const storage = await open(source);
      await fillAll(storage);
      let asked = 0;
      const stopped = { ...options, isStopped: () => (asked += 1) > 3 };
      await assertFails("UNAVAILABLE", () => move(source, target, stopped));
      await logCall(storage);
      await storage.close();
      const left = await openSource(source);
      assert.equal(await left.mark(), null);
      await left.close();
      // Where it went is free again.
      await move(source, target, options);
      await compare(source, target, options);
    });

    it(`of a ${kind} that another copy took over fails, and the other one goes on`, async () => {
      const from = await makePlace[kind]();
      const storage = await open(from);
      await fillAll(storage);
      const [one, other] = [await makePlace.sqlite(), await makePlace.sqlite()];
      const [source, target] = [await openSource(from), await openTarget(one, Date.now(), numberKeys)];
      const overtaken = Object.create(target, {
        settle: { value: () => move(from, other, options).then(() => target.settle()) },
      }) as CopyTarget;
      await assertFails("CONFLICT", () => moveDatabase(source, overtaken, options));
      await Promise.all([source.close(), target.close(), storage.close()]);
      await compare(from, other, options);
    });

    it(`does not go where a ${kind} is already`, async () => {
      const [source, target] = [await makePlace.sqlite(), await makePlace[kind]()];
      for (const place of [source, target]) await (await open(place)).close();
      await assertFails("CONFLICT", () => move(source, target, options));
      const storage = await open(target);
      await logCall(storage);
      await storage.close();
    });

    it(`made once, of a ${kind}, is another history and leaves the original alone`, async () => {
      const [source, target] = [await makePlace[kind](), await makePlace.sqlite()];
      const storage = await open(source);
      await fillAll(storage);
      await duplicate(source, target, options);
      await logCall(storage);
      const copy = await open(target);
      const [{ revision, epoch }, own] = [await storage.changes.head(1), await copy.changes.head(1)];
      assert.equal(own.revision, revision - 1);
      assert.notEqual(own.epoch, epoch);
      assert.deepEqual((await copy.check()).problems, []);
      await copy.close();
      await storage.close();
    });
  }

  for (const kind of ["sqlite", "postgres"] as const) {
    it(`to a ${kind} that ended after the switch and before its last step is finished by the same copy`, async () => {
      const [from, to] = [await makePlace.sqlite(), await makePlace[kind]()];
      const storage = await open(from);
      await fillAll(storage);
      await storage.close();
      const [source, target] = [await openSource(from), await openTarget(to, Date.now(), numberKeys)];
      const ended = Object.create(target, {
        finish: { value: () => Promise.reject(new Error("killed")) },
      }) as CopyTarget;
      await assert.rejects(moveDatabase(source, ended, options), /killed/);
      await Promise.all([source.close(), target.close()]);
      await assertFails("BAD_CONFIGURATION", () => open(from));
      if (kind === "postgres") await assertFails("BAD_CONFIGURATION", () => open(to));
      await assertFails("BAD_CONFIGURATION", async () => move(from, await makePlace.sqlite(), options));
      const { compared } = await move(from, to, options);
      assert.deepEqual(compared, [], "only the end of it was left to do");
      await compare(from, to, options);
      await (await open(to)).close();
    });
  }

  it("whose sides differ in one value is found out", async () => {
    const [source, target] = [await makePlace.sqlite(), await makePlace.postgres()];
    const storage = await open(source);
    await fillAll(storage);
    await storage.close();
    await move(source, target, options);
    const fresh = await open(target);
    await fresh.views.save({ ...view, query: "line=2" });
    await fresh.close();
    await assert.rejects(compare(source, target, options), /table views/);
  });
});

const view = {
  id: "v",
  workspaceId: 1,
  ownerId: "anna",
  name: "Mine",
  query: "line=1",
  isShared: true,
  savedAtMs: noonMs,
};

/** So many that some stay so whatever is archived meanwhile. */
async function setUnread({ calls, unread }: Storage): Promise<void> {
  const page = await calls.page(1, 0, 1_000);
  await unread.set(
    1,
    "bob",
    page.calls.map(({ id }) => id),
    true,
  );
}

/** Something in every table. */
async function fillAll(storage: Storage): Promise<void> {
  await storage.workspaces.add("Sales", noonMs);
  for (const name of ["anna", "bob"]) await storage.users.add(user(name), "hash");
  for (const id of ["s1", "s2"]) await storage.sessions.add(session(id, "anna"));
  await storage.sources.add(pbx, "key hash");
  const call = await logCall(storage, { from: "+49 30 1112223", to: "12", notes: ["höflich \u0001", "東京"] });
  const raw = `{"bytes":"\u0000"}`;
  await storage.sources.accept(
    pbx,
    [{ deliveryKey: "odd", groupKey: "odd", raw, digest: "d", facts: null, problem: "It is no call." }],
    noonMs,
  );
  const idempotency = { key: "k", part: "p", fingerprint: "f" };
  await storage.calls.addNote(writing({ idempotency }), call.id, "a note");
  await storage.calls.editNote(writing(), call.notes[0]?.id ?? 0, "another text");
  await storage.calls.setTag(writing(), call.id, "vip", true);
  await storage.calls.assign(writing(), call.id, "bob");
  const keep = { writing: { ...writing(), idempotency }, answer: "{}" };
  await storage.keptAnswers.keep(keep);
  await storage.views.save(view);
  const preferences = { timeZone: "UTC", defaultCountry: null, pageSize: 20, theme: null, keysOff: [] };
  await storage.settings.setPreferences(1, "anna", preferences);
  await storage.settings.setWorkspace(1, { name: "The team", timeZone: "Europe/Berlin", callsKeptDays: 30_000 });
  await storage.apiKeys.add(
    {
      id: "key",
      workspaceId: 1,
      name: "robot",
      scopes: ["read"],
      requestsPerMinute: 10,
      createdBy: "anna",
      createdAtMs: noonMs,
      expiresAtMs: null,
      lastUsedAtMs: null,
      revokedAtMs: null,
    },
    "digest",
  );
  await storage.invitations.add(
    { id: "i", workspaceId: 1, role: "member", createdBy: "anna", createdAtMs: noonMs, expiresAtMs: noonMs * 2 },
    "token",
  );
  await storage.contacts.add(writing({ idempotency }), {
    id: "c",
    name: "Zoë",
    company: "Ring & Co",
    numbers: [{ e164: "+49301112223", label: "work" }],
  });
  const details = { role: "reader", count: "3" };
  const changed = { workspaceId: 1, kind: "role-changed", actor: { kind: "user", id: "anna" }, atMs: noonMs } as const;
  await storage.audit.record({ ...changed, target: { id: "bob", name: "Bob" }, details });
  await storage.webhooks.add(outlet("w", { kinds: ["call.logged", "note.added"], oldSecret: "s0" }));
  await storage.webhooks.send(1, "w", told("msg_w", { payload: '{"text":"höflich"}' }));
  await logCall(storage, { from: "+49301112299", notes: ["nobody knows"] });
  await storage.retention.deleteOfNumber(writing(), ["+49301112299"], 1);
  await storage.numbers.setCountry(1, null, "DE", Date.now());
  // What is being worked through would differ between two looks.
  while ((await storage.calls.unsettled(1)) > 0) await new Promise(setImmediate);
}

/** Many who write, until they are stopped or the database refuses; what was acknowledged is told at the end. */
function startOffice(storage: Storage, first: number) {
  const source = operations(7, first);
  const acknowledged: number[] = [];
  const watchers = new Set<() => void>();
  const stopping = new AbortController();
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const operation = source.next().value;
      try {
        await perform(storage, operation);
        acknowledged.push(operation.number);
        for (const watcher of watchers) watcher();
      } catch (error) {
        if (error instanceof DomainError && error.code === "NOT_FOUND") continue;
        if (error instanceof DomainError && error.code === "UNAVAILABLE") return;
        throw error;
      }
    }
  };
  return {
    ended: Promise.all(Array.from({ length: 8 }, work)).then(() => acknowledged),
    stop: () => stopping.abort(),
    writes: (count: number) =>
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

/** The numbers of the operations that left something behind. */
async function operationsIn(storage: Storage): Promise<Set<number>> {
  const found = new Set<number>();
  for (const call of await storage.calls.after(1, null, 1_000_000)) {
    for (const text of [call.from, ...call.notes.map(({ content }) => content)]) {
      const [, number] = /^operation (\d+)$/.exec(text) ?? [];
      if (number !== undefined) found.add(Number(number));
    }
  }
  for (let revision = 0; ;) {
    const changes = await storage.changes.after(1, revision, 1_000);
    for (const { actor, kind } of changes) {
      const [, number] = /^operation (\d+)$/.exec(actor.kind === "user" ? actor.id : "") ?? [];
      if (number !== undefined && kind.endsWith("archived")) found.add(Number(number));
    }
    const last = changes.at(-1);
    if (last === undefined) return found;
    revision = last.revision;
  }
}

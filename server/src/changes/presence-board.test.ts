import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Presence, TabWord } from "../domain/presence.ts";
import { createPresenceBoard, presenceKeptMs, tabsOfPersonMax, tabsOfWorkspaceMax } from "./presence-board.ts";
import type { Whisper, Whispers } from "./whispers.ts";

describe("the board of presence", () => {
  it("shows one row a person and call, whatever number of tabs, for as long as a tab is there", () => {
    const { board, clock } = created();
    board.say(word({ tab: "a" }));
    clock.ms += 5;
    board.say(word({ tab: "b", isWriting: true }));
    board.say(word({ tab: "c", callId: 2 }));
    board.say(word({ tab: "a", person: "zoe" }));
    assert.deepEqual(shown(board.at(1)), ["ann 1 writing since 0", "ann 2 since 5", "zoe 1 since 5"]);
    board.say(word({ tab: "b" }));
    board.say(word({ tab: "a", callId: 3 }));
    board.say(word({ tab: "c", callId: null }));
    assert.deepEqual(shown(board.at(1)), ["ann 1 since 5", "ann 3 since 5", "zoe 1 since 5"]);
    assert.deepEqual(board.at(2), [], "another workspace");
  });

  it("forgets a tab 45 seconds after its last word, and tells followers", () => {
    const { board, clock } = created();
    const told = following(board);
    board.say(word({ tab: "a" }));
    clock.ms += 30_000;
    board.say(word({ tab: "a" }));
    clock.ms += presenceKeptMs - 1;
    board.tick();
    assert.deepEqual(told.splice(0).map(shown), [[], ["ann 1 since 0"]], "saying it again changes nothing");
    clock.ms += 1;
    assert.deepEqual(board.at(1), []);
    board.tick();
    assert.deepEqual([...told], [[]]);
  });

  it("tells a follower all of it at once, then what is new at most once in 250 ms, and nothing twice", () => {
    const { board } = created();
    board.say(word({ tab: "a" }));
    const told = following(board);
    assert.deepEqual(told.map(shown), [["ann 1 since 0"]]);
    for (let at = 0; at < 1_000; at += 1) board.say(word({ tab: "b", callId: at + 2 }));
    board.say(word({ tab: "b", callId: null }));
    board.tick();
    assert.equal(told.length, 1, "what came and went between");
    board.say(word({ tab: "b", callId: 7 }));
    board.tick();
    board.tick();
    assert.deepEqual(told.slice(1).map(shown), [["ann 1 since 0", "ann 7 since 0"]]);
    told.stop();
    board.say(word({ tab: "b", callId: 8 }));
    board.tick();
    assert.equal(told.length, 2);
  });

  it("goes by itself", async () => {
    const { board } = created();
    const woken = Promise.withResolvers<readonly Presence[]>();
    const alive = setInterval(() => undefined, 1_000); // the board's own does not keep a process alive
    board.follow(1, (rows) => {
      if (rows.length > 0) woken.resolve(rows);
    });
    board.say(word({ tab: "a" }));
    assert.deepEqual(shown(await woken.promise), ["ann 1 since 0"]);
    clearInterval(alive);
    board.close();
  });

  it("keeps no word of a session that has ended, and takes none", () => {
    const { board, revoke } = created();
    const told = following(board);
    board.say(word({ tab: "a" }));
    board.say(word({ tab: "b", sessionId: "other" }));
    revoke("session");
    assert.deepEqual(shown(board.at(1)), ["ann 1 since 0"]);
    revoke("other");
    assert.equal(board.say(word({ tab: "a" })), false);
    board.tick();
    assert.deepEqual([...told], [[]], "nobody was there for long");
  });

  it("keeps a hundred tabs of a person, the silent ones least, and ten thousand of a workspace", () => {
    const { board, clock } = created();
    for (let at = 0; at <= tabsOfPersonMax; at += 1) board.say(word({ tab: `${at}`, callId: at + 1 }));
    board.say(word({ tab: "1", callId: 2 }));
    board.say(word({ tab: "more", callId: 500 }));
    const calls = board.at(1).map(({ callId }) => callId);
    assert.equal(calls.length, tabsOfPersonMax);
    assert.ok(!calls.includes(1) && !calls.includes(3) && calls.includes(2) && calls.includes(500));
    clock.ms += presenceKeptMs / 2;
    for (let at = 0; at < tabsOfWorkspaceMax; at += 1) {
      const fits = board.say(word({ tab: `${at % 100}`, person: `p${Math.floor(at / 100)}` }));
      assert.equal(fits, at < tabsOfWorkspaceMax - tabsOfPersonMax);
    }
    clock.ms += presenceKeptMs / 2;
    assert.equal(board.say(word({ tab: "now" })), true, "what is over makes room");
    assert.equal(board.say(word({ tab: "a", workspaceId: 2 })), true);
  });

  it("hears what other nodes heard, until it is over there, and asks for it when it begins", () => {
    const clock = { ms: 1_000 };
    const [one, two] = linked();
    const first = created({ whispers: one.whispers, clock });
    first.board.say(word({ tab: "a" }));
    clock.ms += 44_000;
    // Its clock is an hour ahead.
    const ahead = {
      get ms() {
        return clock.ms + 3_600_000;
      },
    };
    const second = created({ whispers: two.whispers, clock: ahead });
    one.hearAll();
    first.board.tick();
    two.hearAll();
    assert.deepEqual(shown(second.board.at(1)), [`ann 1 since ${3_600_000 + 1_000}`]);
    first.board.say(word({ tab: "b", person: "zoe", isWriting: true }));
    two.hearAll();
    assert.equal(second.board.at(1).length, 2);
    clock.ms += 1_000;
    assert.deepEqual(
      second.board.at(1).map(({ person }) => person.id),
      ["zoe"],
    );
    first.revoke("session");
    two.hearAll();
    assert.deepEqual(second.board.at(1), []);
    first.board.say(word({ tab: "c", sessionId: "later" }));
    first.board.say(word({ tab: "c", sessionId: "later", callId: null }));
    two.hearAll();
    assert.deepEqual(second.board.at(1), []);
  });

  it("takes no notice of whispers that it does not understand", () => {
    const [one, two] = linked();
    const { board } = created({ whispers: one.whispers });
    const bad = [
      "",
      "{}",
      "[",
      '["new kind", "a", "b"]',
      '["gone"]',
      '["there", "ann", "a", "ann", 1.5, true, 0, 0]',
      '["there", "ann", "a", "ann", 1, true, -1, 0]',
      '["there", "ann", "a", "ann", 1, true, 0, 45000]',
      '["there", 1, "a", "ann", 1, true, 0, 0]',
    ];
    for (const message of bad) two.whispers.whisper({ workspaceId: 1, message });
    one.hearAll();
    assert.deepEqual(board.at(1), []);
  });
});

function word(given: Partial<Omit<TabWord, "person">> & { readonly person?: string } = {}): TabWord {
  const { person = "ann", ...rest } = given;
  return {
    workspaceId: 1,
    tab: "tab",
    person: { id: person, username: person },
    sessionId: "session",
    callId: 1,
    isWriting: false,
    ...rest,
  };
}

function shown(rows: readonly Presence[]): readonly string[] {
  return rows.map(
    ({ person, callId, isWriting, sinceMs }) =>
      `${person.username} ${callId}${isWriting ? " writing" : ""} since ${sinceMs}`,
  );
}

function created({
  clock = { ms: 0 },
  whispers = { whisper: () => undefined, listen: () => () => undefined },
}: { readonly clock?: { ms: number }; readonly whispers?: Whispers } = {}) {
  const ended = new Set<string>();
  const listeners = new Set<(sessionId: string) => void>();
  const revocations = {
    has: (sessionId: string) => ended.has(sessionId),
    onRevoked(listener: (sessionId: string) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const board = createPresenceBoard({ clock: { now: () => clock.ms }, revocations, whispers });
  const revoke = (sessionId: string) => {
    ended.add(sessionId);
    for (const listener of listeners) listener(sessionId);
  };
  return { board, clock, revoke };
}

function following(board: ReturnType<typeof created>["board"]) {
  const told: (readonly Presence[])[] = [];
  return Object.assign(told, { stop: board.follow(1, (rows) => told.push(rows)) });
}

/** Two ends of a way, each of which hears when it is told to. */
function linked() {
  type End = { readonly waiting: Whisper[]; listener: (whisper: Whisper | null) => void };
  const make = (): End => ({ waiting: [], listener: () => undefined });
  const ends = [make(), make()] as const;
  return ends.map((end, at) => ({
    whispers: {
      whisper: (whisper: Whisper) => void ends[1 - at]?.waiting.push(whisper),
      listen(listener: (whisper: Whisper | null) => void) {
        end.listener = listener;
        end.waiting.length = 0;
        listener(null);
        return () => undefined;
      },
    },
    hearAll() {
      for (const whisper of end.waiting.splice(0)) end.listener(whisper);
    },
  })) as unknown as readonly [Linked, Linked];
}

type Linked = { readonly whispers: Whispers; hearAll(): void };

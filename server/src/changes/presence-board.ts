import type { Person } from "../domain/call.ts";
import type { Clock, Revocations } from "../domain/ports.ts";
import type { Presence, PresenceBoard } from "../domain/presence.ts";
import type { Whispers } from "./whispers.ts";

/** How long a word holds. */
export const presenceKeptMs = 45_000;

export const tabsOfPersonMax = 100;
export const tabsOfWorkspaceMax = 10_000;

/** Between two looks at what changed and what ended: with the first frame, five a second to a follower. */
const tickMs = 250;

/** A tab at a call. */
type Entry = {
  readonly person: Person;
  /** Null for one that another node heard. */
  readonly sessionId: string | null;
  readonly callId: number;
  readonly isWriting: boolean;
  readonly sinceMs: number;
  readonly heardAtMs: number;
};

type Follower = { readonly tell: (presence: readonly Presence[]) => void; told: string | null };

/** A workspace that somebody is at a call of, or follows. */
type Room = {
  /** By person, then by tab, the one that was heard of last at the end. */
  readonly people: Map<string, Map<string, Entry>>;
  size: number;
  readonly followers: Set<Follower>;
  /** What is shown, with its content as text to compare. */
  shown: Shown;
  /** Whether `shown` may be out of date. */
  isStale: boolean;
};

type Shown = { readonly rows: readonly Presence[]; readonly text: string };

/** The board of this node, which hears the words of other nodes too. */
export type LivePresenceBoard = PresenceBoard & {
  /** Drops what is over and tells followers of changes. Goes by itself four times a second while there is anybody. */
  tick(): void;
  /** Followers hear nothing more. */
  close(): void;
};

export function createPresenceBoard({
  clock,
  revocations,
  whispers,
}: {
  readonly clock: Clock;
  readonly revocations: Pick<Revocations, "has" | "onRevoked">;
  readonly whispers: Whispers;
}): LivePresenceBoard {
  const rooms = new Map<number, Room>();
  let timer: NodeJS.Timeout | null = null;
  let isAsked = false;

  const unfollow = revocations.onRevoked((sessionId) => endSession(sessionId));
  const unlisten = whispers.listen((whisper) => {
    if (whisper === null) whispers.whisper({ workspaceId: 0, message: whoIsThere });
    else hear(whisper.workspaceId, whisper.message);
  });

  return {
    say({ workspaceId, tab, person, sessionId, callId, isWriting }) {
      if (revocations.has(sessionId)) return false;
      const nowMs = clock.now();
      if (callId === null) {
        if (remove(workspaceId, person.id, tab)) whispers.whisper({ workspaceId, message: goneText(person.id, tab) });
        return true;
      }
      const known = rooms.get(workspaceId)?.people.get(person.id)?.get(tab);
      const sinceMs = known?.callId === callId ? known.sinceMs : nowMs;
      const entry = { person, sessionId, callId, isWriting, sinceMs, heardAtMs: nowMs };
      if (!put(workspaceId, tab, entry)) return false;
      whispers.whisper({ workspaceId, message: thereText(tab, entry, nowMs) });
      return true;
    },

    at(workspaceId) {
      const room = rooms.get(workspaceId);
      if (room === undefined) return [];
      expire(room, clock.now());
      return shownIn(room).rows;
    },

    follow(workspaceId, listener) {
      const room = roomOf(workspaceId);
      const follower: Follower = { tell: listener, told: null };
      room.followers.add(follower);
      expire(room, clock.now());
      tell(room, follower);
      return () => {
        room.followers.delete(follower);
        forgetEmpty(workspaceId, room);
      };
    },

    tick,

    close() {
      unfollow();
      unlisten();
      for (const { followers } of rooms.values()) followers.clear();
      rooms.clear();
      rest();
    },
  };

  function tick(): void {
    const nowMs = clock.now();
    for (const [workspaceId, room] of rooms) {
      expire(room, nowMs);
      if (isAsked) repeat(workspaceId, room, nowMs);
      for (const follower of room.followers) tell(room, follower);
      forgetEmpty(workspaceId, room);
    }
    isAsked = false;
  }

  /** Shows a follower what it has not been shown. */
  function tell(room: Room, follower: Follower): void {
    const { rows, text } = shownIn(room);
    if (follower.told === text) return;
    follower.told = text;
    follower.tell(rows);
  }

  function roomOf(workspaceId: number): Room {
    const known = rooms.get(workspaceId);
    if (known !== undefined) return known;
    const room: Room = {
      people: new Map(),
      size: 0,
      followers: new Set(),
      shown: { rows: [], text: "[]" },
      isStale: false,
    };
    rooms.set(workspaceId, room);
    timer ??= setInterval(tick, tickMs).unref();
    return room;
  }

  function forgetEmpty(workspaceId: number, room: Room): void {
    if (room.size > 0 || room.followers.size > 0 || rooms.get(workspaceId) !== room) return;
    rooms.delete(workspaceId);
    if (rooms.size === 0) rest();
  }

  function rest(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
  }

  /** False when the workspace is full. */
  function put(workspaceId: number, tab: string, entry: Entry): boolean {
    const room = roomOf(workspaceId);
    const tabs = room.people.get(entry.person.id) ?? new Map<string, Entry>();
    const before = tabs.get(tab);
    if (before === undefined) {
      if (tabs.size >= tabsOfPersonMax) {
        const [silent = ""] = tabs.keys();
        tabs.delete(silent);
        room.size -= 1;
        room.isStale = true;
      }
      if (room.size >= tabsOfWorkspaceMax) expire(room, entry.heardAtMs);
      if (room.size >= tabsOfWorkspaceMax) return false;
      room.size += 1;
    }
    const isSame = before?.callId === entry.callId && before.isWriting === entry.isWriting;
    if (!isSame || before.sinceMs !== entry.sinceMs) room.isStale = true;
    tabs.delete(tab);
    room.people.set(entry.person.id, tabs.set(tab, entry));
    return true;
  }

  function remove(workspaceId: number, personId: string, tab: string): boolean {
    const room = rooms.get(workspaceId);
    const tabs = room?.people.get(personId);
    if (room === undefined || tabs === undefined || !tabs.delete(tab)) return false;
    if (tabs.size === 0) room.people.delete(personId);
    room.size -= 1;
    room.isStale = true;
    return true;
  }

  function expire(room: Room, nowMs: number): void {
    for (const [personId, tabs] of room.people) {
      for (const [tab, { heardAtMs }] of tabs) {
        if (nowMs - heardAtMs < presenceKeptMs) continue;
        tabs.delete(tab);
        room.size -= 1;
        room.isStale = true;
      }
      if (tabs.size === 0) room.people.delete(personId);
    }
  }

  /** A session is of one workspace, but it does not say of which. */
  function endSession(sessionId: string): void {
    for (const [workspaceId, room] of rooms) {
      const ended = [...room.people].flatMap(([personId, tabs]) =>
        [...tabs].flatMap(([tab, entry]) => (entry.sessionId === sessionId ? [{ personId, tab }] : [])),
      );
      for (const { personId, tab } of ended) {
        remove(workspaceId, personId, tab);
        whispers.whisper({ workspaceId, message: goneText(personId, tab) });
      }
    }
  }

  function hear(workspaceId: number, message: string): void {
    const word = readWord(message);
    if (word === null) return;
    if (word.kind === "who") isAsked = true;
    else if (word.kind === "gone") remove(workspaceId, word.personId, word.tab);
    else if (word.heardAgeMs < presenceKeptMs) {
      const nowMs = clock.now();
      const { tab, person, callId, isWriting } = word;
      const times = { sinceMs: nowMs - word.sinceAgeMs, heardAtMs: nowMs - word.heardAgeMs };
      const known = rooms.get(workspaceId)?.people.get(person.id)?.get(tab);
      // Clocks and journeys differ a little each time: what is the same stays the same.
      if (known?.callId === callId) times.sinceMs = known.sinceMs;
      put(workspaceId, tab, { person, sessionId: null, callId, isWriting, ...times });
    }
  }

  /** What this node itself has heard, for a node that asks. */
  function repeat(workspaceId: number, { people }: Room, nowMs: number): void {
    for (const tabs of people.values()) {
      for (const [tab, entry] of tabs) {
        if (entry.sessionId !== null) whispers.whisper({ workspaceId, message: thereText(tab, entry, nowMs) });
      }
    }
  }
}

function shownIn(room: Room): Shown {
  if (!room.isStale) return room.shown;
  room.isStale = false;
  const rows = rowsOf(room);
  const text = JSON.stringify(rows);
  if (text !== room.shown.text) room.shown = { rows, text };
  return room.shown;
}

function rowsOf({ people }: Room): readonly Presence[] {
  const rows = [...people.values()].flatMap((tabs) => {
    const calls = new Map<number, Presence>();
    for (const { person, callId, isWriting, sinceMs } of tabs.values()) {
      const other = calls.get(callId);
      calls.set(callId, {
        person,
        callId,
        isWriting: isWriting || other?.isWriting === true,
        sinceMs: Math.min(sinceMs, other?.sinceMs ?? sinceMs),
      });
    }
    return calls.values().toArray();
  });
  return rows.toSorted((a, b) => a.sinceMs - b.sinceMs || compare(a.person.id, b.person.id) || a.callId - b.callId);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** How nodes tell each other. Times are told as ages, since clocks differ. */
type Word =
  | { readonly kind: "who" }
  | { readonly kind: "gone"; readonly personId: string; readonly tab: string }
  | {
      readonly kind: "there";
      readonly tab: string;
      readonly person: Person;
      readonly callId: number;
      readonly isWriting: boolean;
      readonly sinceAgeMs: number;
      readonly heardAgeMs: number;
    };

const whoIsThere = JSON.stringify(["who"]);

function goneText(personId: string, tab: string): string {
  return JSON.stringify(["gone", personId, tab]);
}

function thereText(tab: string, entry: Entry, nowMs: number): string {
  const { person, callId, isWriting, sinceMs, heardAtMs } = entry;
  return JSON.stringify([
    "there",
    person.id,
    tab,
    person.username,
    callId,
    isWriting,
    Math.max(0, nowMs - sinceMs),
    Math.max(0, nowMs - heardAtMs),
  ]);
}

/** Null for what this version does not understand. */
function readWord(message: string): Word | null {
  const parts = parsed(message);
  if (!Array.isArray(parts)) return null;
  const [kind, personId, tab, username, callId, isWriting, sinceAgeMs, heardAgeMs] = parts as readonly unknown[];
  if (kind === "who") return { kind };
  if (typeof personId !== "string" || typeof tab !== "string") return null;
  if (kind === "gone") return { kind, personId, tab };
  const isThere = kind === "there" && typeof username === "string" && typeof isWriting === "boolean";
  if (!isThere || !isWhole(callId) || !isWhole(sinceAgeMs) || !isWhole(heardAgeMs)) return null;
  return { kind, tab, person: { id: personId, username }, callId, isWriting, sinceAgeMs, heardAgeMs };
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message) as unknown;
  } catch {
    return null;
  }
}

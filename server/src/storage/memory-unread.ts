import type { Call } from "../domain/call.ts";
import type { Actor, ChangeKind } from "../domain/change.ts";
import type { Keep } from "../domain/kept-answers.ts";
import { newsOf, type UnreadStore } from "../domain/unread.ts";

/** What the in-memory model keeps of one workspace: the last news of each call, and what each person has seen. */
type Seen = {
  readonly news: Map<number, { readonly revision: number; readonly by: string | null }>;
  /** By person and call: up to which revision it was seen, or `unread` where the person is to look in any case. */
  readonly marks: Map<string, Map<number, number | "unread">>;
  /** By person: up to which revision everything was seen. */
  readonly floors: Map<string, number>;
};

/** Unread calls of the in-memory model. */
export function createMemoryUnread(pieces: {
  readonly read: <T>(answer: () => T) => T;
  readonly keyed: <T>(keep: Keep | undefined, run: () => T) => Promise<T>;
  readonly calls: (workspaceId: number) => readonly Call[];
  readonly revision: (workspaceId: number) => number;
}) {
  const { read, keyed, calls, revision } = pieces;
  const workspaces = new Map<number, Seen>();

  return {
    unread: {
      among: (workspaceId, userId, callIds) =>
        read(() => callIds.filter((callId) => isUnread(workspaceId, userId, callId))),
      set: (workspaceId, userId, callIds, makesUnread, keep) =>
        keyed(keep, () => {
          const open = new Set(calls(workspaceId).flatMap((call) => (call.isArchived ? [] : [call.id])));
          const altered = callIds.filter(
            (callId) => open.has(callId) && isUnread(workspaceId, userId, callId) !== makesUnread,
          );
          const marks = marksOf(workspaceId, userId);
          for (const callId of altered) marks.set(callId, makesUnread ? "unread" : revision(workspaceId));
          return altered;
        }),
      readAll: (workspaceId, userId, keep) =>
        keyed(keep, () => {
          const count = calls(workspaceId).filter(({ id }) => isUnread(workspaceId, userId, id)).length;
          marksOf(workspaceId, userId).clear();
          seenIn(workspaceId).floors.set(userId, revision(workspaceId));
          return count;
        }),
    } satisfies UnreadStore,

    isUnread,

    /** Somebody has come: what is there already is nothing new to them. */
    welcome(workspaceId: number, userId: string): void {
      seenIn(workspaceId).floors.set(userId, revision(workspaceId));
    },

    /** A call was deleted. */
    forget(workspaceId: number, callId: number): void {
      const { news, marks } = seenIn(workspaceId);
      news.delete(callId);
      for (const ofPerson of marks.values()) ofPerson.delete(callId);
    },

    /** A change was committed. */
    tell(author: { workspaceId: number; actor: Actor; atMs: number }, kind: ChangeKind, call: Call): void {
      const { news, marks } = seenIn(author.workspaceId);
      const told = newsOf(kind, author, call);
      if (told === null) return;
      if (told.kind === "for-all") news.set(call.id, { revision: call.revision, by: told.by });
      else if (told.kind === "for-one") marksOf(author.workspaceId, told.userId).set(call.id, "unread");
      else {
        news.delete(call.id);
        for (const ofPerson of marks.values()) ofPerson.delete(call.id);
      }
    },
  };

  function isUnread(workspaceId: number, userId: string, callId: number): boolean {
    const { news, floors } = seenIn(workspaceId);
    const mark = marksOf(workspaceId, userId).get(callId);
    if (mark === "unread") return true;
    const last = news.get(callId);
    return last !== undefined && last.by !== userId && last.revision > (mark ?? floors.get(userId) ?? 0);
  }

  function marksOf(workspaceId: number, userId: string): Map<number, number | "unread"> {
    const { marks } = seenIn(workspaceId);
    const known = marks.get(userId) ?? new Map<number, number | "unread">();
    marks.set(userId, known);
    return known;
  }

  function seenIn(workspaceId: number): Seen {
    const known = workspaces.get(workspaceId) ?? { news: new Map(), marks: new Map(), floors: new Map() };
    workspaces.set(workspaceId, known);
    return known;
  }
}

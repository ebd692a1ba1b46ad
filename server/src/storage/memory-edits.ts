import type { Call, Note, Person } from "../domain/call.ts";
import { type Altered, type Change, type ChangeKind, kindsOfPart, subjectOf } from "../domain/change.ts";
import { alteredSince, noteNotFound, staleCall } from "../domain/errors.ts";
import { outcomeFor, type Wanted } from "../domain/many-calls.ts";
import type { CallStore, Writing } from "../domain/storage.ts";
import { withoutTag, withTag } from "../domain/tag.ts";
import { changeNotFound, notUndoable, outcomeOfUndo, userNotFound } from "./answers.ts";

/** What the model's edits are made of. */
export type MemoryPieces = {
  readonly write: <T>(run: () => T) => Promise<T>;
  readonly once: <T>(writing: Writing, run: () => T) => T;
  readonly calls: (workspaceId: number) => readonly Call[];
  readonly knownCall: (workspaceId: number, callId: number) => Call;
  readonly changes: (workspaceId: number) => readonly Omit<Change, "actorName">[];
  readonly commit: (writing: Writing, kind: ChangeKind, call: Call, altered: Altered, undoes: number | null) => Call;
  /** A user who may be given calls of the workspace. */
  readonly member: (workspaceId: number, userId: string) => Person | null;
};

type Edits = Pick<CallStore, "setMany" | "editNote" | "deleteNote" | "setTag" | "assign" | "undo" | "undoMany">;

/** The edits of the in-memory model: what people do to notes, tags and assignees, and how it is taken back. */
export function createMemoryEdits(pieces: MemoryPieces): Edits {
  const { write, once, calls, knownCall, changes, commit, member } = pieces;
  return {
    setMany: (writing, callIds, wanted) =>
      write(() =>
        once(writing, () => {
          const set = setterOf(writing, wanted);
          return callIds.map((callId) => {
            const before = callOf(writing, callId);
            const outcome = outcomeFor(before, wanted, writing);
            return { callId, outcome, call: before !== null && outcome === "changed" ? set(before) : before };
          });
        }),
      ),

    editNote: (writing, noteId, content) =>
      write(() =>
        once(writing, () => {
          const { call, note } = knownNote(writing, noteId);
          if (note.content === content) return call;
          return putNote(writing, "note.edited", call, note, { ...note, content, editedAtMs: writing.atMs }, null);
        }),
      ),

    deleteNote: (writing, noteId) =>
      write(() =>
        once(writing, () => {
          const { call, note } = knownNote(writing, noteId);
          return putNote(writing, "note.deleted", call, note, null, null);
        }),
      ),

    setTag: (writing, callId, tag, isTagged) =>
      write(() => once(writing, () => tagCall(writing, meant(writing, callId), tag, isTagged, null))),

    assign: (writing, callId, userId) =>
      write(() =>
        once(writing, () => {
          const call = meant(writing, callId);
          if (userId === (call.assignee?.id ?? null)) return call;
          return assignCall(writing, call, assignable(writing, userId), null);
        }),
      ),

    undo: (writing, revision) =>
      write(() =>
        once(writing, () => {
          const change = changeAt(writing, revision);
          if (change === undefined) throw changeNotFound();
          return undoChange(writing, change);
        }),
      ),

    undoMany: (writing, revisions) =>
      write(() =>
        once(writing, () => {
          if (revisions.some((revision) => changeAt(writing, revision)?.altered === null)) throw notUndoable();
          return revisions.map((revision) => {
            const change = changeAt(writing, revision);
            if (change === undefined) return { callId: 0, outcome: "not-found", call: null };
            const callId = change.call.id;
            try {
              return { callId, outcome: "changed", call: undoChange(writing, change) };
            } catch (error) {
              return { callId, outcome: outcomeOfUndo(error), call: callOf(writing, callId) };
            }
          });
        }),
      ),
  };

  function changeAt({ workspaceId }: Writing, revision: number) {
    return changes(workspaceId).find((one) => one.revision === revision);
  }

  function undoChange(writing: Writing, change: Omit<Change, "actorName">): Call {
    const { altered, revision, call: then } = change;
    if (altered === null) throw notUndoable();
    const call = meant(writing, then.id);
    const isLater = (one: Omit<Change, "actorName">) => one.revision > revision && one.call.id === then.id;
    const isAltered = changes(writing.workspaceId).some((one) => isLater(one) && isSame(one.altered, altered));
    if (isAltered) throw alteredSince(call);
    return takeBack(writing, call, change, altered);
  }

  function setterOf(writing: Writing, wanted: Wanted): (before: Call) => Call {
    switch (wanted.part) {
      case "archived":
        return (before) => setArchived(writing, before, wanted.is, null);
      case "tag":
        return (before) => tagCall(writing, before, wanted.tag, wanted.is, null);
      case "assignee": {
        const assignee = assignable(writing, wanted.userId);
        return (before) => assignCall(writing, before, assignee, null);
      }
    }
  }

  function assignable({ workspaceId }: Writing, userId: string | null): Person | null {
    const assignee = userId === null ? null : member(workspaceId, userId);
    if (userId !== null && assignee === null) throw userNotFound();
    return assignee;
  }

  function callOf({ workspaceId }: Writing, callId: number): Call | null {
    return calls(workspaceId).find(({ id }) => id === callId) ?? null;
  }

  function takeBack(writing: Writing, call: Call, change: Omit<Change, "actorName">, altered: Altered): Call {
    const { revision, call: then } = change;
    switch (altered.part) {
      case "archived":
        return setArchived(writing, call, !then.isArchived, revision);
      case "assignee":
        return assignCall(writing, call, altered.before, revision);
      case "tag":
        return tagCall(writing, call, altered.tag, !then.tags.includes(altered.tag), revision);
      case "note": {
        const now = call.notes.find(({ id }) => id === altered.noteId) ?? null;
        const kind = altered.before === null ? "note.deleted" : now === null ? "note.restored" : "note.edited";
        return putNote(writing, kind, call, now, altered.before, revision);
      }
    }
  }

  function setArchived(writing: Writing, call: Call, isArchived: boolean, undoes: number | null): Call {
    const kind = isArchived ? "call.archived" : "call.unarchived";
    return commit(writing, kind, { ...call, isArchived }, { part: "archived" }, undoes);
  }

  function tagCall(writing: Writing, call: Call, tag: string, isTagged: boolean, undoes: number | null): Call {
    if (call.tags.includes(tag) === isTagged) return call;
    const tags = isTagged ? withTag(call.tags, tag) : withoutTag(call.tags, tag);
    return commit(writing, isTagged ? "tag.added" : "tag.removed", { ...call, tags }, { part: "tag", tag }, undoes);
  }

  function assignCall(writing: Writing, call: Call, assignee: Person | null, undoes: number | null): Call {
    const kind = assignee === null ? "call.unassigned" : "call.assigned";
    return commit(writing, kind, { ...call, assignee }, { part: "assignee", before: call.assignee }, undoes);
  }

  /** Puts `after` in the place of `before`; either may be missing. */
  function putNote(
    writing: Writing,
    kind: ChangeKind,
    call: Call,
    before: Note | null,
    after: Note | null,
    undoes: number | null,
  ): Call {
    const noteId = before?.id ?? after?.id ?? 0;
    const others = call.notes.filter(({ id }) => id !== noteId);
    const notes = (after === null ? others : [...others, after]).toSorted((a, b) => b.id - a.id);
    return commit(writing, kind, { ...call, notes }, { part: "note", noteId, before }, undoes);
  }

  function meant(writing: Writing, callId: number): Call {
    return checkRevision(writing, knownCall(writing.workspaceId, callId));
  }

  function knownNote(writing: Writing, noteId: number): { readonly call: Call; readonly note: Note } {
    for (const call of calls(writing.workspaceId)) {
      const note = call.notes.find(({ id }) => id === noteId);
      if (note !== undefined) return { call: checkRevision(writing, call), note };
    }
    throw noteNotFound();
  }
}

/** The call, once it is known to be in the state that the write is meant for. @throws DomainError CONFLICT */
export function checkRevision({ ifRevision }: Writing, call: Call): Call {
  if (ifRevision !== undefined && call.revision > ifRevision) throw staleCall(call);
  return call;
}

function isSame(a: Altered | null, b: Altered): boolean {
  return a !== null && kindsOfPart[a.part] === kindsOfPart[b.part] && subjectOf(a) === subjectOf(b);
}

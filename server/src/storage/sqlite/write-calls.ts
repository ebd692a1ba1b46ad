import type { DatabaseSync } from "node:sqlite";
import type { Call, CallOutcome, Note, Person } from "../../domain/call.ts";
import { type Actor, actorText, type ChangeKind } from "../../domain/change.ts";
import { callNotFound, staleCall } from "../../domain/errors.ts";
import type { Writing } from "../../domain/storage.ts";
import { idempotencyKeptMs, idempotencyMismatch } from "../answers.ts";
import type { KeptOutcome } from "../deleted-answers.ts";
import type { Ledger } from "./ledger.ts";
import { returnColumns } from "../return-rows.ts";
import type { ReturnState } from "../../domain/returns.ts";
import type { ReturnWriter } from "./write-returns.ts";
import { createNewsWriter } from "./unread.ts";
import { callOfRows, createNoteHistory, noteColumns, type NoteRow } from "./note-rows.ts";
import { type BareCall, callColumns, callOfSnapshot, type CallRow, snapshotText } from "../rows.ts";

/** Who writes what and when: the part of {@link Writing} that a change row needs. */
export type Author = { readonly workspaceId: number; readonly actor: Actor; readonly atMs: number };

/** What a change row says beside its kind; see migration 3. */
export type About = {
  readonly subject?: string | null;
  /** JSON. */
  readonly before?: string | null;
  readonly undoes?: number | null;
};

/** Expired idempotency keys are looked for once in so many keyed writes, and at most that many go at once. */
const keysPerPruning = 500;

/**
 * What is written about calls, within the transaction that the caller has begun: rows, change row and counts together. The
 * other writes about calls (deliveries) are made of the same pieces.
 */
export function createCallWriter(db: DatabaseSync, ledger: Ledger, returns: ReturnWriter) {
  const one = db.prepare(`SELECT ${callColumns} FROM calls WHERE workspace_id = ? AND id = ?`);
  const notesOfOne = db.prepare(
    `SELECT ${noteColumns} FROM notes WHERE workspace_id = ? AND call_id = ? ORDER BY id DESC`,
  );
  const notes = createNoteHistory(db);
  const tellNews = createNewsWriter(db);
  const insertCall = db.prepare(`INSERT INTO calls (direction, caller, callee, via, duration_ms, call_type, is_archived,
    created_at_ms, other, returned_by, returned_at_ms, returned_how, revision, workspace_id, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const updateCall = db.prepare(`UPDATE calls SET direction = ?, caller = ?, callee = ?, via = ?, duration_ms = ?,
    call_type = ?, is_archived = ?, created_at_ms = ?, other = ?, returned_by = ?, returned_at_ms = ?, returned_how = ?,
    revision = ? WHERE workspace_id = ? AND id = ?`);
  // Without the columns that stand in indices, which would be written again though they stay the same.
  const archiveCall = db.prepare("UPDATE calls SET is_archived = ?, revision = ? WHERE workspace_id = ? AND id = ?");
  const handleCall = db.prepare(`UPDATE calls SET tags = ?, assignee_id = ?, assignee_name = ?, revision = ?
    WHERE workspace_id = ? AND id = ?`);
  const returnCall = db.prepare(`UPDATE calls SET returned_by = ?, returned_at_ms = ?, returned_how = ?, revision = ?
    WHERE workspace_id = ? AND id = ?`);
  const touchCall = db.prepare("UPDATE calls SET revision = ? WHERE workspace_id = ? AND id = ?");
  const user = db.prepare("SELECT id, username FROM users WHERE id = ?");
  const insertNote =
    db.prepare(`INSERT INTO notes (workspace_id, id, call_id, content, revision, author_id, author_name, created_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertChange = db.prepare(`INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot,
    previous, subject, before, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const retellChange = db.prepare("UPDATE changes SET snapshot = ? WHERE workspace_id = ? AND revision = ?");
  const usedKeys = db.prepare(`SELECT part, fingerprint, call_id, revision, snapshot, outcomes FROM idempotency_keys
    WHERE workspace_id = ? AND actor = ? AND key = ? AND used_at_ms > ?`);
  const insertKey = db.prepare(`INSERT OR REPLACE INTO idempotency_keys
    (workspace_id, actor, key, part, fingerprint, call_id, revision, snapshot, used_at_ms, outcomes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const pruneKeys = db.prepare(`DELETE FROM idempotency_keys WHERE (workspace_id, actor, key, part) IN
    (SELECT workspace_id, actor, key, part FROM idempotency_keys WHERE used_at_ms <= ? ORDER BY used_at_ms LIMIT ?)`);
  const oldestChanges = db.prepare(`SELECT revision, at_ms FROM changes
    WHERE workspace_id = ? AND revision <= ? ORDER BY revision LIMIT ?`);
  const pruneChanges = db.prepare("DELETE FROM changes WHERE workspace_id = ? AND revision <= ?");
  // A version is read for the changes it lasted through and for the one that ended it, and by keys that answer from it.
  const pruneVersions =
    db.prepare(`DELETE FROM note_versions WHERE workspace_id = ?1 AND until_revision <= min(?2, coalesce(
    (SELECT min(revision) FROM idempotency_keys WHERE workspace_id = ?1 AND used_at_ms > ?3), ?2))`);
  let keyedWrites = 0;

  return {
    logCall,
    updateCall: changeCall,
    setReturned,
    find,
    known,
    setArchivedOf: setArchived,
    once,
    onceForMany,
    checkRevision,

    toggleArchived: (writing: Writing, callId: number): Call =>
      once(writing, () => {
        const before = checkRevision(writing, known(writing.workspaceId, callId));
        return setArchived(writing, before, !before.isArchived);
      }),

    addNote: (writing: Writing, callId: number, content: string): Call =>
      once(writing, () => {
        const before = checkRevision(writing, known(writing.workspaceId, callId));
        return changeCall(writing, "note.added", before, before, [content]);
      }),

    /** Forgets the oldest changes, `most` at once, up to the first that is to be kept; see `ChangeLog.prune`. */
    pruneChanges: (workspaceId: number, beforeMs: number, keepCount: number, most: number): number => {
      // Of this transaction: the workspace's row is written only at its end.
      const revision = ledger.revision(workspaceId);
      let last = 0;
      for (const row of oldestChanges.iterate(workspaceId, revision - keepCount, most)) {
        const change = row as { revision: number; at_ms: number };
        if (change.at_ms >= beforeMs) break;
        last = change.revision;
      }
      pruneVersions.run(workspaceId, last, beforeMs - idempotencyKeptMs);
      return Number(pruneChanges.run(workspaceId, last).changes);
    },
  };

  /** Logs a new call; its id. */
  function logCall(author: Author, fresh: NewRow, contents: readonly string[]): number {
    const { workspaceId } = author;
    const id = ledger.nextCallId(workspaceId);
    const { other, returned } = returns.told(workspaceId, sourceOf(author), null, { ...fresh, id });
    const call = { ...fresh, id, tags: [], assignee: null, returned, revision: ledger.nextRevision(workspaceId) };
    insertCall.run(...fields(call), other, ...returnColumns(returned), call.revision, workspaceId, id);
    ledger.count(workspaceId, null, call);
    recordChange(author, "call.logged", call, null, contents, {});
    return id;
  }

  /** Writes what differs, adds the notes (newest first) in front, and answers the call after it. */
  function changeCall(
    author: Author,
    kind: ChangeKind,
    before: Call,
    altered: Call,
    contents: readonly string[],
    about: About = {},
  ): Call {
    const { workspaceId } = author;
    let after: Call = { ...altered, revision: ledger.nextRevision(workspaceId) };
    if (toldFields.some((field) => altered[field] !== before[field])) {
      const { other, returned } = returns.told(workspaceId, sourceOf(author), before, after);
      after = { ...after, returned };
      updateCall.run(...fields(after), other, ...returnColumns(returned), after.revision, workspaceId, after.id);
      ledger.count(workspaceId, before, after);
    } else if (after.isArchived !== before.isArchived) {
      archiveCall.run(after.isArchived ? 1 : 0, after.revision, workspaceId, after.id);
      ledger.count(workspaceId, before, after);
    } else if (after.tags !== before.tags || after.assignee !== before.assignee) {
      const { tags, assignee } = after;
      const columns = [JSON.stringify(tags), assignee?.id ?? null, assignee?.username ?? null] as const;
      handleCall.run(...columns, after.revision, workspaceId, after.id);
    } else if (contents.length === 0 && !isNamedByNote(kind)) touchCall.run(after.revision, workspaceId, after.id);
    const added = recordChange(author, kind, after, before.revision, contents, about);
    return added.length === 0 ? after : { ...after, notes: [...added, ...after.notes] };
  }

  /**
   * Another call has settled this one, or does no longer. A change of its own tells it, unless the call's last change is of this very
   * write: that one then tells it.
   */
  function setReturned(author: Author, callId: number, returned: ReturnState): void {
    const { workspaceId } = author;
    const before = known(workspaceId, callId);
    const isToldAlready = ledger.isOfThisWrite(workspaceId, before.revision);
    const revision = isToldAlready ? before.revision : ledger.nextRevision(workspaceId);
    const after: Call = { ...before, returned, revision };
    returnCall.run(...returnColumns(returned), revision, workspaceId, callId);
    ledger.count(workspaceId, before, after);
    if (isToldAlready) retellChange.run(snapshotText(after), workspaceId, revision);
    else
      recordChange(
        author,
        returned === "waiting" ? "call.unreturned" : "call.returned",
        after,
        before.revision,
        [],
        {},
      );
  }

  function setArchived(author: Author, before: Call, isArchived: boolean, about: About = {}): Call {
    const kind = isArchived ? "call.archived" : "call.unarchived";
    return changeCall(author, kind, before, { ...before, isArchived }, [], about);
  }

  function recordChange(
    { workspaceId, actor, atMs }: Author,
    kind: ChangeKind,
    call: BareCall,
    previous: number | null,
    contents: readonly string[],
    { subject = null, before = null, undoes = null }: About,
  ): readonly Note[] {
    const added = contents.length === 0 ? [] : addNotes({ workspaceId, actor, atMs }, call, contents);
    const named = kind === "note.added" ? String(added[0]?.id) : subject;
    const what = [actorText(actor), call.id, snapshotText(call), previous, named, before, undoes] as const;
    insertChange.run(workspaceId, call.revision, kind, atMs, ...what);
    tellNews({ workspaceId, actor, atMs }, kind, call);
    return added;
  }

  /** The notes as they were added, newest first. */
  function addNotes({ workspaceId, actor, atMs }: Author, call: BareCall, contents: readonly string[]) {
    const author = actor.kind === "user" ? ((user.get(actor.id) as Person | undefined) ?? null) : null;
    const by = [author?.id ?? null, author?.username ?? null] as const;
    const added: Note[] = [];
    // The last one in the list is the oldest: it gets the smallest id.
    for (const content of contents.toReversed()) {
      const id = ledger.nextNoteId(workspaceId);
      const row = insertNote.run(workspaceId, id, call.id, content, call.revision, ...by, atMs).lastInsertRowid;
      ledger.note(Number(row), null, content);
      added.unshift({ id, content, author: author && { ...author }, createdAtMs: atMs, editedAtMs: null });
    }
    return added;
  }

  /** The call as it is within this transaction, or null. */
  function find(workspaceId: number, callId: number): Call | null {
    const row = one.get(workspaceId, callId) as CallRow | undefined;
    return row === undefined ? null : callOfRows(row, notesOfOne.all(workspaceId, callId) as NoteRow[]);
  }

  /** @throws DomainError NOT_FOUND */
  function known(workspaceId: number, callId: number): Call {
    const call = find(workspaceId, callId);
    if (call === null) throw callNotFound();
    return call;
  }

  /** The call, once it is known to be in the state that the write is meant for. @throws DomainError CONFLICT */
  function checkRevision({ ifRevision }: Writing, call: Call): Call {
    if (call.revision > (ifRevision ?? call.revision)) throw staleCall(call);
    return call;
  }

  /** Runs a write unless its key has been used; then it answers what the first one did. */
  function once(writing: Writing, run: () => Call): Call {
    const used = usedBefore(writing);
    if (used !== null) return kept(writing.workspaceId, [used.call_id, used.revision, used.snapshot]);
    const call = run();
    keep(writing, [call.id, call.revision, snapshotText(call)], null);
    return call;
  }

  /** Likewise for a write about many calls. */
  function onceForMany(writing: Writing, run: () => readonly CallOutcome[]): readonly CallOutcome[] {
    const { workspaceId } = writing;
    const used = usedBefore(writing);
    if (used !== null) {
      const outcomes = JSON.parse(used.outcomes ?? "[]") as readonly KeptOutcome[];
      return outcomes.map(([callId, outcome, ...rest]) => {
        const [revision, snapshot] = rest;
        return { callId, outcome, call: snapshot === null ? null : kept(workspaceId, [callId, revision, snapshot]) };
      });
    }
    const outcomes = run();
    const texts = outcomes.map(({ callId, outcome, call }): KeptOutcome => {
      return [callId, outcome, call?.revision ?? 0, call === null ? null : snapshotText(call)];
    });
    // Notes of these revisions are read again: see pruneVersions.
    const oldest = Math.min(Number.MAX_SAFE_INTEGER, ...outcomes.flatMap(({ call }) => call?.revision ?? []));
    keep(writing, [0, oldest, ""], writing.idempotency && JSON.stringify(texts));
    return outcomes;
  }

  /** @throws DomainError BAD_USER_INPUT when the key was used for another request. */
  function usedBefore({ idempotency, workspaceId, actor, atMs }: Writing): UsedKey | null {
    if (idempotency === undefined) return null;
    const { key, fingerprint, part } = idempotency;
    const used = usedKeys.all(workspaceId, actorText(actor), key, atMs - idempotencyKeptMs) as UsedKey[];
    if (used.some((other) => other.fingerprint !== fingerprint)) throw idempotencyMismatch();
    return used.find((other) => other.part === part) ?? null;
  }

  function kept(workspaceId: number, [callId, revision, snapshot]: KeptCall): Call {
    return callOfSnapshot(callId, snapshot, revision, notes.at(workspaceId, callId, revision));
  }

  function keep(
    { workspaceId, actor, atMs, idempotency }: Writing,
    call: KeptCall,
    outcomes: string | null = null,
  ): void {
    if (idempotency === undefined) return;
    const { key, part, fingerprint } = idempotency;
    insertKey.run(workspaceId, actorText(actor), key, part, fingerprint, ...call, atMs, outcomes);
    if (keyedWrites++ % keysPerPruning === 0) pruneKeys.run(atMs - idempotencyKeptMs, keysPerPruning);
  }
}

/** What calls tell comes from sources alone. */
function sourceOf({ actor }: Author): string | null {
  return actor.kind === "source" ? actor.id : null;
}

/** What a source tells of a new call. */
type NewRow = Omit<BareCall, "id" | "tags" | "assignee" | "returned" | "revision">;

/** A call as a used key keeps it. */
type KeptCall = readonly [callId: number, revision: number, snapshot: string];

export type CallWriter = ReturnType<typeof createCallWriter>;

type UsedKey = {
  readonly part: string;
  readonly fingerprint: string;
  readonly call_id: number;
  readonly revision: number;
  readonly snapshot: string;
  /** JSON list of {@link KeptOutcome}, for a write to many calls. */
  readonly outcomes: string | null;
};

/** Kinds of change of which a note's own revision tells; see migration 3. */
function isNamedByNote(kind: ChangeKind): boolean {
  return kind === "note.added" || kind === "note.edited" || kind === "note.restored";
}

/** What sources tell: order and counts rest on it. */
const toldFields = ["direction", "from", "to", "via", "durationMs", "callType", "createdAtMs"] as const;

function fields(call: BareCall) {
  const { direction, from, to, via, durationMs, callType, isArchived, createdAtMs } = call;
  return [direction, from, to, via, durationMs, callType, isArchived ? 1 : 0, createdAtMs] as const;
}

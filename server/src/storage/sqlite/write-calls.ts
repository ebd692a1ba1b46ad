import type { DatabaseSync } from "node:sqlite";
import type { Call, Note } from "../../domain/call.ts";
import { type Actor, actorText, type ChangeKind } from "../../domain/change.ts";
import { callNotFound } from "../../domain/errors.ts";
import type { IdempotencyKey, Writing } from "../../domain/storage.ts";
import { idempotencyKeptMs, idempotencyMismatch } from "../answers.ts";
import type { Ledger } from "./ledger.ts";
import { bareCall, type BareCall, callColumns, callOfSnapshot, type CallRow, snapshotText } from "./rows.ts";

/** Who writes what and when: the part of {@link Writing} that a change row needs. */
export type Author = { readonly workspaceId: number; readonly actor: Actor; readonly atMs: number };

/** Expired idempotency keys are looked for once in so many keyed writes, and at most that many go at once. */
const keysPerPruning = 500;

/**
 * What is written about calls, within the transaction that the caller has begun: rows, change row and counts together. The
 * other writes about calls (deliveries) are made of the same pieces.
 */
export function createCallWriter(db: DatabaseSync, ledger: Ledger) {
  const one = db.prepare(`SELECT ${callColumns} FROM calls WHERE workspace_id = ? AND id = ?`);
  const notesUpTo = db.prepare(`SELECT id, content FROM notes
    WHERE workspace_id = ? AND call_id = ? AND revision <= ? ORDER BY id DESC`);
  const insertCall = db.prepare(
    `INSERT INTO calls (workspace_id, ${callColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateCall = db.prepare(`UPDATE calls SET direction = ?, caller = ?, callee = ?, via = ?, duration_ms = ?,
    call_type = ?, is_archived = ?, created_at_ms = ? WHERE workspace_id = ? AND id = ?`);
  // Most changes are this one, and an update rewrites the entries of every index on a column that it names.
  const updateArchived = db.prepare("UPDATE calls SET is_archived = ? WHERE workspace_id = ? AND id = ?");
  const insertNote = db.prepare(
    `INSERT INTO notes (workspace_id, id, call_id, content, revision) VALUES (?, ?, ?, ?, ?)`,
  );
  const insertChange = db.prepare(`INSERT INTO changes (workspace_id, revision, kind, at_ms, actor, call_id, snapshot)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const usedKeys = db.prepare(`SELECT part, fingerprint, call_id, revision, snapshot FROM idempotency_keys
    WHERE workspace_id = ? AND actor = ? AND key = ? AND used_at_ms > ?`);
  const insertKey = db.prepare(`INSERT OR REPLACE INTO idempotency_keys
    (workspace_id, actor, key, part, fingerprint, call_id, revision, snapshot, used_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const pruneKeys = db.prepare(`DELETE FROM idempotency_keys WHERE (workspace_id, actor, key, part) IN
    (SELECT workspace_id, actor, key, part FROM idempotency_keys WHERE used_at_ms <= ? ORDER BY used_at_ms LIMIT ?)`);
  const oldestChanges = db.prepare(`SELECT revision, at_ms FROM changes
    WHERE workspace_id = ? AND revision <= ? ORDER BY revision LIMIT ?`);
  const pruneChanges = db.prepare("DELETE FROM changes WHERE workspace_id = ? AND revision <= ?");
  let keyedWrites = 0;

  return {
    logCall,
    updateCall: changeCall,

    /** The call as it stands, without its notes. */
    find(workspaceId: number, callId: number): BareCall | null {
      const row = one.get(workspaceId, callId) as CallRow | undefined;
      return row === undefined ? null : bareCall(row);
    },

    toggleArchived: (writing: Writing, callId: number): Call =>
      once(writing, () => {
        const before = known(writing.workspaceId, callId);
        const kind = before.isArchived ? "call.unarchived" : "call.archived";
        return changeCall(writing, kind, before, { ...before, isArchived: !before.isArchived }, []);
      }),

    addNote: (writing: Writing, callId: number, content: string): Call =>
      once(writing, () => {
        const before = known(writing.workspaceId, callId);
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
      return Number(pruneChanges.run(workspaceId, last).changes);
    },
  };

  /** Logs a new call; its id and revision. */
  function logCall(author: Author, fresh: Omit<BareCall, "id">, notes: readonly string[]): number {
    const { workspaceId } = author;
    const call = { ...fresh, id: ledger.nextCallId(workspaceId) };
    insertCall.run(workspaceId, call.id, ...fields(call));
    ledger.count(workspaceId, null, call);
    commitChange(author, "call.logged", call, notes);
    return call.id;
  }

  /** Writes what differs, adds the notes (newest first) in front, and answers the call after it. */
  function changeCall(
    author: Author,
    kind: ChangeKind,
    before: BareCall,
    after: BareCall,
    notes: readonly string[],
  ): Call {
    if (after !== before) {
      if (kind === "call.archived" || kind === "call.unarchived") {
        updateArchived.run(after.isArchived ? 1 : 0, author.workspaceId, after.id);
      } else updateCall.run(...fields(after), author.workspaceId, after.id);
      ledger.count(author.workspaceId, before, after);
    }
    const revision = commitChange(author, kind, after, notes);
    return { ...after, notes: notesAt(author.workspaceId, after.id, revision) };
  }

  function commitChange(author: Author, kind: ChangeKind, call: BareCall, notes: readonly string[]): number {
    const { workspaceId, atMs, actor } = author;
    const revision = ledger.nextRevision(workspaceId);
    // The last one in the list is the oldest: it gets the smallest id.
    for (const content of notes.toReversed()) {
      const { lastInsertRowid } = insertNote.run(
        workspaceId,
        ledger.nextNoteId(workspaceId),
        call.id,
        content,
        revision,
      );
      ledger.note(Number(lastInsertRowid), null, content);
    }
    insertChange.run(workspaceId, revision, kind, atMs, actorText(actor), call.id, snapshotText(call));
    return revision;
  }

  function notesAt(workspaceId: number, callId: number, revision: number): readonly Note[] {
    return (notesUpTo.all(workspaceId, callId, revision) as Note[]).map(({ id, content }) => ({ id, content }));
  }

  function known(workspaceId: number, callId: number): BareCall {
    const row = one.get(workspaceId, callId) as CallRow | undefined;
    if (row === undefined) throw callNotFound();
    return bareCall(row);
  }

  function once(writing: Writing, run: () => Call): Call {
    const { idempotency, workspaceId, actor, atMs } = writing;
    if (idempotency === undefined) return run();
    const expiredMs = atMs - idempotencyKeptMs;
    const used = usedKeys.all(workspaceId, actorText(actor), idempotency.key, expiredMs) as UsedKey[];
    if (used.some(({ fingerprint }) => fingerprint !== idempotency.fingerprint)) throw idempotencyMismatch();
    const same = used.find(({ part }) => part === idempotency.part);
    if (same !== undefined) {
      return callOfSnapshot(same.call_id, same.snapshot, notesAt(workspaceId, same.call_id, same.revision));
    }
    const call = run();
    keep(writing, idempotency, call);
    if (keyedWrites++ % keysPerPruning === 0) pruneKeys.run(expiredMs, keysPerPruning);
    return call;
  }

  function keep({ workspaceId, actor, atMs }: Writing, { key, part, fingerprint }: IdempotencyKey, call: Call): void {
    const revision = ledger.revision(workspaceId);
    insertKey.run(workspaceId, actorText(actor), key, part, fingerprint, call.id, revision, snapshotText(call), atMs);
  }
}

export type CallWriter = ReturnType<typeof createCallWriter>;

type UsedKey = {
  readonly part: string;
  readonly fingerprint: string;
  readonly call_id: number;
  readonly revision: number;
  readonly snapshot: string;
};

function fields(call: BareCall) {
  const { direction, from, to, via, durationMs, callType, isArchived, createdAtMs } = call;
  return [direction, from, to, via, durationMs, callType, isArchived ? 1 : 0, createdAtMs] as const;
}

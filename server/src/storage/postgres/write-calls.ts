import type { Call, Note, Person } from "../../domain/call.ts";
import { type Actor, actorText, type ChangeKind } from "../../domain/change.ts";
import { callNotFound, staleCall } from "../../domain/errors.ts";
import type { Writing } from "../../domain/storage.ts";
import { idempotencyKeptMs } from "../answers.ts";
import type { ReturnState } from "../../domain/returns.ts";
import { returnColumns } from "../return-rows.ts";
import { settleMore, told } from "./write-returns.ts";
import { type BareCall, snapshotText } from "../rows.ts";
import { callOf, wholeCall, type WholeCallRow } from "./call-rows.ts";
import { list } from "./connection.ts";
import type { Tx } from "./group-commit.ts";
import { together } from "./many-rows.ts";
import { tellNews } from "./unread.ts";
import { wordsJson, wordsOfJson } from "./search-rows.ts";
import { once } from "./write-once.ts";

/** Who writes what and when: the part of {@link Writing} that a change row needs. */
export type Author = { readonly workspaceId: number; readonly actor: Actor; readonly atMs: number };

/** What a change row says beside its kind; see migration 1. */
export type About = {
  readonly subject?: string | null;
  /** JSON. */
  readonly before?: string | null;
  readonly undoes?: number | null;
};

/** Archives the call, or restores it: `CallStore.toggleArchived`. */
export function toggleArchived(tx: Tx, writing: Writing, callId: number): Promise<Call> {
  return once(tx, writing, async () => {
    const before = checkRevision(writing, await knownCall(tx, writing.workspaceId, callId));
    return archive(tx, writing, before, !before.isArchived);
  });
}

export function addNote(tx: Tx, writing: Writing, callId: number, content: string): Promise<Call> {
  return once(tx, writing, async () => {
    const before = checkRevision(writing, await knownCall(tx, writing.workspaceId, callId));
    return changeCall(tx, writing, "note.added", before, before, [content]);
  });
}

const updateCall = `UPDATE calls SET revision = $3, direction = $4, caller = $5, callee = $6, via = $7, duration_ms = $8,
  call_type = $9, is_archived = $10, created_at_ms = $11, other = $12, returned_by = $13, returned_at_ms = $14,
  returned_how = $15 WHERE workspace_id = $1 AND id = $2`;
const archiveCall = "UPDATE calls SET revision = $3, is_archived = $4 WHERE workspace_id = $1 AND id = $2";
const handleCall = `UPDATE calls SET revision = $3, tags = $4, assignee_id = $5, assignee_name = $6
  WHERE workspace_id = $1 AND id = $2`;
const returnCall = `UPDATE calls SET revision = $3, returned_by = $4, returned_at_ms = $5, returned_how = $6
  WHERE workspace_id = $1 AND id = $2`;
const retellChange = "UPDATE changes SET snapshot = $3 WHERE workspace_id = $1 AND revision = $2";
const touchCall = "UPDATE calls SET revision = $3 WHERE workspace_id = $1 AND id = $2";
const insertChange = `INSERT INTO changes
  (workspace_id, revision, kind, at_ms, actor, call_id, snapshot, subject, before, undoes)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
const insertNote = `INSERT INTO notes (workspace_id, id, call_id, content, revision, author_id, author_name, created_at_ms, words)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${wordsOfJson("$9")})`;

/** Writes what differs, adds the notes (newest first) in front, and answers the call after it. */
export async function changeCall(
  tx: Tx,
  author: Author,
  kind: ChangeKind,
  before: Call,
  altered: Call,
  contents: readonly string[],
  about: About = {},
): Promise<Call> {
  const isTold = toldFields.some((field) => altered[field] !== before[field]);
  const { other, returned } = isTold
    ? await told(tx, author.workspaceId, sourceOf(author), before, altered)
    : { other: null, returned: before.returned };
  const after: Call = { ...altered, returned, revision: tx.ledger.nextRevision() };
  const [, added] = await Promise.all([
    isTold
      ? writeTold(tx, author.workspaceId, before, after, other)
      : writeCall(tx, author.workspaceId, kind, before, after, contents.length > 0),
    recordChange(tx, author, kind, after, contents, about),
  ]);
  return added.length === 0 ? after : { ...after, notes: [...added, ...after.notes] };
}

export function archive(tx: Tx, author: Author, before: Call, isArchived: boolean, about: About = {}): Promise<Call> {
  const kind = isArchived ? "call.archived" : "call.unarchived";
  return changeCall(tx, author, kind, before, { ...before, isArchived }, [], about);
}

/** The call as it is within this transaction, or null. */
export async function findCall(tx: Tx, workspaceId: number, callId: number): Promise<Call | null> {
  const row = await tx.get<WholeCallRow>(
    `SELECT ${wholeCall} FROM calls WHERE workspace_id = $1 AND id = $2`,
    workspaceId,
    callId,
  );
  return row === undefined ? null : callOf(row);
}

/** Those of the calls that there are, as they are within this transaction. */
export async function findCalls(tx: Tx, workspaceId: number, callIds: readonly number[]): Promise<Map<number, Call>> {
  const rows = await tx.all<WholeCallRow>(
    `SELECT calls.* FROM unnest($2::text::bigint[]) AS given (id) CROSS JOIN LATERAL
      (SELECT ${wholeCall} FROM calls WHERE calls.workspace_id = $1 AND calls.id = given.id LIMIT 1) AS calls`,
    workspaceId,
    list([...new Set(callIds)]),
  );
  return new Map(rows.map((row) => [row.id, callOf(row)]));
}

/** @throws DomainError NOT_FOUND */
export async function knownCall(tx: Tx, workspaceId: number, callId: number): Promise<Call> {
  const call = await findCall(tx, workspaceId, callId);
  if (call === null) throw callNotFound();
  return call;
}

/** The call, once it is known to be in the state that the write is meant for. @throws DomainError CONFLICT */
export function checkRevision({ ifRevision }: Writing, call: Call): Call {
  if (call.revision > (ifRevision ?? call.revision)) throw staleCall(call);
  return call;
}

/** Forgets the oldest changes, `most` at once, up to the first that is to be kept; see `ChangeLog.prune`. */
export async function pruneChanges(
  tx: Tx,
  workspaceId: number,
  beforeMs: number,
  keepCount: number,
  most: number,
): Promise<number> {
  const revision = tx.ledger.revision();
  // The revision before that of the first one to be kept, among the oldest `most`.
  const { last } = (await tx.get<{ last: number }>(
    `SELECT coalesce(min(revision) FILTER (WHERE at_ms >= $4) - 1, max(revision), 0) AS last FROM
      (SELECT revision, at_ms FROM changes WHERE workspace_id = $1 AND revision <= $2 ORDER BY revision LIMIT $3) AS oldest`,
    workspaceId,
    revision - keepCount,
    most,
    beforeMs,
  )) ?? { last: 0 };
  // A version is read for the changes it lasted through and for the one that ended it, and by keys that answer from it.
  await tx.run(
    `DELETE FROM note_versions WHERE workspace_id = $1 AND until_revision <= least($2::bigint,
      (SELECT min(revision) FROM idempotency_keys WHERE workspace_id = $1 AND used_at_ms > $3))`,
    workspaceId,
    last,
    beforeMs - idempotencyKeptMs,
  );
  return tx.run("DELETE FROM changes WHERE workspace_id = $1 AND revision <= $2", workspaceId, last);
}

/**
 * Other calls have settled these, or do no longer. A change of its own tells it of each, in the order given, unless the call's last change is
 * of this very write: that one then tells it.
 */
export async function setReturned(
  tx: Tx,
  author: Author,
  altered: readonly { readonly id: number; readonly state: ReturnState }[],
): Promise<void> {
  if (altered.length === 0) return;
  const { workspaceId } = author;
  const known = await findCalls(
    tx,
    workspaceId,
    altered.map(({ id }) => id),
  );
  const writes = altered.map(async ({ id, state }) => {
    const before = known.get(id);
    if (before === undefined) throw callNotFound();
    const isToldAlready = tx.ledger.isOfThisWrite(before.revision);
    const revision = isToldAlready ? before.revision : tx.ledger.nextRevision();
    const after: Call = { ...before, returned: state, revision };
    tx.ledger.count(before, after);
    await together([
      tx.run(returnCall, workspaceId, id, revision, ...returnColumns(state)),
      isToldAlready
        ? tx.run(retellChange, workspaceId, revision, snapshotText(after))
        : recordChange(tx, author, state === "waiting" ? "call.unreturned" : "call.returned", after, [], {}),
    ]);
  });
  await together(writes);
}

/** Goes on in a workspace with a settling that was too much for one transaction; false when nothing was left. */
export function settleRest(tx: Tx, workspaceId: number): Promise<boolean> {
  return settleMore(tx, workspaceId, setReturned);
}

/** What calls tell comes from sources alone. */
export function sourceOf({ actor }: Author): string | null {
  return actor.kind === "source" ? actor.id : null;
}

async function writeTold(tx: Tx, workspaceId: number, before: Call, after: Call, other: string | null): Promise<void> {
  tx.ledger.count(before, after);
  const key = [workspaceId, after.id, after.revision] as const;
  await tx.run(updateCall, ...key, ...fields(after), other, ...returnColumns(after.returned));
}

async function writeCall(
  tx: Tx,
  workspaceId: number,
  kind: ChangeKind,
  before: Call,
  after: Call,
  addsNotes: boolean,
): Promise<void> {
  const key = [workspaceId, after.id, after.revision] as const;
  if (after.isArchived !== before.isArchived) {
    tx.ledger.count(before, after);
    await tx.run(archiveCall, ...key, after.isArchived ? 1 : 0);
  } else if (after.tags !== before.tags || after.assignee !== before.assignee) {
    const { tags, assignee } = after;
    await tx.run(handleCall, ...key, JSON.stringify(tags), assignee?.id ?? null, assignee?.username ?? null);
  } else if (!addsNotes && !isNamedByNote(kind)) await tx.run(touchCall, ...key);
}

async function recordChange(
  tx: Tx,
  { workspaceId, actor, atMs }: Author,
  kind: ChangeKind,
  call: BareCall,
  contents: readonly string[],
  { subject = null, before = null, undoes = null }: About,
): Promise<readonly Note[]> {
  const added = contents.length === 0 ? [] : await addNotes(tx, { workspaceId, actor, atMs }, call, contents);
  const named = kind === "note.added" ? String(added[0]?.id) : subject;
  const what = [kind, atMs, actorText(actor), call.id, snapshotText(call), named, before, undoes] as const;
  await Promise.all([
    tx.run(insertChange, workspaceId, call.revision, ...what),
    tellNews(tx, { workspaceId, actor, atMs }, kind, call),
  ]);
  return added;
}

/** The notes as they were added, newest first. */
export async function addNotes(
  tx: Tx,
  { workspaceId, actor, atMs }: Author,
  call: BareCall,
  contents: readonly string[],
): Promise<readonly Note[]> {
  const author = actor.kind === "user" ? await person(tx, actor.id) : null;
  const added: Note[] = [];
  const inserted: Promise<number>[] = [];
  // The last one in the list is the oldest: it gets the smallest id.
  for (const content of contents.toReversed()) {
    const id = tx.ledger.nextNoteId();
    const by = [author?.id ?? null, author?.username ?? null] as const;
    inserted.push(
      tx.run(
        insertNote,
        workspaceId,
        id,
        call.id,
        content,
        call.revision,
        ...by,
        atMs,
        wordsJson(workspaceId, content),
      ),
    );
    added.unshift({ id, content, author: author && { ...author }, createdAtMs: atMs, editedAtMs: null });
  }
  await Promise.all(inserted);
  return added;
}

async function person(tx: Tx, userId: string): Promise<Person | null> {
  return (
    (await tx.get<{ id: string; username: string }>("SELECT id, username FROM users WHERE id = $1", userId)) ?? null
  );
}

/** Kinds of change of which a note's own revision tells; see migration 1. */
function isNamedByNote(kind: ChangeKind): boolean {
  return kind === "note.added" || kind === "note.edited" || kind === "note.restored";
}

/** What sources tell: order and counts rest on it. */
const toldFields = ["direction", "from", "to", "via", "durationMs", "callType", "createdAtMs"] as const;

/** Of a row of `calls`, in their order: from the direction to the time. */
export function fields(call: BareCall) {
  const { direction, from, to, via, durationMs, callType, isArchived, createdAtMs } = call;
  return [direction, from, to, via, durationMs, callType, isArchived ? 1 : 0, createdAtMs] as const;
}

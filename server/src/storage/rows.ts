import type { Call, CallType, Direction, Note, Person } from "../domain/call.ts";
import { deletedCall } from "../domain/change.ts";
import type { Rotation, RevocationReason, Session } from "../domain/session.ts";
import type { Source, SourceKind } from "../domain/source.ts";
import { type ReturnColumns, type ReturnText, returnText, stateOfRow, stateOfText } from "./return-rows.ts";
import type { Role, User, Workspace } from "../domain/workspace.ts";

/** The columns of a call, in the spelling of the schema. */
export const callColumns = `id, direction, caller, callee, via, duration_ms, call_type, is_archived, created_at_ms,
  revision, tags, assignee_id, assignee_name, returned_by, returned_at_ms, returned_how`;

export type CallRow = ReturnColumns & {
  readonly id: number;
  readonly direction: Direction;
  readonly caller: string;
  readonly callee: string;
  readonly via: string;
  readonly duration_ms: number;
  readonly call_type: CallType;
  readonly is_archived: number;
  readonly created_at_ms: number;
  readonly revision: number;
  readonly tags: string;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
};

/** A call without its notes: what one row holds. */
export type BareCall = Omit<Call, "notes">;

export function bareCall(row: CallRow): BareCall {
  return {
    id: row.id,
    direction: row.direction,
    from: row.caller,
    to: row.callee,
    via: row.via,
    durationMs: row.duration_ms,
    callType: row.call_type,
    isArchived: row.is_archived === 1,
    createdAtMs: row.created_at_ms,
    tags: tagsOf(row.tags),
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, username: row.assignee_name ?? "" },
    returned: stateOfRow(row),
    revision: row.revision,
  };
}

/** Most calls have no tags: these share one list. */
const noTags: readonly string[] = Object.freeze([]);

function tagsOf(text: string): readonly string[] {
  return text === "[]" ? noTags : (JSON.parse(text) as string[]);
}

type Snapshot = [
  ...[Direction, string, string, string, number, CallType, 0 | 1, number],
  /** Each left out where there is nothing of it and what follows. */
  ...([] | [tags: readonly string[], assignee: Person | null, ...([] | [returned: ReturnText])]),
];

/** A call without id, revision and notes as compact text, for the change log. */
export function snapshotText(call: BareCall): string {
  const { direction, from, to, via, durationMs, callType, isArchived, createdAtMs, tags, assignee, returned } = call;
  const last = returned === null ? ([] as const) : ([returnText(returned)] as const);
  const isPlain = tags.length === 0 && assignee === null && returned === null;
  const more = isPlain ? ([] as const) : ([tags, assignee, ...last] as const);
  const snapshot: Snapshot = [direction, from, to, via, durationMs, callType, isArchived ? 1 : 0, createdAtMs, ...more];
  return JSON.stringify(snapshot);
}

/** What the change log holds of a call that was deleted. */
export const deletedSnapshot = snapshotText(deletedCall(0, 0));

/** The call that {@link snapshotText} was made of, with the revision and the notes it had then. */
export function callOfSnapshot(id: number, text: string, revision: number, notes: readonly Note[]): Call {
  const [direction, from, to, via, durationMs, callType, archived, createdAtMs, ...more] = JSON.parse(text) as Snapshot;
  const [tags = noTags, assignee = null, returned = null] = more;
  const isArchived = archived === 1;
  return {
    id,
    direction,
    from,
    to,
    via,
    durationMs,
    callType,
    isArchived,
    createdAtMs,
    notes,
    tags,
    assignee,
    returned: stateOfText(returned),
    revision,
  };
}

export type WorkspaceRow = {
  readonly id: number;
  readonly name: string;
  readonly epoch: string;
  readonly revision: number;
};

export function workspaceOf({ id, name, epoch, revision }: WorkspaceRow): Workspace {
  return { id, name, epoch, revision };
}

export type UserRow = {
  readonly id: string;
  readonly workspace_id: number;
  readonly username: string;
  readonly role: Role;
  readonly password_hash: string;
  readonly is_disabled: number;
  readonly created_at_ms: number;
};

export function userOf(row: UserRow): User {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    username: row.username,
    role: row.role,
    isDisabled: row.is_disabled === 1,
    createdAtMs: row.created_at_ms,
  };
}

export type SessionRow = {
  readonly id: string;
  readonly user_id: string;
  readonly workspace_id: number;
  readonly rotation: Rotation;
  readonly generation: number;
  readonly generation_issued_at_ms: number;
  readonly key_id: string;
  readonly started_at_ms: number;
  readonly ends_at_ms: number;
  readonly revoked_at_ms: number | null;
  readonly revoked_reason: RevocationReason | null;
  readonly client: string;
};

export function sessionOf(row: SessionRow): Session {
  return {
    id: row.id,
    userId: row.user_id,
    workspaceId: row.workspace_id,
    rotation: row.rotation,
    generation: row.generation,
    generationIssuedAtMs: row.generation_issued_at_ms,
    keyId: row.key_id,
    startedAtMs: row.started_at_ms,
    endsAtMs: row.ends_at_ms,
    revokedAtMs: row.revoked_at_ms,
    revokedReason: row.revoked_reason,
    client: row.client,
  };
}

export type SourceRow = {
  readonly id: string;
  readonly workspace_id: number;
  readonly name: string;
  readonly kind: SourceKind;
  readonly created_at_ms: number;
};

export function sourceOf({ id, workspace_id: workspaceId, name, kind, created_at_ms: createdAtMs }: SourceRow): Source {
  return { id, workspaceId, name, kind, createdAtMs };
}

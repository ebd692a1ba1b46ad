import type { ChangeKind as DomainChangeKind } from "../domain/change.ts";
import type { ChangeKind } from "./schema.gen.ts";

/** The kinds of changes as clients name them. */
export const changeKinds = {
  "call.logged": "CALL_LOGGED",
  "call.updated": "CALL_UPDATED",
  "call.archived": "CALL_ARCHIVED",
  "call.unarchived": "CALL_UNARCHIVED",
  "call.assigned": "CALL_ASSIGNED",
  "call.unassigned": "CALL_UNASSIGNED",
  "note.added": "NOTE_ADDED",
  "note.edited": "NOTE_EDITED",
  "note.deleted": "NOTE_DELETED",
  "note.restored": "NOTE_RESTORED",
  "tag.added": "TAG_ADDED",
  "tag.removed": "TAG_REMOVED",
  "call.returned": "CALL_RETURNED",
  "call.unreturned": "CALL_UNRETURNED",
  "call.deleted": "CALL_DELETED",
} as const satisfies Record<DomainChangeKind, ChangeKind>;

/** The same the other way round. */
export const changeKindsNamed = Object.fromEntries(
  Object.entries(changeKinds).map(([kind, name]) => [name, kind]),
) as Readonly<Record<ChangeKind, DomainChangeKind>>;

import type { AuditEntry, Deed } from "../domain/audit.ts";
import { type Keep, recorded } from "../domain/kept-answers.ts";

/** An entry of the audit log of what a command does now. */
export function commandEntry(workspaceId: number, deed: Deed): AuditEntry {
  return { ...deed, workspaceId, actor: { kind: "command-line" }, atMs: Date.now() };
}

/** The same for a write to leave. */
export function byCommand(workspaceId: number, deed: Deed): Keep {
  return recorded(commandEntry(workspaceId, deed));
}

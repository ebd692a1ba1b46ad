import type { AuditEvent, AuditFilter, AuditPosition } from "./audit.ts";
import { authorised } from "./authorisation.ts";
import { DomainError } from "./errors.ts";
import type { Storage } from "./storage.ts";
import type { Principal } from "./workspace.ts";

/** The audit log as the workspace's admins read it. */
export type AuditLog = ReturnType<typeof createAuditLog>;

export type AuditLogDeps = { readonly storage: Pick<Storage, "audit"> };

export type AuditPage = {
  readonly events: readonly AuditEvent[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
};

export const auditPageMax = 200;
export const auditPageDefault = 50;

export function createAuditLog(deps: AuditLogDeps) {
  return authorised(useCases(deps), { events: "admin" });
}

function useCases({ storage }: AuditLogDeps) {
  return {
    /** What was done, newest first. @throws DomainError BAD_USER_INPUT */
    async events(
      { workspaceId }: Principal,
      filter: AuditFilter,
      after: string | null,
      first: number,
    ): Promise<AuditPage> {
      if (!Number.isSafeInteger(first) || first < 0 || first > auditPageMax) {
        const message = `first must be a whole number from 0 to ${auditPageMax}`;
        throw new DomainError("BAD_USER_INPUT", message, { field: "first" });
      }
      const place = after === null ? null : readPosition(after);
      const found = await storage.audit.page(workspaceId, filter, place, first + 1);
      const events = found.slice(0, first);
      const last = events.at(-1);
      return {
        events,
        hasNextPage: found.length > first,
        endCursor: last === undefined ? null : `${last.atMs}.${last.id}`,
      };
    },
  };
}

/** @throws DomainError BAD_USER_INPUT */
function readPosition(text: string): AuditPosition {
  const match = /^(\d{1,16})\.(\d{1,16})$/.exec(text);
  const position = { atMs: Number(match?.[1]), id: Number(match?.[2]) };
  if (Number.isSafeInteger(position.atMs) && Number.isSafeInteger(position.id)) return position;
  throw new DomainError("BAD_USER_INPUT", "This is not a cursor of this list.", { field: "after" });
}

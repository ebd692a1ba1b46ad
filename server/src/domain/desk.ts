import { type AuditLog, type AuditLogDeps, createAuditLog } from "./audit-log.ts";
import { createExports, type ExportDeps, type Exports } from "./exports.ts";
import { createRetention, type Retention, type RetentionDeps } from "./retention.ts";
import { createSourceDesk, type SourceDesk, type SourceDeskDeps } from "./source-desk.ts";
import { createViews, type Views, type ViewsDeps } from "./views.ts";

/** What people and admins do around the inbox. Each part says who may. */
export type Desk = {
  readonly sources: SourceDesk;
  readonly views: Views;
  readonly exports: Exports;
  readonly audit: AuditLog;
  readonly retention: Retention;
};

export type DeskDeps = SourceDeskDeps & ViewsDeps & ExportDeps & AuditLogDeps & RetentionDeps;

export function createDesk(deps: DeskDeps): Desk {
  return {
    sources: createSourceDesk(deps),
    views: createViews(deps),
    exports: createExports(deps),
    audit: createAuditLog(deps),
    retention: createRetention(deps),
  };
}

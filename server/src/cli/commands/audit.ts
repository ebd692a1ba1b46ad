import { InvalidArgumentError } from "commander";
import { type AuditEvent, type AuditFilter, type AuditPosition, auditActorText } from "../../domain/audit.ts";
import type { Storage } from "../../domain/storage.ts";
import { addWorkspaceFlag, namedWorkspace, type WorkspaceFlag } from "../named-workspace.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { printable, tableText, timeText } from "../text.ts";
import { withData } from "../with-data.ts";

const pageSize = 500;
const daysDefault = 7;
const dayMs = 86_400_000;

export const addAudit: AddCommand = (program) => {
  const command = program
    .command("audit")
    .summary("Show who came in, and what was decided.")
    .description(
      "Shows the audit log of a workspace, newest first: who signed in, who could not, and what was decided about people, keys, phone systems, settings and files. Works while the server runs.",
    )
    .option("--days <days>", "Of so many days until now.", readDays, daysDefault)
    .option("--json", "Print NDJSON, one event a line, for programs.")
    .action(async (options: WorkspaceFlag & { readonly days: number; readonly json?: boolean }) => {
      const events = await withData(command, "existing", async ({ storage }) =>
        eventsSince(storage, (await namedWorkspace(storage, options)).id, Date.now() - options.days * dayMs),
      );
      process.stdout.write(
        options.json === true ? events.map((event) => `${JSON.stringify(jsonEvent(event))}\n`).join("") : table(events),
      );
    });
  addSettingFlags(addWorkspaceFlag(command), ["data", "database", "logLevel"]);
};

async function eventsSince(
  { audit }: Pick<Storage, "audit">,
  workspaceId: number,
  fromMs: number,
): Promise<readonly AuditEvent[]> {
  const filter: AuditFilter = { kinds: null, actorId: null, fromMs, beforeMs: null };
  const events: AuditEvent[] = [];
  for (let after: AuditPosition | null = null; ;) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
    const page: readonly AuditEvent[] = await audit.page(workspaceId, filter, after, pageSize);
    events.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return events;
    after = last;
  }
}

function readDays(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 1.");
}

function table(events: readonly AuditEvent[]): string {
  if (events.length === 0) return "Nothing in these days.\n";
  const rows = events.map(({ atMs, actor, actorName, kind, target, details }) => [
    timeText(atMs),
    printable(actorName ?? actor.kind),
    kind,
    printable(target?.name ?? ""),
    printable(
      Object.entries(details)
        .map(([name, value]) => `${name}=${value}`)
        .join(" "),
    ),
  ]);
  return tableText(["WHEN", "WHO", "WHAT", "WHOM", "DETAILS"], rows);
}

function jsonEvent({ id, atMs, kind, actor, actorName, target, details }: AuditEvent) {
  const at = new Date(atMs).toISOString();
  return { id, at, kind, actor: auditActorText(actor), actor_name: actorName, target, details };
}

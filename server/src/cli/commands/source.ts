import { hash, randomBytes, randomUUID } from "node:crypto";
import { Option } from "commander";
import { DomainError } from "../../domain/errors.ts";
import type { Source, SourceKind } from "../../domain/source.ts";
import { addWorkspaceFlag, namedWorkspace, type WorkspaceFlag } from "../named-workspace.ts";
import type { AddCommand } from "../program.ts";
import { byCommand } from "../recording.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { printable, tableText, timeText } from "../text.ts";
import { withData } from "../with-data.ts";

const kinds: readonly SourceKind[] = ["generic", "kamailio"];

export const addSource: AddCommand = (program) => {
  const source = program
    .command("source")
    .summary("Add, list, remove phone systems that send calls.")
    .description("The phone systems that send calls. Each command also works while the server runs.");

  const add = source
    .command("add")
    .description("Adds a phone system and prints its key, once: only a digest of it is kept.")
    .argument("<name>", 'what to call it, such as "Front desk PBX"')
    .addOption(new Option("--kind <kind>", "The format it sends calls in.").choices(kinds).default("generic"))
    .action(async (name: string, options: WorkspaceFlag & { readonly kind: SourceKind }) => {
      checkName(name);
      const key = `rbk_${randomBytes(32).toString("base64url")}`;
      await withData(add, "create", async ({ storage }) => {
        const { id: workspaceId } = await namedWorkspace(storage, options);
        await storage.sources.add(...toAdd(newSource(workspaceId, name, options.kind), key));
      });
      process.stdout.write(`Added ${printable(name)}. Its key, which is not shown again:

  ${key}

It goes into the header of what the phone system sends to /ingest/calls:

  Authorization: Bearer ${key}
`);
    });

  const list = source
    .command("list")
    .description("Lists the phone systems.")
    .option("--json", "Print JSON, for programs.")
    .action(async (options: WorkspaceFlag & { readonly json?: boolean }) => {
      const sources = await withData(list, "existing", async ({ storage }) =>
        storage.sources.list((await namedWorkspace(storage, options)).id),
      );
      process.stdout.write(
        options.json === true ? `${JSON.stringify(sources.map(jsonSource), null, 2)}\n` : table(sources),
      );
    });

  const remove = source
    .command("remove")
    .description("Removes a phone system: its key is refused from now on. Its calls stay.")
    .argument("<name>", "its name, or its id")
    .action(async (name: string, options: WorkspaceFlag) => {
      await withData(remove, "existing", async ({ storage }) => {
        const { id: workspaceId } = await namedWorkspace(storage, options);
        const sources = await storage.sources.list(workspaceId);
        const found = sources.find((source) => source.name === name) ?? sources.find(({ id }) => id === name);
        const remove = ({ id, name: known }: Source) =>
          storage.sources.remove(
            workspaceId,
            id,
            byCommand(workspaceId, { kind: "source-removed", target: { id, name: known } }),
          );
        if (found === undefined || !(await remove(found))) {
          throw new DomainError(
            "NOT_FOUND",
            `There is no source ${printable(name)}; "ringback source list" shows which there are.`,
          );
        }
        process.stdout.write(`Removed ${printable(found.name)}. Its key is refused from now on; its calls stay.\n`);
      });
    });

  for (const command of [add, list, remove])
    addSettingFlags(addWorkspaceFlag(command), ["data", "database", "logLevel"]);
};

/** What the storage is to add, and leave. */
export function toAdd(source: Source, key: string | Uint8Array) {
  const { workspaceId, id, name } = source;
  return [source, hash("sha256", key), byCommand(workspaceId, { kind: "source-added", target: { id, name } })] as const;
}

/** A source that does not exist yet. */
export function newSource(workspaceId: number, name: string, kind: SourceKind): Source {
  return { id: randomUUID(), workspaceId, name, kind, createdAtMs: Date.now() };
}

function checkName(name: string): void {
  if (name.trim() !== "" && name.length <= 100 && name.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(name)) return;
  throw new DomainError("BAD_USER_INPUT", "A source's name must be printable text of 1 to 100 characters.");
}

function table(sources: readonly Source[]): string {
  if (sources.length === 0) return 'None yet. "ringback source add NAME" adds one.\n';
  const rows = sources.map(({ name, kind, createdAtMs, id }) => [printable(name), kind, timeText(createdAtMs), id]);
  return tableText(["NAME", "KIND", "SINCE", "ID"], rows);
}

function jsonSource({ id, name, kind, createdAtMs }: Source) {
  return { id, name, kind, created_at: new Date(createdAtMs).toISOString() };
}

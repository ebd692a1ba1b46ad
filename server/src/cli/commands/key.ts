import { randomUUID } from "node:crypto";
import { InvalidArgumentError, Option } from "commander";
import {
  type ApiKey,
  checkKeyWishes,
  keyPrefix,
  type KeyScope,
  keyScopes,
  requestsPerMinuteDefault,
} from "../../domain/api-key.ts";
import { DomainError } from "../../domain/errors.ts";
import { addWorkspaceFlag, namedWorkspace, type WorkspaceFlag } from "../named-workspace.ts";
import type { AddCommand } from "../program.ts";
import { byCommand } from "../recording.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { printable, tableText, timeText } from "../text.ts";
import { withData } from "../with-data.ts";

const dayMs = 86_400_000;

export const addKey: AddCommand = (program) => {
  const key = program
    .command("key")
    .summary("Add, list, remove keys of programs that use the API.")
    .description(
      "The keys of programs that use the API. Each command also works while the server runs. A key made here belongs to nobody: it outlives whoever made it.",
    );

  const add = key
    .command("add")
    .description("Makes a key and prints it, once: only a digest of it is kept.")
    .argument("<name>", 'what to call it, such as "Reporting"')
    .addOption(new Option("--scope <scope...>", "What it may do.").choices(keyScopes).default(["read"]))
    .option("--days <days>", "End it after so many days; it does not end by itself otherwise.", readCount)
    .option("--per-minute <count>", "Requests that it may make within a minute.", readCount, requestsPerMinuteDefault)
    .action(async (name: string, options: AddOptions) => {
      const nowMs = Date.now();
      const { scope, days, perMinute } = options;
      const expiresAtMs = days === undefined ? null : nowMs + days * dayMs;
      const wishes = checkKeyWishes({ name, scopes: scope, expiresAtMs, requestsPerMinute: perMinute }, nowMs);
      const secret = await withData(add, "create", async ({ storage, secrets }) => {
        const { id: workspaceId } = await namedWorkspace(storage, options);
        const made = secrets.create(keyPrefix);
        const ends = { createdBy: null, createdAtMs: nowMs, lastUsedAtMs: null, revokedAtMs: null };
        const id = randomUUID();
        const details = { scopes: wishes.scopes.join(", ") };
        const deed = { kind: "key-created", target: { id, name: wishes.name }, details } as const;
        await storage.apiKeys.add(
          { id, workspaceId, ...wishes, ...ends },
          secrets.digest(made),
          byCommand(workspaceId, deed),
        );
        return made;
      });
      process.stdout.write(`Added ${printable(name)} (${wishes.scopes.join(", ")}). The key, which is not shown again:

  ${secret}

Programs send it where an access token would be:

  Authorization: Bearer ${secret}
`);
    });

  const list = key
    .command("list")
    .description("Lists the keys that are not removed.")
    .option("--json", "Print JSON, for programs.")
    .action(async (options: WorkspaceFlag & { readonly json?: boolean }) => {
      const keys = await withData(list, "existing", async ({ storage }) =>
        storage.apiKeys.list((await namedWorkspace(storage, options)).id),
      );
      process.stdout.write(options.json === true ? `${JSON.stringify(keys.map(jsonKey), null, 2)}\n` : table(keys));
    });

  const remove = key
    .command("remove")
    .description("Removes a key: it is refused from now on, and its sockets are closed within a second.")
    .argument("<name>", "its name, or its id")
    .action(async (name: string, options: WorkspaceFlag) => {
      await withData(remove, "existing", async ({ storage }) => {
        const { id: workspaceId } = await namedWorkspace(storage, options);
        const keys = await storage.apiKeys.list(workspaceId);
        const found = keys.find((known) => known.name === name) ?? keys.find(({ id }) => id === name);
        const revoke = ({ id, name: known }: ApiKey) => {
          const left = byCommand(workspaceId, { kind: "key-revoked", target: { id, name: known } });
          return storage.apiKeys.revoke(workspaceId, id, Date.now(), left);
        };
        if (found === undefined || !(await revoke(found))) {
          throw new DomainError(
            "NOT_FOUND",
            `There is no key ${printable(name)}; "ringback key list" shows which there are.`,
          );
        }
        process.stdout.write(`Removed ${printable(found.name)}. It is refused from now on.\n`);
      });
    });

  for (const command of [add, list, remove])
    addSettingFlags(addWorkspaceFlag(command), ["data", "database", "logLevel"]);
};

type AddOptions = WorkspaceFlag & {
  readonly scope: readonly KeyScope[];
  readonly days?: number;
  readonly perMinute: number;
};

function readCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 1.");
}

function table(keys: readonly ApiKey[]): string {
  if (keys.length === 0) return 'None yet. "ringback key add NAME" adds one.\n';
  const rows = keys.map(({ name, scopes, createdAtMs, expiresAtMs, lastUsedAtMs, id }) => [
    printable(name),
    scopes.join(","),
    timeText(createdAtMs),
    expiresAtMs === null ? "never" : timeText(expiresAtMs),
    lastUsedAtMs === null ? "never" : timeText(lastUsedAtMs),
    id,
  ]);
  return tableText(["NAME", "SCOPES", "SINCE", "ENDS", "LAST USED", "ID"], rows);
}

function jsonKey({ id, name, scopes, requestsPerMinute, createdAtMs, expiresAtMs, lastUsedAtMs }: ApiKey) {
  return {
    id,
    name,
    scopes,
    requests_per_minute: requestsPerMinute,
    created_at: new Date(createdAtMs).toISOString(),
    expires_at: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
    last_used_at: lastUsedAtMs === null ? null : new Date(lastUsedAtMs).toISOString(),
  };
}

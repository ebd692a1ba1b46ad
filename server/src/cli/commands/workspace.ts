import { DomainError } from "../../domain/errors.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { printable, tableText } from "../text.ts";
import { withData } from "../with-data.ts";

export const addWorkspace: AddCommand = (program) => {
  const workspace = program
    .command("workspace")
    .summary("Add, list workspaces: teams that see nothing of each other.")
    .description(
      "Teams with their own calls and people, in one database. Each command also works while the server runs.",
    );

  const add = workspace
    .command("add")
    .description("Adds a workspace, empty.")
    .argument("<name>", "what to call it")
    .action(async (name: string) => {
      checkName(name);
      const { id } = await withData(add, "create", ({ storage }) => storage.workspaces.add(name, Date.now()));
      process.stdout.write(`Added ${printable(name)}, workspace ${id}. Its first user becomes its admin:

  ringback user add NAME --workspace ${id}
`);
    });

  const list = workspace
    .command("list")
    .description("Lists the workspaces.")
    .option("--json", "Print JSON, for programs.")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const rows = await withData(list, "existing", async ({ storage }) => {
        const workspaces = await storage.workspaces.list();
        return Promise.all(
          workspaces.map(async ({ id, name }) => {
            const [users, { totalCount }] = await Promise.all([storage.users.list(id), storage.calls.page(id, 0, 0)]);
            return { id, name, users: users.length, calls: totalCount };
          }),
        );
      });
      if (json === true) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      else {
        const cells = rows.map(({ id, name, users, calls }) => [
          String(id),
          printable(name),
          String(users),
          String(calls),
        ]);
        process.stdout.write(tableText(["ID", "NAME", "USERS", "CALLS"], cells));
      }
    });

  for (const command of [add, list]) addSettingFlags(command, ["data", "database", "logLevel"]);
};

function checkName(name: string): void {
  // A number would be taken for an id wherever a workspace is named.
  const isNumber = /^\d+$/.test(name);
  const isPrintable = name.trim() !== "" && name.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(name);
  if (isPrintable && !isNumber && name.length <= 100) return;
  throw new DomainError(
    "BAD_USER_INPUT",
    "A workspace's name must be printable text of 1 to 100 characters and no number.",
  );
}

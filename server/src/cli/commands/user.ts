import { randomBytes, randomUUID } from "node:crypto";
import { checkNewUsername } from "../../domain/credentials.ts";
import { DomainError } from "../../domain/errors.ts";
import { firstWorkspaceId, type User, usernameKey } from "../../domain/workspace.ts";
import type { Parts } from "../../app.ts";
import { readNewPassword } from "../ask-password.ts";
import type { AddCommand } from "../program.ts";
import { addSettingFlags } from "../settings-flags.ts";
import { printable, tableText, timeText } from "../text.ts";
import { withData } from "../with-data.ts";

const passwordHelp = `
The password is asked for on a terminal, and else read as one line from standard input:
  ringback user add ada < password.txt
It is never taken from the command line, where other users of the machine could read it.`;

export const addUser: AddCommand = (program) => {
  const user = program
    .command("user")
    .summary("Add, list, disable people who may sign in.")
    .description("The people who may sign in. Each command also works while the server runs.");

  const add = user
    .command("add")
    .description("Adds somebody who may sign in.")
    .argument("<name>", "the name to sign in with")
    .option("--generate", "Make a password and print it.")
    .action(async (name: string, { generate }: { readonly generate?: boolean }) => {
      checkNewUsername(name);
      const password = generate === true ? generated() : await readNewPassword(name);
      await withData(add, "create", async ({ storage, passwords }) => {
        const passwordHash = await passwords.hash(password);
        const createdAtMs = Date.now();
        await storage.users.add(
          { id: randomUUID(), workspaceId: firstWorkspaceId, username: name, isDisabled: false, createdAtMs },
          passwordHash,
        );
      });
      process.stdout.write(`${printable(name)} can sign in now.\n`);
      if (generate === true) process.stdout.write(`Password: ${password}\n`);
    });

  const list = user
    .command("list")
    .description("Lists the people who may sign in.")
    .option("--json", "Print JSON, for programs.")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const users = await withData(list, "existing", async ({ storage }) => storage.users.list(firstWorkspaceId));
      process.stdout.write(json === true ? `${JSON.stringify(users.map(jsonUser), null, 2)}\n` : userTable(users));
    });

  const password = user
    .command("password")
    .description("Sets a new password and signs the person out everywhere.")
    .argument("<name>", "the name that the person signs in with")
    .option("--generate", "Make a password and print it.")
    .action(async (name: string, { generate }: { readonly generate?: boolean }) => {
      await withData(password, "existing", async (parts) => {
        const { id } = await knownUser(parts, name);
        const chosen = generate === true ? generated() : await readNewPassword(name);
        const ended = await parts.storage.users.changePassword(id, await parts.passwords.hash(chosen), Date.now());
        process.stdout.write(`${printable(name)} has a new password${endedText(ended.length)}.\n`);
        if (generate === true) process.stdout.write(`Password: ${chosen}\n`);
      });
    });

  const disable = user
    .command("disable")
    .description("Keeps somebody from signing in, and signs the person out everywhere within a second.")
    .argument("<name>", "the name that the person signs in with")
    .action(async (name: string) => {
      await withData(disable, "existing", async (parts) => {
        const { id } = await knownUser(parts, name);
        const ended = await parts.storage.users.setDisabled(id, true, Date.now());
        process.stdout.write(`${printable(name)} can no longer sign in${endedText(ended.length)}.\n`);
      });
    });

  const enable = user
    .command("enable")
    .description("Lets somebody who was disabled sign in again.")
    .argument("<name>", "the name that the person signs in with")
    .action(async (name: string) => {
      await withData(enable, "existing", async (parts) => {
        const { id } = await knownUser(parts, name);
        await parts.storage.users.setDisabled(id, false, Date.now());
        process.stdout.write(`${printable(name)} can sign in.\n`);
      });
    });

  for (const command of [add, list, password, disable, enable]) addSettingFlags(command, ["data", "logLevel"]);
  for (const command of [add, password]) command.addHelpText("after", passwordHelp);
};

/** 120 bits: nobody guesses it, and it can still be typed. */
function generated(): string {
  return randomBytes(15).toString("base64url");
}

async function knownUser({ storage }: Parts, name: string): Promise<User> {
  const found = await storage.users.byName(usernameKey(name));
  if (found !== null) return found.user;
  throw new DomainError("NOT_FOUND", `There is no user ${printable(name)}; "ringback user list" shows who there is.`);
}

function endedText(count: number): string {
  return count === 0 ? "" : `; ${count} ${count === 1 ? "session was" : "sessions were"} ended`;
}

function userTable(users: readonly User[]): string {
  if (users.length === 0) return 'Nobody yet. "ringback user add NAME" adds somebody.\n';
  const rows = users.map(({ username, isDisabled, createdAtMs }) => [
    printable(username),
    isDisabled ? "disabled" : "active",
    timeText(createdAtMs),
  ]);
  return tableText(["NAME", "STATE", "SINCE"], rows);
}

function jsonUser({ id, username, isDisabled, createdAtMs }: User) {
  return { id, username, is_disabled: isDisabled, created_at: new Date(createdAtMs).toISOString() };
}

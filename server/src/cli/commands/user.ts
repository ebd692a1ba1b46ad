import { randomBytes, randomUUID } from "node:crypto";
import { Argument, Option } from "commander";
import { keySessionId } from "../../domain/api-key.ts";
import { checkNewUsername } from "../../domain/credentials.ts";
import { DomainError } from "../../domain/errors.ts";
import { invitationLifetimeMs, invitationPath } from "../../domain/invitation.ts";
import { type Role, roles, type User, usernameKey } from "../../domain/workspace.ts";
import type { Parts } from "../../parts.ts";
import { readNewPassword } from "../ask-password.ts";
import { addWorkspaceFlag, namedWorkspace, type WorkspaceFlag } from "../named-workspace.ts";
import type { AddCommand } from "../program.ts";
import { byCommand } from "../recording.ts";
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
    .summary("Add, invite, list, disable people who may sign in.")
    .description("The people who may sign in. Each command also works while the server runs.");

  const add = user
    .command("add")
    .description("Adds somebody who may sign in.")
    .argument("<name>", "the name to sign in with")
    .option("--generate", "Make a password and print it.")
    .addOption(
      roleOption("What the person may do; member, or admin for the first of a workspace, where it is not said."),
    )
    .action(async (name: string, options: WorkspaceFlag & { readonly generate?: boolean; readonly role?: Role }) => {
      const { generate } = options;
      checkNewUsername(name);
      const password = generate === true ? generated() : await readNewPassword(name);
      await withData(add, "create", async ({ storage, passwords }) => {
        const passwordHash = await passwords.hash(password);
        const { id: workspaceId } = await namedWorkspace(storage, options);
        const isFirst = (await storage.users.list(workspaceId)).length === 0;
        const role = options.role ?? (isFirst ? "admin" : "member");
        const id = randomUUID();
        await storage.users.add(
          { id, workspaceId, username: name, role, isDisabled: false, createdAtMs: Date.now() },
          passwordHash,
          byCommand(workspaceId, { kind: "user-added", target: { id, name }, details: { role } }),
        );
      });
      process.stdout.write(`${printable(name)} can sign in now.\n`);
      if (generate === true) process.stdout.write(`Password: ${password}\n`);
    });

  const list = user
    .command("list")
    .description("Lists the people who may sign in.")
    .option("--json", "Print JSON, for programs.")
    .action(async (options: WorkspaceFlag & { readonly json?: boolean }) => {
      const users = await withData(list, "existing", async ({ storage }) =>
        storage.users.list((await namedWorkspace(storage, options)).id),
      );
      process.stdout.write(
        options.json === true ? `${JSON.stringify(users.map(jsonUser), null, 2)}\n` : userTable(users),
      );
    });

  const password = user
    .command("password")
    .description("Sets a new password and signs the person out everywhere.")
    .argument("<name>", "the name that the person signs in with")
    .option("--generate", "Make a password and print it.")
    .action(async (name: string, { generate }: { readonly generate?: boolean }) => {
      await withData(password, "existing", async (parts) => {
        const { id, workspaceId } = await knownUser(parts, name);
        const chosen = generate === true ? generated() : await readNewPassword(name);
        const passwordHash = await parts.passwords.hash(chosen);
        const left = byCommand(workspaceId, { kind: "password-changed", target: { id, name } });
        const ended = await parts.storage.users.changePassword(id, passwordHash, Date.now(), left);
        process.stdout.write(`${printable(name)} has a new password${endedText(ended)}.\n`);
        if (generate === true) process.stdout.write(`Password: ${chosen}\n`);
      });
    });

  const role = user
    .command("role")
    .description("Gives somebody another role, and signs the person out everywhere within a second so that it counts.")
    .argument("<name>", "the name that the person signs in with")
    .addArgument(new Argument("<role>", "what the person may do from now on").choices(roles))
    .action(async (name: string, chosen: Role) => {
      await withData(role, "existing", async (parts) => {
        const { id, workspaceId, role: before } = await knownUser(parts, name);
        const deed = { kind: "role-changed", target: { id, name }, details: { role: chosen, before } } as const;
        const ended = await parts.storage.users.setRole(id, chosen, Date.now(), byCommand(workspaceId, deed));
        process.stdout.write(`${printable(name)} is ${chosen} now${endedText(ended)}.\n`);
      });
    });

  const invite = user
    .command("invite")
    .description("Prints a link by which one person makes their own account, once and within seven days.")
    .addOption(roleOption("What the person may do.").default("member"))
    .action(async (options: WorkspaceFlag & { readonly role: Role }) => {
      await withData(invite, "existing", async ({ storage, secrets }) => {
        const { id: workspaceId } = await namedWorkspace(storage, options);
        const token = secrets.create("");
        const createdAtMs = Date.now();
        const expiresAtMs = createdAtMs + invitationLifetimeMs;
        const invitation = { id: randomUUID(), workspaceId, role: options.role, createdBy: null };
        await storage.invitations.add(
          { ...invitation, createdAtMs, expiresAtMs },
          secrets.digest(token),
          byCommand(workspaceId, { kind: "user-invited", details: { role: options.role } }),
        );
        process.stdout
          .write(`Put the address of the server in front of it; it works once, until ${timeText(expiresAtMs)}:

  ${invitationPath(token)}
`);
      });
    });

  const disable = user
    .command("disable")
    .description(
      "Keeps somebody from signing in, and signs the person out everywhere within a second. Keys and open invitations that the person made end as well.",
    )
    .argument("<name>", "the name that the person signs in with")
    .action(async (name: string) => {
      await withData(disable, "existing", async (parts) => {
        const { id, workspaceId } = await knownUser(parts, name);
        const left = byCommand(workspaceId, { kind: "user-disabled", target: { id, name } });
        const ended = await parts.storage.users.setDisabled(id, true, Date.now(), left);
        process.stdout.write(`${printable(name)} can no longer sign in${endedText(ended)}.\n`);
      });
    });

  const enable = user
    .command("enable")
    .description("Lets somebody who was disabled sign in again.")
    .argument("<name>", "the name that the person signs in with")
    .action(async (name: string) => {
      await withData(enable, "existing", async (parts) => {
        const { id, workspaceId } = await knownUser(parts, name);
        const left = byCommand(workspaceId, { kind: "user-enabled", target: { id, name } });
        await parts.storage.users.setDisabled(id, false, Date.now(), left);
        process.stdout.write(`${printable(name)} can sign in.\n`);
      });
    });

  for (const command of [add, list, invite]) addWorkspaceFlag(command);
  for (const command of [add, list, password, role, invite, disable, enable])
    addSettingFlags(command, ["data", "database", "logLevel"]);
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

/** @param ended ids of sessions, and of keys as `keySessionId` has them. */
function endedText(ended: readonly string[]): string {
  const keys = ended.filter((id) => id.startsWith(keySessionId(""))).length;
  const sessions = ended.length - keys;
  const parts = [
    sessions === 0 ? "" : `; ${sessions} ${sessions === 1 ? "session was" : "sessions were"} ended`,
    keys === 0 ? "" : `; ${keys} ${keys === 1 ? "key" : "keys"} that the person made ended too`,
  ];
  return parts.join("");
}

function roleOption(meaning: string): Option {
  return new Option("--role <role>", meaning).choices(roles);
}

function userTable(users: readonly User[]): string {
  if (users.length === 0) return 'Nobody yet. "ringback user add NAME" adds somebody.\n';
  const rows = users.map(({ username, role, isDisabled, createdAtMs }) => [
    printable(username),
    role,
    isDisabled ? "disabled" : "active",
    timeText(createdAtMs),
  ]);
  return tableText(["NAME", "ROLE", "STATE", "SINCE"], rows);
}

function jsonUser({ id, username, role, isDisabled, createdAtMs }: User) {
  return { id, username, role, is_disabled: isDisabled, created_at: new Date(createdAtMs).toISOString() };
}

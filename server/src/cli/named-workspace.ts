import type { Command } from "commander";
import { DomainError } from "../domain/errors.ts";
import type { Storage } from "../domain/storage.ts";
import { firstWorkspaceId, type Workspace } from "../domain/workspace.ts";
import { printable } from "./text.ts";

/** Adds `--workspace` to a command; its value goes to {@link namedWorkspace}. */
export function addWorkspaceFlag(command: Command): Command {
  return command.option("--workspace <name>", "The workspace, by name or id; the first one where none is named.");
}

export type WorkspaceFlag = { readonly workspace?: string };

/** Adds `--workspace` to a command that moves whole inboxes; its value goes to {@link onlyWorkspace}. */
export function addOnlyWorkspaceFlag(command: Command): Command {
  return command.option("--workspace <name>", "The workspace, by name or id; the only one where none is named.");
}

/**
 * The workspace that the flag names, or the only one: calls that went into a wrong inbox are hard to get out again.
 * @throws DomainError BAD_USER_INPUT naming the workspaces, when there are several and none is named; NOT_FOUND
 */
export async function onlyWorkspace(storage: Storage, flag: WorkspaceFlag): Promise<Workspace> {
  const workspaces = await storage.workspaces.list();
  if (flag.workspace !== undefined || workspaces.length < 2) return namedWorkspace(storage, flag);
  const names = workspaces.map(({ name }) => printable(name)).join(", ");
  throw new DomainError("BAD_USER_INPUT", `There are several workspaces: say which by --workspace (${names}).`);
}

/** The workspace that the flag names. @throws DomainError NOT_FOUND */
export async function namedWorkspace(storage: Storage, { workspace: named }: WorkspaceFlag): Promise<Workspace> {
  const workspaces = await storage.workspaces.list();
  const found =
    named === undefined
      ? workspaces.find(({ id }) => id === firstWorkspaceId)
      : (workspaces.find(({ name }) => name === named) ?? workspaces.find(({ id }) => String(id) === named));
  if (found !== undefined) return found;
  throw new DomainError(
    "NOT_FOUND",
    `There is no workspace ${printable(named ?? "yet")}; "ringback workspace list" shows which there are.`,
  );
}

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

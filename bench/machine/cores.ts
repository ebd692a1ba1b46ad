import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/**
 * Which core serves and which one loads. Both null where there is one core only, or no `taskset` (util-linux) to pin with:
 * the ratios then still hold roughly, and the report says so.
 */
export const cores: { readonly server: number | null; readonly load: number | null } =
  availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0
    ? { server: 0, load: 1 }
    : { server: null, load: null };

/** The command that runs `command` on that core alone, with all that it starts. */
export function pinned(core: number | null, command: readonly string[]): { file: string; args: string[] } {
  const all = core === null ? command : ["taskset", "-c", String(core), ...command];
  return { file: all[0] ?? "", args: all.slice(1) };
}

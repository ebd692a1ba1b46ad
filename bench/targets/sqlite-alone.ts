import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { freshCopy, preparedFolder } from "../data/folder.ts";
import { makePeerSqlite } from "../data/peer-sqlite.ts";
import { cores, pinned } from "../machine/cores.ts";
import type { Effort } from "../effort.ts";

const program = join(import.meta.dirname, "../limits/raw-sqlite.ts");

/** Measures SQLite by itself on the server's core: durable writes a second, so many to a commit. */
export function sqliteAlone(calls: number, perCommit: number) {
  return async ({ effort }: { readonly effort: Effort }): Promise<{ readonly perSecond: number }> => {
    const copy = freshCopy(
      await preparedFolder("peer-sqlite", calls, (folder) => makePeerSqlite(join(folder, "calls.sqlite"), calls)),
    );
    const file = join(copy.folder, "calls.sqlite");
    const command = pinned(cores.server, [
      process.execPath,
      program,
      file,
      String(calls),
      String(perCommit),
      String(effort.runMs),
    ]);
    const { status, stdout, stderr } = spawnSync(command.file, command.args, { encoding: "utf8" });
    copy.remove();
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as { perSecond: number };
  };
}

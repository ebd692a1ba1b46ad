import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { generatorVersion } from "./calls.ts";

const root = join(import.meta.dirname, "../.data");

/**
 * Where the prepared data of a kind and size lies, made by `make` when it is not there yet. It is made aside and moved into
 * place, so that an interrupted run leaves nothing half done behind.
 */
export async function preparedFolder(
  kind: string,
  calls: number,
  make: (folder: string) => void | Promise<void>,
): Promise<string> {
  const folder = join(root, `v${generatorVersion}-${kind}-${calls}`);
  if (existsSync(folder)) return folder;
  const aside = `${folder}.part`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  await make(aside);
  renameSync(aside, folder);
  return folder;
}

let copies = 0;

/** A copy of a prepared folder that a run may write to, and how to remove it. */
export function freshCopy(folder: string): { readonly folder: string; remove(): void } {
  copies += 1;
  const copy = join(root, `run-${process.pid}-${copies}`);
  cpSync(folder, copy, { recursive: true, mode: copyOnWriteIfPossible });
  const remove = () => rmSync(copy, { recursive: true, force: true });
  process.once("exit", remove);
  return {
    folder: copy,
    remove() {
      process.off("exit", remove);
      remove();
    },
  };
}

// fs.constants.COPYFILE_FICLONE
const copyOnWriteIfPossible = 2;

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStorage, type SqliteStorage } from "./open.ts";

/** A file that is not there yet, in a folder of its own. Used by tests only. */
export type SampleFile = {
  readonly folder: string;
  readonly file: string;
  /** Opens the file as a server does. The caller closes it. */
  readonly open: (options?: { readonly readOnly?: boolean; readonly numberPlans?: string }) => Promise<SqliteStorage>;
};

/** Runs a test in a folder of its own and removes it, whatever happens. */
export async function withFile(run: (sample: SampleFile) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ringback-sqlite-"));
  const file = join(folder, "ringback.db");
  try {
    await run({ folder, file, open: (options) => openSqliteStorage({ file, clock: { now: () => 0 }, ...options }) });
  } finally {
    await rm(folder, { recursive: true });
  }
}

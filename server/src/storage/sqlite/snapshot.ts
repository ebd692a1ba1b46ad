import type { DatabaseSync } from "node:sqlite";

/** Runs what it is given in one read transaction: all its statements see the same commit. */
export type Snapshot = <T>(read: () => T) => T;

export function createSnapshot(db: DatabaseSync): Snapshot {
  const begin = db.prepare("BEGIN");
  const end = db.prepare("COMMIT");
  return (read) => {
    begin.run();
    try {
      return read();
    } finally {
      end.run();
    }
  };
}

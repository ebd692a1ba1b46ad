import { join } from "node:path";
import { databaseFileName } from "../../server/src/database.ts";
import { openPostgresStorage } from "../../server/src/storage/postgres/open.ts";
import { openSqliteStorage } from "../../server/src/storage/sqlite/open.ts";
import { type Operation, operations, perform } from "./operations.ts";

/**
 * Writes to a storage as fast as it is answered, with many writes waiting at once, and prints each operation when it is
 * asked for and its number again when it is acknowledged. Runs until it is killed.
 *
 * Arguments: the data folder, the address of a PostgreSQL database (empty for the file in the folder), the seed, the number of the
 * first operation.
 */
const [folder = "", database = "", seed = "0", first = "0"] = process.argv.slice(2);

const clock = { now: Date.now };
const storage = await (database === ""
  ? openSqliteStorage({ file: join(folder, databaseFileName), clock })
  : openPostgresStorage({ url: database, clock, limits: { connections: 2 } }));
const source = operations(Number(seed), Number(first));

await Promise.all(Array.from({ length: 24 }, work));

async function work(): Promise<never> {
  for (;;) {
    const operation: Operation = source.next().value;
    print({ asked: operation });
    await perform(storage, operation);
    print({ acknowledged: operation.number });
  }
}

/** Writing to a pipe is synchronous: a line that was printed reaches the parent whatever happens next. */
function print(line: { readonly asked: Operation } | { readonly acknowledged: number }): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

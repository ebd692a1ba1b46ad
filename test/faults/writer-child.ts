import { openSqliteStorage } from "../../server/src/storage/sqlite/open.ts";
import { type Operation, operations, perform } from "./operations.ts";

/**
 * Writes to a SQLite storage as fast as it is answered, with many writes waiting at once, and prints each operation when it is
 * asked for and its number again when it is acknowledged. Runs until it is killed.
 *
 * Arguments: the database file, the seed, the number of the first operation.
 */
const [file = "", seed = "0", first = "0"] = process.argv.slice(2);

const storage = await openSqliteStorage({ file, clock: { now: () => Date.now() } });
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

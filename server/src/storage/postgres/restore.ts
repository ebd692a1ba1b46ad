import { DomainError } from "../../domain/errors.ts";
import { connect, end, statementsOf } from "./connection.ts";
import { copyLimits, startAnotherHistory } from "./copy-source.ts";
import { translate } from "./errors.ts";
import { checkSchema } from "./migrate.ts";

/**
 * Gives the history of a database another name that was restored by PostgreSQL's own means, whatever version of the product it is of.
 * @throws DomainError NOT_FOUND when there is no database of the product; UNAVAILABLE, BAD_CONFIGURATION
 */
export async function renameHistory(url: string): Promise<void> {
  const sql = connect(url, 1, copyLimits, "restore");
  const statements = statementsOf(sql);
  try {
    if ((await checkSchema(statements)) === 0) {
      throw new DomainError("NOT_FOUND", "There is nothing of Ringback in the database.");
    }
    await statements.script("BEGIN READ WRITE");
    await startAnotherHistory(statements);
    await statements.script("COMMIT");
  } catch (error) {
    throw translate(error);
  } finally {
    await end(sql, 5);
  }
}

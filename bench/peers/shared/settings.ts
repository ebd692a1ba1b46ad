/** What the kit hands to every alternative, in its environment. */
export const settings = {
  /** A SQLite file, or the address of a PostgreSQL database. */
  database: process.env["PEER_DATABASE"] ?? "",
  secret: process.env["PEER_SECRET"] ?? "",
  /** Skip over the index alone, then fetch the rows: the well-known rewrite for deep pages. */
  lateJoin: process.env["PEER_LATE_JOIN"] === "1",
};

/** Tells the kit where the server listens: it waits for this line. */
export function announce(port: number): void {
  process.stdout.write(`listening on http://127.0.0.1:${port}\n`);
  process.once("SIGTERM", () => process.exit(0));
}

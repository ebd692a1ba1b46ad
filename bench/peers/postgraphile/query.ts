import pg from "pg";

// Runs statements, each by itself:
//   node query.ts ADDRESS STATEMENT...

const [address = "", ...statements] = process.argv.slice(2);
const client = new pg.Client({ connectionString: address });
await client.connect();
for (const statement of statements) await client.query(statement);
await client.end();

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import postgres from "postgres";
import { openPostgres, type TestPostgres } from "../support/postgres.ts";
import { type Outcome, run, start } from "./ringback.ts";

const secret = "pass-word-of-nobody";

describe("ringback --database postgres://", () => {
  let server: TestPostgres;
  let folder: string;

  before(async () => {
    server = await openPostgres();
    folder = mkdtempSync(join(tmpdir(), "ringback-cli-postgres-"));
  });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("every command works on the database, beside a server, and none says the password", async (t) => {
    const database = await server.createDatabase();
    t.after(() => database.drop());
    const url = new URL(database.url);
    const role = `ringback_${url.pathname.slice(-12)}`;
    const sql = postgres(database.url, { max: 1, onnotice: () => {} });
    await sql.unsafe(
      `CREATE ROLE ${role} LOGIN PASSWORD '${secret}'; ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${role}`,
    );
    await sql.end();
    [url.username, url.password] = [role, secret];
    const env = { RINGBACK_DATABASE: url.href, RINGBACK_DATA: join(folder, "data"), RINGBACK_PORT: "0" };
    const outcomes: Outcome[] = [];
    const ringback = async (args: readonly string[], input = "") => {
      const outcome = await run(t, args, { env, input });
      outcomes.push(outcome);
      assert.equal(outcome.status, 0, outcome.stderr);
      return outcome;
    };

    const served = start(t, ["serve"], { env });
    const [, address = ""] = await served.until(/Open +(\S+)/);
    assert.match(served.printed(), /Data +postgres:\/\/[^ @]+\/ringback_test_\w+, keys in /);
    const calls = `id,direction,from,to,via,duration,call_type,created_at,is_archived,notes
1,inbound,+4930111,+493022,+493022,1000,missed,2024-02-29T12:00:00.000Z,false,"[""one"",""two""]"
`;
    await ringback(["import", "-", "--format", "csv"], calls);
    await ringback(["user", "add", "anna"], "a long password\n");
    assert.match((await ringback(["user", "list"])).stdout, /anna/);
    await ringback(["key", "add", "robot"]);
    await ringback(["workspace", "add", "Sales"]);
    const first = join(folder, "first.csv");
    const second = join(folder, "second.csv");
    await ringback(["export", "--workspace", "main", first]);
    await ringback(["import", "--workspace", "Sales", first]);
    await ringback(["export", "--workspace", "Sales", second]);
    assert.equal(readFileSync(second, "utf8"), readFileSync(first, "utf8"));
    const checked = await ringback(["check", "--json"]);
    assert.deepEqual(JSON.parse(checked.stdout).problems, []);
    assert.equal(JSON.parse(checked.stdout).counts.calls, 2);
    await ringback(["backup", join(folder, "copy")]);
    await ringback(["config"]);
    const health = await fetch(`${address}/readyz`);
    assert.equal(health.status, 200);

    served.child.kill("SIGTERM");
    outcomes.push(await served.ended);
    assert.equal(outcomes.at(-1)?.status, 0);
    for (const { stdout, stderr } of outcomes) assert.ok(!`${stdout}${stderr}`.includes(secret));
  });

  it("a database that cannot be used is one sentence without the password", async (t) => {
    const { hostname, port } = new URL(server.url);
    const at = (authority: string, database: string) => `postgres://ringback:${secret}@${authority}/${database}`;
    for (const [database, status, says] of [
      [at(`${hostname}:${port}`, "there_is_none"), 78, /./],
      [at("127.0.0.1:1", "ringback"), 69, /does not answer/],
      [`mysql://ringback:${secret}@127.0.0.1/ringback`, 78, /postgres:\/\/host\/database/],
    ] as const) {
      const outcome = await run(t, ["check", "--database", database, "--data", join(folder, "none")]);
      assert.equal(outcome.status, status, outcome.stderr);
      assert.match(outcome.stderr, says);
      assert.ok(!outcome.stderr.includes(secret) && !outcome.stdout.includes(secret));
      assert.ok(outcome.stderr.trimEnd().split("\n").length <= 2, outcome.stderr);
    }
  });
});

import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { run, settingsOf, temporaryFolder } from "./ringback.ts";

const calls = `id,direction,from,to,via,duration,call_type,created_at,is_archived,notes
b,inbound,+442079460801,+442079460100,+442079460100,61500,answered,2026-07-04T14:31:42.731Z,true,"[""=SUM(A1)"",""old, but gold""]"
a,outbound,+442079460100,,+442079460100,0,missed,2026-07-04T14:31:42.731Z,false,
c,inbound,@anonymous,+442079460100,+442079460100,9007199254740991,voicemail,1970-01-01T00:00:00.000Z,false,"[""a\\nb \\"" ü 😀""]"
`;

describe("ringback export", () => {
  it("imported into an empty inbox and exported again gives the same bytes, as CSV and as NDJSON", async (t) => {
    const folder = temporaryFolder(t);
    const data = async (name: string) => ({ env: await settingsOf(t, join(folder, name)) });
    assert.equal((await run(t, ["import", "-"], { ...(await data("first")), input: calls })).status, 0);
    for (const format of ["csv", "ndjson"]) {
      const file = join(folder, `calls.${format}`);
      assert.equal((await run(t, ["export", file], await data("first"))).status, 0);
      const exported = readFileSync(file);
      assert.equal(exported.toString().trim().split("\n").length, format === "csv" ? 4 : 3);
      assert.equal((await run(t, ["import", file], await data(format))).status, 0);
      const again = await run(t, ["export", "--format", format], await data(format));
      assert.deepEqual(Buffer.from(again.stdout), exported);
    }
  });

  it("for a spreadsheet has a byte order mark, and nothing in it is a formula", async (t) => {
    const env = await settingsOf(t, temporaryFolder(t));
    await run(t, ["import", "-"], { env, input: calls });
    const { stdout } = await run(t, ["export", "--spreadsheet"], { env });
    assert.ok(stdout.startsWith("\uFEFFid,direction,"));
    assert.match(stdout, /,'\+442079460801,'\+442079460100,/);
    assert.match(stdout, /,"'=SUM\(A1\)\nold, but gold"$/m);
    assert.match(stdout, /,'@anonymous,/);
    assert.doesNotMatch(stdout, /(^|[,"])[=+@-]/m);
  });

  it("does not replace a file unasked, and leaves nothing behind when it cannot write", async (t) => {
    const folder = temporaryFolder(t);
    const env = await settingsOf(t, join(folder, "data"));
    await run(t, ["import", "-"], { env, input: calls });
    const file = join(folder, "mine.csv");
    writeFileSync(file, "precious");
    const refused = await run(t, ["export", file], { env });
    assert.equal(refused.status, 65);
    assert.match(refused.stderr, /is there already; --force replaces it/);
    assert.equal(readFileSync(file, "utf8"), "precious");
    assert.equal((await run(t, ["export", file, "--force"], { env })).status, 0);
    assert.match(readFileSync(file, "utf8"), /^id,direction/);

    const nowhere = await run(t, ["export", join(folder, "no", "such.csv")], { env });
    assert.equal(nowhere.status, 66);
    assert.match(nowhere.stderr, /^ringback: [^\n]+\n$/);
  });
});

describe("ringback backup and check", () => {
  it("copies a database that passes the check, and replaces an older copy only with --force", async (t) => {
    const folder = temporaryFolder(t);
    const env = { RINGBACK_DATA: join(folder, "data") };
    await run(t, ["import", "-"], { env, input: calls });
    const file = join(folder, "copy.sqlite");
    assert.equal((await run(t, ["backup", file], { env })).status, 0);
    const size = statSync(file).size;
    const refused = await run(t, ["backup", file], { env });
    assert.equal(refused.status, 65);
    assert.equal((await run(t, ["backup", file, "--force"], { env })).status, 0);
    assert.equal(statSync(file).size, size);
    assert.ok(!existsSync(`${file}.new`));

    const restored = temporaryFolder(t);
    writeFileSync(join(restored, "ringback.sqlite"), readFileSync(file));
    const check = await run(t, ["check"], { env: { RINGBACK_DATA: restored } });
    assert.equal(check.status, 0);
    assert.match(check.stdout, /^ {2}calls +3$/m);
    assert.match(check.stdout, /^All is well\.$/m);
  });

  it("check names what is wrong and exits with 74", async (t) => {
    const folder = temporaryFolder(t);
    const env = { RINGBACK_DATA: folder };
    await run(t, ["import", "-"], { env, input: calls });
    const db = new DatabaseSync(join(folder, "ringback.sqlite"));
    db.exec("UPDATE calls SET call_type = (SELECT call_type FROM calls WHERE id = 2) WHERE id = 1");
    db.close();
    const { status, stderr } = await run(t, ["check"], { env });
    assert.equal(status, 74);
    assert.match(stderr, /^problem: /m);
    assert.match(stderr, /^ringback: \d+ problems? found/m);
  });
});

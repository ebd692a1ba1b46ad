import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { run, settingsOf, temporaryFolder } from "./ringback.ts";

describe("ringback contacts", () => {
  it("takes a file in with a verdict a row, reads it again without harm, and writes what another book reads", async (t) => {
    const folder = temporaryFolder(t);
    const env = await settingsOf(t, join(folder, "data"));
    const file = join(folder, "contacts.csv");
    writeFileSync(
      file,
      'name,company,number\nAnna,Acme,+4930901820\nBob,,020 7946 0123\nEve\u001b[2J,,+12015550123\n"no number",,\n',
    );

    const first = await run(t, ["contacts", "import", file], { env });
    assert.equal(first.status, 65);
    assert.match(first.stdout, /added +1\n {2}updated +0\n {2}unchanged +0\n {2}refused +3\n/);
    assert.match(first.stderr, /^line 3: "020 7946 0123" is no phone number \(write it with \+/m);
    assert.match(first.stderr, /^line 5: It has no phone number\.$/m);
    assert.ok(!first.stderr.includes("\u001b"), "nothing in a file reaches the terminal as a command");

    const country = await run(t, ["contacts", "country", "GB"], { env });
    assert.match(country.stdout, /^GB +all that have none of their own$/m);
    const again = await run(t, ["contacts", "import", "-"], { env, input: readFileSync(file) });
    assert.match(again.stdout, /added +1\n {2}updated +0\n {2}unchanged +1\n/);

    const vcf = join(folder, "out.vcf");
    const written = await run(t, ["contacts", "export", vcf], { env });
    assert.equal(written.status, 0, written.stderr);
    assert.match(readFileSync(vcf, "utf8"), /FN:Anna\r\n[^]*ORG:Acme\r\n[^]*TEL:\+4930901820\r\n[^]*FN:Bob\r\n/i);
    assert.equal((await run(t, ["contacts", "export", vcf], { env })).status, 65, "no file is replaced unasked");
    const back = await run(t, ["contacts", "import", vcf], { env });
    assert.equal(back.status, 0);
    assert.match(back.stdout, /added +0\n {2}updated +0\n {2}unchanged +2\n/);
    const csv = await run(t, ["contacts", "export"], { env });
    assert.equal(csv.stdout.split("\r\n")[1], "Anna,Acme,,+4930901820");
  });

  it("shows and clears default countries; a wrong one is refused and nothing is made by a mistyped name", async (t) => {
    const folder = temporaryFolder(t);
    const env = await settingsOf(t, join(folder, "data"));
    assert.equal((await run(t, ["contacts", "import", join(folder, "missing.csv")], { env })).status, 66);
    assert.ok(!existsSync(join(folder, "data")));
    await run(t, ["source", "add", "Front desk"], { env });
    const set = await run(t, ["contacts", "country", "de", "--source", "Front desk"], { env });
    assert.match(set.stdout, /^DE +Front desk$/m);
    assert.equal((await run(t, ["contacts", "country", "XX"], { env })).status, 65);
    assert.equal((await run(t, ["contacts", "country", "DE", "--source", "Back desk"], { env })).status, 66);
    const none = await run(t, ["contacts", "country", "-", "--source", "Front desk"], { env });
    assert.match(none.stdout, /^None: /);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addressOf, graphql, run, signIn, start, temporaryFolder } from "./ringback.ts";

describe("ringback user", () => {
  it("adds, lists, disables and enables people while a server runs, which feels it at once or within a second", async (t) => {
    const env = { RINGBACK_DATA: temporaryFolder(t) };
    const server = start(t, ["serve", "--port", "0"], { env });
    const url = await addressOf(server);

    const added = await run(t, ["user", "add", "ada"], { env, input: "correct horse\n" });
    assert.deepEqual([added.status, added.stdout], [0, "ada can sign in now.\n"]);
    const token = await signIn(url, "ada", "correct horse");
    assert.ok(token !== null);
    assert.equal(await signIn(url, "ada", "wrong horse"), null);

    const listed = await run(t, ["user", "list"], { env });
    assert.match(listed.stdout, /^NAME +ROLE +STATE +SINCE\nada +admin +active +\d{4}-/);

    const disabled = await run(t, ["user", "disable", "ada"], { env });
    assert.equal(disabled.stdout, "ada can no longer sign in; 1 session was ended.\n");
    assert.equal(await signIn(url, "ada", "correct horse"), null);
    // The running server looks each second whom another process has ended.
    for (let answer = await graphql(url, "{ me { id } }", token); answer.errors === undefined;) {
      answer = await graphql(url, "{ me { id } }", token);
    }
    assert.match((await run(t, ["user", "list", "--json"], { env })).stdout, /"is_disabled": true/);

    assert.equal((await run(t, ["user", "enable", "ada"], { env })).status, 0);
    assert.ok((await signIn(url, "ada", "correct horse")) !== null);

    const generated = await run(t, ["user", "password", "ada", "--generate"], { env });
    const [, password = ""] = /^Password: (\S{20})$/m.exec(generated.stdout) ?? [];
    assert.equal(await signIn(url, "ada", "correct horse"), null);
    assert.ok((await signIn(url, "ada", password)) !== null);
  });

  it("refuses a taken or blank name, a short password and an unknown person, each with a sentence", async (t) => {
    const env = { RINGBACK_DATA: temporaryFolder(t) };
    assert.equal((await run(t, ["user", "add", "ada", "--generate"], { env })).status, 0);
    for (const [args, input, status, message] of [
      [["user", "add", "ada"], "another horse", 65, /There is a user of this name already/],
      [["user", "add", "bob"], "short\n", 65, /at least 8 characters/],
      [["user", "add", " "], "long enough", 65, /must not be empty/],
      [["user", "disable", "eve"], "", 66, /no user eve/],
    ] as const) {
      const outcome = await run(t, args, { env, input });
      assert.equal(outcome.status, status, args.join(" "));
      assert.match(outcome.stderr, message);
    }
  });
});

describe("ringback source", () => {
  it("prints the key once, keeps only a digest, and a removed one is refused", async (t) => {
    const env = { RINGBACK_DATA: temporaryFolder(t) };
    const added = await run(t, ["source", "add", "Front desk"], { env });
    const [, key = ""] = /^ {2}(rbk_\S{43})$/m.exec(added.stdout) ?? [];
    assert.ok(key !== "");
    const listed = await run(t, ["source", "list"], { env });
    assert.match(listed.stdout, /^Front desk +generic +/m);
    assert.ok(!listed.stdout.includes(key));

    assert.equal((await run(t, ["source", "add", "Front desk"], { env })).status, 65);
    assert.equal((await run(t, ["source", "remove", "Front desk"], { env })).status, 0);
    assert.match((await run(t, ["source", "list"], { env })).stdout, /None yet/);
    assert.equal((await run(t, ["source", "remove", "Front desk"], { env })).status, 66);
  });
});

describe("a command that needs a database", () => {
  it("refuses a folder without one and names the way to choose another", async (t) => {
    const env = { RINGBACK_DATA: temporaryFolder(t) };
    for (const args of [["check"], ["export"], ["user", "list"], ["backup", "x.sqlite"], ["keys", "rotate"]]) {
      const { status, stderr } = await run(t, args, { env });
      assert.equal(status, 66, args.join(" "));
      assert.match(stderr, /^ringback: There is no database in .*--data or RINGBACK_DATA/);
    }
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addressOf, graphql, run, settingsOf, signIn, start, temporaryFolder } from "./ringback.ts";

describe("ringback user", () => {
  it("adds, lists, disables and enables people while a server runs, which feels it at once or within a second", async (t) => {
    const env = await settingsOf(t, temporaryFolder(t));
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
    const env = await settingsOf(t, temporaryFolder(t));
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

describe("ringback audit", () => {
  it("shows what commands did and who came in, newest first, as a table and for programs", async (t) => {
    const env = await settingsOf(t, temporaryFolder(t));
    for (const args of [
      ["user", "add", "ada", "--generate"],
      ["user", "invite", "--role", "reader"],
      ["user", "role", "ada", "member"],
      ["user", "password", "ada", "--generate"],
      ["user", "disable", "ada"],
      ["user", "disable", "ada"],
      ["user", "enable", "ada"],
      ["key", "add", "robot"],
      ["key", "remove", "robot"],
      ["source", "add", "PBX"],
      ["source", "remove", "PBX"],
    ]) {
      assert.equal((await run(t, args, { env })).status, 0, args.join(" "));
    }
    const { stdout } = await run(t, ["audit"], { env });
    assert.match(stdout, /^WHEN +WHO +WHAT +WHOM +DETAILS\n\d{4}-.{11} UTC +command-line +source-removed +PBX\n/);
    const lines = (await run(t, ["audit", "--json", "--days", "2"], { env })).stdout.trim().split("\n");
    const events = lines.map((line) => JSON.parse(line));
    assert.deepEqual(events.map(({ kind, target, details }) => [kind, target?.name ?? null, details]).toReversed(), [
      ["user-added", "ada", { role: "admin" }],
      ["user-invited", null, { role: "reader" }],
      ["role-changed", "ada", { role: "member", before: "admin" }],
      ["password-changed", "ada", {}],
      ["user-disabled", "ada", {}],
      ["user-enabled", "ada", {}],
      ["key-created", "robot", { scopes: "read" }],
      ["key-revoked", "robot", {}],
      ["source-added", "PBX", {}],
      ["source-removed", "PBX", {}],
    ]);
    assert.ok(events.every(({ actor }) => actor === "command-line"));
  });
});

describe("ringback workspace, user role, user invite and key", () => {
  it("make a second team whose people and programs see nothing of the first", async (t) => {
    const env = await settingsOf(t, temporaryFolder(t));
    const url = await addressOf(start(t, ["serve", "--port", "0"], { env }));
    assert.equal((await run(t, ["workspace", "add", "Second"], { env })).status, 0);
    assert.equal((await run(t, ["workspace", "add", "Second"], { env })).status, 65);
    assert.equal((await run(t, ["workspace", "add", "2"], { env })).status, 65);
    assert.match(
      (await run(t, ["workspace", "list"], { env })).stdout,
      /^ID +NAME +USERS +CALLS\n1 +main +0 +0\n2 +Second +0 +0\n$/,
    );

    const second = ["--workspace", "Second"];
    assert.equal((await run(t, ["user", "add", "bea", ...second], { env, input: "correct horse\n" })).status, 0);
    assert.match((await run(t, ["user", "list"], { env })).stdout, /Nobody yet/);
    assert.match((await run(t, ["user", "list", "--workspace", "2"], { env })).stdout, /^bea +admin +active/m);
    assert.equal((await run(t, ["user", "list", "--workspace", "Third"], { env })).status, 66);
    const asked = "{ me { role workspace { name } } }";
    const token = await signIn(url, "bea", "correct horse");
    assert.deepEqual((await graphql(url, asked, token ?? "")).data.me, {
      role: "ADMIN",
      workspace: { name: "Second" },
    });

    const changed = await run(t, ["user", "role", "bea", "reader"], { env });
    assert.equal(changed.stdout, "bea is reader now; 1 session was ended.\n");
    const again = await signIn(url, "bea", "correct horse");
    assert.equal((await graphql(url, asked, again ?? "")).data.me.role, "READER");

    const invited = await run(t, ["user", "invite", "--role", "admin", ...second], { env });
    const [, link = ""] = /^ {2}\/invitation#token=(\S{43})$/m.exec(invited.stdout) ?? [];
    const accepted = await fetch(`${url}/invitations/accept`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: link, username: "cleo", password: "correct horse" }),
    });
    assert.equal(accepted.status, 201);

    const added = await run(t, ["key", "add", "Reporting", "--days", "30", ...second], { env });
    const [, key = ""] = /^ {2}(rbk_\S{43})$/m.exec(added.stdout) ?? [];
    assert.deepEqual((await graphql(url, asked, key)).data.me, { role: "READER", workspace: { name: "Second" } });
    const listed = await run(t, ["key", "list", ...second], { env });
    assert.match(listed.stdout, /^Reporting +read /m);
    assert.ok(!listed.stdout.includes(key));
    assert.match((await run(t, ["key", "list"], { env })).stdout, /None yet/);
    assert.equal((await run(t, ["key", "remove", "Reporting"], { env })).status, 66);
    assert.equal((await run(t, ["key", "remove", "Reporting", ...second], { env })).status, 0);
    assert.equal((await graphql(url, asked, key)).errors?.[0]?.message, "Unauthorized");
  });
});

describe("ringback import and export", () => {
  it("take the only workspace, or the one that is named, and name them all where neither says which", async (t) => {
    const env = await settingsOf(t, temporaryFolder(t));
    const line = (id: string) =>
      `${JSON.stringify({ id, direction: "inbound", from: "+12025550123", to: "+442079460123", via: "+442079460123", duration: 1_000, call_type: "missed", created_at: "2026-07-04T14:31:42.731Z" })}\n`;
    const callsOf = async (...args: string[]) => {
      const { status, stdout } = await run(t, ["export", "--format", "ndjson", ...args], { env });
      assert.equal(status, 0);
      return stdout.split("\n").length - 1;
    };
    assert.equal((await run(t, ["import", "-"], { env, input: line("a") + line("b") })).status, 0);
    assert.equal(await callsOf(), 2);

    assert.equal((await run(t, ["workspace", "add", "Second"], { env })).status, 0);
    for (const args of [["import", "-"], ["export"]]) {
      const { status, stderr } = await run(t, args, { env, input: line("c") });
      assert.equal(status, 65, args.join(" "));
      assert.match(stderr, /several workspaces: say which by --workspace \(main, Second\)/);
    }
    assert.equal((await run(t, ["import", "-", "--workspace", "Second"], { env, input: line("c") })).status, 0);
    assert.equal(await callsOf("--workspace", "Second"), 1);
    assert.equal(await callsOf("--workspace", "1"), 2);
    assert.equal((await run(t, ["export", "--workspace", "Third"], { env })).status, 66);
  });
});

describe("ringback source", () => {
  it("prints the key once, keeps only a digest, and a removed one is refused", async (t) => {
    const env = await settingsOf(t, temporaryFolder(t));
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

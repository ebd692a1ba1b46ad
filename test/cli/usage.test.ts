import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { settings } from "../../server/src/config.ts";
import { run, temporaryFolder } from "./ringback.ts";

describe("the command line", () => {
  it("without a command shows what there is and exits as wrong usage", async (t) => {
    const { status, stderr } = await run(t, []);
    assert.equal(status, 64);
    for (const command of [
      "serve",
      "demo",
      "user",
      "source",
      "import",
      "export",
      "backup",
      "check",
      "config",
      "keys",
    ]) {
      assert.match(stderr, new RegExp(`^  ${command}\\b`, "m"));
    }
  });

  it("explains each command with its flags, and no line runs out of a wide terminal", async (t) => {
    for (const [args, expected] of [
      [["serve"], Object.values(settings).map(({ env }) => `--${env.slice(9).toLowerCase().replaceAll("_", "-")} `)],
      [["import"], ["--source", "--format", "--errors", "created_at", "Examples:"]],
      [["export"], ["--spreadsheet", "Examples:"]],
      [
        ["user", "add"],
        ["--generate", "password"],
      ],
    ] as const) {
      const { status, stdout, stderr } = await run(t, [...args, "--help"]);
      assert.equal(status, 0);
      assert.equal(stderr, "");
      for (const text of expected) assert.ok(stdout.includes(text), `${args.join(" ")} --help names ${text}`);
      for (const line of stdout.split("\n")) assert.ok(line.length <= 100, line);
    }
  });

  it("suggests what was meant for an unknown command or flag, and exits with 64", async (t) => {
    for (const [args, message] of [
      [["serv"], /unknown command 'serv'[^]*Did you mean serve\?/],
      [["serve", "--prot", "1"], /unknown option '--prot'[^]*Did you mean --port\?[^]*Help: ringback serve --help/],
      [["user", "ad", "x"], /unknown command 'ad'[^]*Did you mean add\?/],
      [["import"], /missing required argument 'file'/],
      [["import", "a", "b"], /too many arguments/],
      [["export", "--format", "xml"], /Allowed choices are csv, ndjson/],
    ] as const) {
      const { status, stdout, stderr } = await run(t, args);
      assert.equal(status, 64, args.join(" "));
      assert.equal(stdout, "");
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });

  it("reports all mistakes in the settings at once, from every place, and exits with 78", async (t) => {
    const data = temporaryFolder(t);
    writeFileSync(join(data, "ringback.json"), '{ "session-days": "many", "colour": "red" }');
    const env = { RINGBACK_DATA: data, RINGBACK_LOG: "loud" };
    const { status, stderr } = await run(t, ["serve", "--port", "high"], { env });
    assert.equal(status, 78);
    assert.match(stderr, /--port: must be a whole number/);
    assert.match(stderr, /RINGBACK_LOG: must be one of/);
    assert.match(stderr, /ringback\.json, "session-days": must be/);
    assert.match(stderr, /ringback\.json, "colour": there is no such setting/);
  });

  it("tells a failure in one sentence, and where it happened only when the log is set to debug", async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, "taken"), "");
    const env = { RINGBACK_DATA: join(folder, "taken", "below") };
    const plain = await run(t, ["user", "add", "ada", "--generate"], { env });
    assert.equal(plain.status, 73);
    assert.match(plain.stderr, /^ringback: [^\n]+\n$/);
    const debug = await run(t, ["user", "add", "ada", "--generate"], { env: { ...env, RINGBACK_LOG: "debug" } });
    assert.match(debug.stderr, /\n {4}at /);
  });

  it("config shows each setting, its value, where that comes from and what it means, but no secret", async (t) => {
    const data = temporaryFolder(t);
    writeFileSync(join(data, "ringback.json"), '{ "graphql-get": true }');
    const secret = "correct horse battery staple correct horse";
    const env = { RINGBACK_DATA: data, RINGBACK_KEYS_SECRET: secret };
    const text = await run(t, ["config", "--port", "4321"], { env });
    assert.equal(text.status, 0);
    assert.match(text.stdout, /^port +4321 +--port +Port to listen on/m);
    assert.match(text.stdout, /^graphql-get +on +file +/m);
    assert.match(text.stdout, /^keys-secret +\(set\) +RINGBACK_KEYS_SECRET/m);
    assert.match(text.stdout, /^host +127\.0\.0\.1 +default/m);

    const json = await run(t, ["config", "--json"], { env });
    const rows = JSON.parse(json.stdout) as { name: string; variable: string; value: unknown; origin: string }[];
    assert.equal(rows.length, Object.keys(settings).length);
    const row = (name: string) => rows.find((each) => each.name === name);
    assert.deepEqual([row("graphql-get")?.value, row("graphql-get")?.origin], [true, "file"]);
    for (const { stdout } of [text, json]) assert.ok(!stdout.includes(secret));
  });

  it("--version prints the version", async (t) => {
    const { status, stdout } = await run(t, ["--version"]);
    assert.equal(status, 0);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });
});

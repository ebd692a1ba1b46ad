import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  readConfig,
  readSettings,
  settingKey,
  settingNames,
  settings,
  settingsFromEnvironment,
  settingsFromFile,
} from "./config.ts";
import { DomainError } from "./domain/errors.ts";

function mistakesOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof DomainError && error.code === "BAD_CONFIGURATION");
    return error.message.split("\n");
  }
  return [];
}

describe("the settings", () => {
  it("have defaults that are acceptable", () => {
    const config = readConfig();
    assert.equal(config.port, 4000);
    assert.equal(config.host, "127.0.0.1");
    assert.deepEqual(config.origins, []);
  });

  it("come from a flag before the environment, from that before the file, from that before the default", () => {
    const flag = { origin: "flag", values: { port: "1" } } as const;
    const environment = { origin: "environment", values: { port: "2", host: "::1" } } as const;
    const file = settingsFromFile(
      '{ "port": 3, "host": "localhost", "graphql-get": true, "origins": ["loopback", "https://a.example"] }',
    );
    const { config, origins } = readSettings([flag, environment, file]);
    assert.equal(config.port, 1);
    assert.equal(config.host, "::1");
    assert.equal(config.graphqlGet, true);
    assert.deepEqual(config.origins, ["loopback", "https://a.example"]);
    assert.deepEqual(
      [origins.port, origins.host, origins.graphqlGet, origins.sessionDays],
      ["flag", "environment", "file", "default"],
    );
  });

  it("report every mistake at once, each as it was spelled where it was made", () => {
    const file = settingsFromFile('{ "session-days": 0, "prot": 1, "data": "x", "host": {} }');
    const mistakes = mistakesOf(() =>
      readSettings([
        { origin: "flag", values: { port: "65536" } },
        { origin: "environment", values: { logLevel: "loud" } },
        file,
      ]),
    );
    assert.equal(mistakes.length, 6);
    for (const [index, expected] of [
      /^ringback\.json, "prot": there is no such setting$/,
      /^ringback\.json, "data": cannot be set/,
      /^ringback\.json, "host": must be a text/,
      /^--port: must be a whole number from 0 to 65535 \(got "65536"\)$/,
      /^ringback\.json, "session-days": must be a whole number from 1 /,
      /^RINGBACK_LOG: must be one of trace, .*got "loud"/,
    ].entries()) {
      assert.match(mistakes[index] ?? "", expected);
    }
  });

  it("never show a secret in a mistake", () => {
    const [mistake = ""] = mistakesOf(() => readConfig({ keysSecret: "too-short" }));
    assert.match(mistake, /RINGBACK_KEYS_SECRET: must have 32 characters/);
    assert.ok(!mistake.includes("too-short"));
  });

  it("in a file that is not a JSON object are a mistake, not a crash", () => {
    for (const text of ["", "{", "[]", "null", "7"]) {
      assert.equal(mistakesOf(() => readSettings([settingsFromFile(text)])).length, 1, text);
    }
  });

  it("have distinct names on the command line, made from the names in the environment", () => {
    assert.equal(settingKey("trustedProxies"), "trusted-proxies");
    assert.equal(new Set(settingNames.map(settingKey)).size, settingNames.length);
    assert.equal(new Set(settingNames.map((name) => settings[name].env)).size, settingNames.length);
  });

  it("are not taken from empty variables", () => {
    assert.deepEqual(settingsFromEnvironment({ RINGBACK_PORT: "", RINGBACK_HOST: "h", PORT: "1" }), { host: "h" });
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { settings } from "../server/src/config.ts";
import { startTestServer } from "./support/server.ts";

/** Debian keeps servers out of the path of ordinary users. */
const environment = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin` };

const text = readFileSync(resolve(import.meta.dirname, "../docs/operations.md"), "utf8");

describe("the examples of docs/operations.md", () => {
  it("set what there is to set", () => {
    const known = new Set<string>(Object.values(settings).map(({ env }) => env));
    const named = ["ini", "nginx", "yaml"].flatMap((language) => example(language).match(/RINGBACK_[A-Z_]+/g) ?? []);
    assert.ok(named.length > 4);
    assert.deepEqual(
      named.filter((name) => !known.has(name)),
      [],
    );
  });

  it("ask a node how it is where it says so", async () => {
    const paths = [...example("yaml").matchAll(/httpGet: \{ path: (\S+), port: http \}/g)].map(([, path]) => path);
    assert.deepEqual(paths, ["/healthz", "/readyz"]);
    const server = await startTestServer();
    for (const path of paths) {
      // oxlint-disable-next-line no-await-in-loop
      assert.equal((await fetch(`${server.url}${path}`)).status, 200);
    }
    await server.close();
  });

  it("let a node take longer to stop than it drains, closes its sockets and finishes what runs", () => {
    const closingSeconds = 15;
    const [yaml, unit] = [example("yaml"), example("ini")];
    const seconds = (pattern: RegExp, within: string) => Number(pattern.exec(within)?.[1]);
    assert.ok(
      seconds(/GracePeriodSeconds: (\d+)/, yaml) > seconds(/DRAIN_MS, value: "(\d+)"/, yaml) / 1_000 + closingSeconds,
    );
    assert.ok(seconds(/TimeoutStopSec=(\d+)/, unit) > seconds(/DRAIN_MS=(\d+)/, unit) / 1_000 + closingSeconds);
  });

  it("are a unit that systemd takes", skipWithout("systemd-analyze"), () => {
    // Neither the program nor its user are on this machine.
    const unit = example("ini")
      .replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`)
      .replace(/^(User|EnvironmentFile|WorkingDirectory)=.*\n/gm, "");
    inFolder("ringback@.service", unit, (file) => {
      const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file.replace("@", "@4001")], {
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
      assert.doesNotMatch(stderr, /ringback/);
    });
  });

  it("are a site that nginx takes", skipWithout("nginx"), () => {
    const site = `events {}\npid /dev/null;\nhttp {\n${example("nginx")}}\n`;
    inFolder("nginx.conf", site, (file) => {
      const { stderr } = spawnSync("nginx", ["-t", "-e", "stderr", "-c", file], { encoding: "utf8", env: environment });
      assert.match(stderr, /syntax is ok/); // what follows is about folders of the installation
    });
  });
});

function example(language: string): string {
  const [, block] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(text) ?? [];
  assert.ok(block !== undefined, `there is an example in ${language}`);
  return block;
}

/** Where it has to be installed the test runs, and fails without it. */
function skipWithout(program: string) {
  const isThere = spawnSync(program, ["-v"], { env: environment }).error === undefined;
  return { skip: isThere || process.env["CI"] === "true" ? false : `${program} is not installed` };
}

function inFolder(name: string, content: string, run: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "ringback-operations-"));
  try {
    writeFileSync(join(folder, name), content);
    run(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

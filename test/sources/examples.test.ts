import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import type { SourceKind } from "../../server/src/domain/source.ts";
import { startTestServer } from "../support/server.ts";

const run = promisify(execFile);
const folder = join(import.meta.dirname, "../../docs/sources");
const hasCurl = spawnSync("curl", ["--version"]).error === undefined;
const skip = hasCurl || process.env["CI"] === "true" ? false : "curl is not installed";

test("the examples of generic.md answer what is printed below them", { skip, timeout: 60_000 }, async () => {
  const text = await readFile(join(folder, "generic.md"), "utf8");
  const examples = [...text.matchAll(/```sh\n(.*?)```\n\n```json\n(.*?)```/gs)];
  assert.equal(examples.length, 3);
  const { server, environment } = await startWithSource("generic");
  try {
    for (const [, command = "", answer = ""] of examples) {
      const local = command.replace("http://127.0.0.1:4000", server.url);
      const { stdout } = await run("sh", ["-c", local.replace("curl", "curl -sS")], { env: environment });
      assert.deepEqual(JSON.parse(stdout), JSON.parse(answer));
    }
  } finally {
    await server.close();
  }
});

test("records in syslog can be sent again as the Kamailio guide says", { skip, timeout: 60_000 }, async () => {
  const text = await readFile(join(folder, "kamailio/README.md"), "utf8");
  const command = /```sh\n(grep.*?)```/s.exec(text)?.[1];
  assert.ok(command !== undefined);
  const { server, environment } = await startWithSource("kamailio");
  const data = await mkdtemp(join(tmpdir(), "ringback-syslog-"));
  try {
    const log = join(data, "syslog");
    const lines = Array.from(
      { length: 2_500 },
      (_, index) =>
        `Jan  5 08:00:10 proxy json_acc[812]: {"start_time": "1767600002.500", "end_time": "1767600010.250", "duration": "7.75", "call_id": "sip-${index}", "from_tag": "t", "cseq": "1", "direction": "inbound", "from": "+442079460001", "to": "+33199001122", "via": "+33199001122", "call_type": "answered", "started": "1767600000.125000", "ended": ""}`,
    );
    await writeFile(log, `Jan  5 08:00:09 proxy kamailio[811]: NOTICE: started\n${lines.join("\n")}\n`);
    const again = () =>
      run("sh", ["-c", command.replace("/var/log/syslog", log)], { env: environment, maxBuffer: 2 ** 24 });
    assert.equal(verdicts((await again()).stdout, "new"), 2_500);
    assert.equal(verdicts((await again()).stdout, "duplicate"), 2_500);
    assert.equal((await server.storage.calls.page(1, 0, 0)).totalCount, 2_500);
  } finally {
    await server.close();
    await rm(data, { recursive: true, force: true });
  }
});

async function startWithSource(kind: SourceKind) {
  const server = await startTestServer();
  const key = "rbk_examples-test";
  const source = { id: "example", workspaceId: 1, name: "example", kind, createdAtMs: 0 };
  await server.storage.sources.add(source, hash("sha256", key));
  const environment = { ...process.env, RINGBACK_KEY: key, RINGBACK_URL: `${server.url}/ingest/calls` };
  return { server, environment };
}

function verdicts(output: string, verdict: string): number {
  return output.split(`"verdict":"${verdict}"`).length - 1;
}

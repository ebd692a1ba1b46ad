import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { startTestServer, testPassword } from "../support/server.ts";

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);
const env = { ...process.env, PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env["PATH"]}` };

/** The package as `npm pack` makes it, installed in an app of its own. */
describe("@ringback/client as it is published", () => {
  let folder: string;
  let installed: string;
  let packedBytes: number;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringback-client-"));
    await cp(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
    await cp(join(root, "client"), join(folder, "client"), {
      recursive: true,
      filter: (path) => !/client\/(dist|node_modules)/.test(path),
    });
    await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: join(folder, "client"), env });
    const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
    assert.ok(tarball);
    packedBytes = (await stat(join(folder, tarball))).size;
    installed = join(folder, "app/node_modules/@ringback/client");
    await mkdir(installed, { recursive: true });
    await run("tar", ["-xzf", join(folder, tarball), "-C", installed, "--strip-components=1"]);
  });
  after(() => rm(folder, { recursive: true }));

  it("holds JavaScript without dependencies, and is as large as its README says", async () => {
    const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as Record<string, unknown>;
    assert.equal(manifest["dependencies"], undefined);
    const scripts = (await readdir(join(installed, "dist"))).filter((name) => name.endsWith(".js"));
    const texts = await Promise.all(scripts.map((name) => readFile(join(installed, "dist", name))));
    const code = Buffer.concat(texts);
    for (const text of texts) assert.doesNotMatch(text.toString(), /from "[^.]/);
    const readme = await readFile(join(root, "client/README.md"), "utf8");
    const said =
      /(\d+) kB packed; its\s+code is (\d+) kB, (\d+) kB after\s+gzip/.exec(readme)?.slice(1).map(Number) ?? [];
    const sizes = [packedBytes, code.length, gzipSync(code).length].map((bytes) => bytes / 1_000);
    // Types and their descriptions come and go with the schema.
    assert.ok(
      sizes.every((size, at) => size <= (said[at] ?? 0) && size > (said[at] ?? 0) * 0.7),
      `packed, code, after gzip: ${sizes.join(", ")} kB`,
    );
  });

  it("runs the snippets of its README, types and all", async (t) => {
    const server = await startTestServer();
    t.after(() => server.close());
    await server.addCalls(3);
    await server.signIn("ada");
    const readme = await readFile(join(root, "client/README.md"), "utf8");
    const snippets = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, snippet]) => snippet);
    assert.equal(snippets.length, 4);
    const program = [
      ...snippets,
      // What a colleague does, once the app follows; then it leaves.
      `await ringback.request(archive, { id: "2" });`,
      `while (inbox.has("2")) await new Promise((resolve) => setImmediate(resolve));`,
      `leaving.abort();`,
      `await following;`,
    ].join("\n");
    const text = program.replace("https://calls.example.com", server.url).replace("her password", testPassword);
    const app = join(folder, "app");
    await writeFile(join(app, "package.json"), `{ "type": "module" }`);
    await writeFile(join(app, "main.ts"), text);
    await cp(join(root, "node_modules/@types"), join(app, "node_modules/@types"), { recursive: true });
    await cp(join(root, "node_modules/undici-types"), join(app, "node_modules/undici-types"), { recursive: true });
    const compilerOptions = {
      target: "es2022",
      module: "nodenext",
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    };
    await writeFile(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
    await run("tsc", ["-p", "."], { cwd: app, env }).catch(({ stdout }: { stdout: string }) => assert.fail(stdout));
    const { stdout } = await run(process.execPath, ["main.js"], { cwd: app });
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines[0], "true");
    assert.match(lines[1] ?? "", /^CONFLICT \S+ null \{/);
    assert.ok(lines.includes("live"));
    assert.equal(lines.at(-1), "CALL_ARCHIVED 2 1");
  });
});

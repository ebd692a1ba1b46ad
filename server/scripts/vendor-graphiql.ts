import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { vendorFiles } from "../src/http/graphiql/vendor-files.ts";

// Fetches GraphiQL and what it runs on from npm, as their authors built them, into server/src/http/graphiql/vendor/.
// With --check it changes nothing and fails where a file there is not the published one.

const folder = join(import.meta.dirname, "../src/http/graphiql/vendor");
const isCheck = process.argv.includes("--check");
const scratch = mkdtempSync(join(tmpdir(), "vendor-graphiql-"));
const differing: string[] = [];

try {
  const unpacked = new Map<string, string>();
  for (const { name, spec, path } of vendorFiles) {
    const from = unpacked.get(spec) ?? unpack(spec);
    unpacked.set(spec, from);
    put(`${name}.gz`, gzipSync(readFileSync(join(from, path)), { level: 9 }));
  }
  const licences = [...unpacked].map(([spec, from]) => `# ${spec}\n\n${licenceOf(from)}`);
  put("LICENSES.txt", Buffer.from(licences.join("\n")));
} finally {
  rmSync(scratch, { recursive: true });
}
if (differing.length > 0) {
  process.stderr.write(`Not as published: ${differing.join(", ")}\n`);
  process.exitCode = 1;
}

/** npm checks what it downloads against the registry's own digest. */
function unpack(spec: string): string {
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", spec, "--json", "--pack-destination", scratch], { encoding: "utf8" }),
  ) as [{ filename: string }];
  const into = join(scratch, spec.replaceAll(/\W/g, "-"));
  mkdirSync(into);
  execFileSync("tar", ["-xzf", join(scratch, filename), "-C", into, "--strip-components=1"]);
  return into;
}

function licenceOf(folder: string): string {
  const file = ["LICENSE", "LICENSE.md"].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`There is no licence in ${folder}.`);
  return readFileSync(file, "utf8").trim() + "\n";
}

function put(name: string, bytes: Buffer): void {
  const file = join(folder, name);
  if (!isCheck) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, bytes);
  } else if (!existsSync(file) || !readFileSync(file).equals(bytes)) differing.push(name);
}

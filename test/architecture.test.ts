import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { settings } from "../server/src/config.ts";
import { errorTable } from "../server/src/domain/errors.ts";
import { appPaths } from "../server/src/http/web-app.ts";

const root = resolve(import.meta.dirname, "..");
const sources = join(root, "server/src");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const architecture = read("ARCHITECTURE.md");

/** The rows of the table under a heading, as cells without their code marks. */
function table(markdown: string, heading: string): string[][] {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(heading));
  assert.ok(section, `there is a section "${heading}"`);
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "").replaceAll("\\|", "|")),
  );
}

const layout = new Map(
  table(architecture, "Where things live").map(([folder = "", , mayImport = ""]) => [folder, mayImport.split(", ")]),
);

/** The first folder below server/src that a file is in, or the file's own name without its ending. */
function room(file: string): string {
  const [first = ""] = relative(sources, file).split("/");
  return first.replace(/\.ts$/, "");
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

const isProduct = (file: string) => !/\.(test|contract)\.ts$/.test(file);
const productFiles = globSync("**/*.ts", { cwd: sources })
  .map((file) => join(sources, file))
  .filter(isProduct);

test("every folder of the server is in the table of ARCHITECTURE.md, and the other way round", () => {
  const folders = new Set(productFiles.filter((file) => relative(sources, file).includes("/")).map(room));
  const named = [...layout.keys()].filter((folder) => folder.startsWith("server/src/"));
  assert.deepEqual(
    [...folders].toSorted(),
    named.map((folder) => folder.replace(/^server\/src\/|\/$/g, "")).toSorted(),
  );
  for (const folder of layout.keys()) assert.ok(existsSync(join(root, folder)), `${folder} exists`);
});

test("each folder imports only what the table allows it", () => {
  const breaches: string[] = [];
  for (const file of productFiles) {
    const from = room(file);
    const allowed = layout.get(`server/src/${from}/`);
    if (allowed === undefined) continue; // app.ts, config.ts, log.ts and the others beside the folders
    for (const specifier of importsOf(file).filter((name) => name.startsWith("."))) {
      const to = room(resolve(dirname(file), specifier));
      if (to !== from && !allowed.includes(to)) breaches.push(`${relative(root, file)} imports ${specifier}`);
    }
  }
  assert.deepEqual(breaches, []);
});

test("the domain imports no library and nothing of the platform", () => {
  const foreign = productFiles
    .filter((file) => room(file) === "domain")
    .flatMap((file) => importsOf(file).map((specifier) => [relative(root, file), specifier] as const))
    .filter(([, specifier]) => !specifier.startsWith("./"));
  assert.deepEqual(foreign, []);
});

test("app.ts alone is the composition root: nothing but the command line imports it", () => {
  const importers = productFiles.filter((file) =>
    importsOf(file).some((specifier) => resolve(dirname(file), specifier) === join(sources, "app.ts")),
  );
  assert.deepEqual([...new Set(importers.map(room))].toSorted(), ["cli"]);
});

test("the web app and the server do not import each other", () => {
  const web = globSync("web/src/**/*.{ts,tsx}", { cwd: root }).map((file) => join(root, file));
  for (const file of web) assert.ok(!importsOf(file).some((name) => name.includes("server/")), file);
  for (const file of productFiles) assert.ok(!importsOf(file).some((name) => name.includes("web/")), file);
});

test("the client package imports nothing but itself", () => {
  const files = globSync("client/src/*.ts", { cwd: root }).map((file) => join(root, file));
  assert.ok(files.length > 5);
  // A line break comes of a union with the field "from" in it.
  const foreign = files.flatMap(importsOf).filter((name) => !/^\.\/[\w.-]+\.ts$|\n/.test(name));
  assert.deepEqual(foreign, []);
});

test("each folder of the web app imports only what the table allows it", () => {
  const web = join(root, "web/src");
  const breaches: string[] = [];
  for (const file of globSync("*/**/*.{ts,tsx}", { cwd: web })) {
    const [from = ""] = file.split("/");
    const allowed = layout.get(`web/src/${from}/`);
    for (const specifier of importsOf(join(web, file)).filter((name) => name.startsWith("."))) {
      const [to = ""] = relative(web, resolve(web, dirname(file), specifier)).split("/");
      if (to !== from && allowed?.includes(to) !== true) breaches.push(`${file} imports ${specifier}`);
    }
  }
  assert.deepEqual(breaches, []);
});

test("the server answers the app for every path that the app has", () => {
  const paths = [...read("web/src/pages/routes.ts").matchAll(/path: "\/([\w-]*)/g)].map(([, first = ""]) => first);
  const views = [...read("web/src/lib/views.ts").matchAll(/^ {2}(\w+): \{ label/gm)].map(([, view = ""]) => view);
  assert.ok(paths.length > 4 && views.length > 4);
  // Set-up is answered by a route, and only while nobody has an account.
  const own = [...paths, ...views].filter((path) => path !== "setup");
  assert.deepEqual(
    own.filter((path) => !appPaths.has(path)),
    [],
  );
});

test("every production dependency of the server has a row with its reason", () => {
  const manifest = JSON.parse(read("server/package.json")) as { dependencies: Record<string, string> };
  const rows = table(architecture, "Parts we did not write").map(([name = ""]) => name);
  assert.deepEqual(rows.filter((name) => name !== "node").toSorted(), Object.keys(manifest.dependencies).toSorted());
});

test("docs/errors.md lists every code as the table in the code has it", () => {
  assert.deepEqual(
    table(read("docs/errors.md"), "The codes"),
    Object.entries(errorTable).map(([code, { http, close, exit, meaning }]) => [
      code,
      String(http),
      close === null ? "–" : String(close),
      String(exit),
      meaning.replaceAll("`", ""),
    ]),
  );
});

test("docs/operations.md lists every setting as the table in the code has it", () => {
  assert.deepEqual(
    table(read("docs/operations.md"), "Settings"),
    Object.values(settings).map(({ env, default: fallback, meaning }) => [
      env,
      fallback === "" ? "–" : fallback,
      meaning.replaceAll("`", ""),
    ]),
  );
});

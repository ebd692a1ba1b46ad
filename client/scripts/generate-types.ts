import { readFile, writeFile } from "node:fs/promises";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import { parse } from "graphql";

const schemaFile = new URL("../../schema.graphql", import.meta.url);
const outputFile = new URL("../src/schema.gen.ts", import.meta.url);

/** Writes client/src/schema.gen.ts, types alone, from schema.graphql; with `--check` only says whether it is up to date. */
const body = await codegen({
  filename: "schema.gen.ts",
  schema: parse(await readFile(schemaFile, "utf8")),
  documents: [],
  config: {
    enumsAsTypes: true,
    immutableTypes: true,
    strictScalars: true,
    scalars: { Cursor: "string", ID: "string" },
    skipTypename: true,
    avoidOptionals: { field: true },
  },
  plugins: [{ typescript: {} }],
  pluginMap: { typescript },
});
const generated = `// Generated from schema.graphql by \`npm run generate\`. Not to be edited.\n${body}\n`;
if (process.argv.includes("--check")) {
  const committed = await readFile(outputFile, "utf8").catch(() => "");
  if (committed !== generated) {
    process.stderr.write("client/src/schema.gen.ts is not what schema.graphql says. Run `npm run generate`.\n");
    process.exitCode = 1;
  }
} else {
  await writeFile(outputFile, generated);
}

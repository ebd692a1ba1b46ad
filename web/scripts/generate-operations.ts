import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, print, visit } from "graphql";

const api = join(import.meta.dirname, "../src/api");
const isCheck = process.argv.includes("--check");

/**
 * Writes `<name>.gen.ts` beside each `web/src/api/<name>.graphql`: the types of its operations and the operations themselves.
 * A fragment of one file may be used in all. With `--check` only says whether the files are up to date.
 */
const schema = parse(await readFile(join(api, "../../../schema.graphql"), "utf8"));
const files = await Promise.all(
  globSync("*.graphql", { cwd: api })
    .toSorted()
    .map(async (name) => ({ name, document: parse(await readFile(join(api, name), "utf8")) })),
);
const fragments = new Map(files.flatMap(({ document }) => fragmentsOf(document)).map((one) => [one.name.value, one]));

for (const { name, document } of files) {
  const generated = await generate(document);
  const output = join(api, name.replace(/\.graphql$/, ".gen.ts"));
  if (!isCheck) await writeFile(output, generated);
  else if ((await readFile(output, "utf8").catch(() => "")) !== generated) {
    process.stderr.write(`${output} is not what ${name} and schema.graphql say. Run \`npm run generate\`.\n`);
    process.exitCode = 1;
  }
}

async function generate(document: DocumentNode): Promise<string> {
  const own = new Set(fragmentsOf(document).map(({ name }) => name.value));
  const borrowed = spreadsIn(document).filter((name) => !own.has(name));
  const all = { ...document, definitions: [...document.definitions, ...borrowed.map(fragment)] };
  const types = await codegen({
    filename: "operations.gen.ts",
    // The generator is typed for another version of graphql; the trees are the same.
    schema: schema,
    documents: [{ document: all }],
    config: {
      enumsAsTypes: true,
      enumType: "string-literal",
      immutableTypes: true,
      strictScalars: true,
      scalars: { Cursor: "string", ID: { input: "string", output: "string" } },
      nonOptionalTypename: true,
      useTypeImports: true,
      avoidOptionals: false,
    },
    plugins: [{ operations: {} }],
    pluginMap: { operations },
  });
  const texts = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.name === undefined) return "";
    const name = definition.name.value;
    const kind = `${definition.operation[0]?.toUpperCase()}${definition.operation.slice(1)}`;
    const type = `${name}${kind}`;
    const text = [definition, ...spreadsIn(definition).map(fragment)].map(print).join("\n");
    return `export const ${name}Document = operation<${type}, ${type}Variables>(\`${text}\`);\n`;
  });
  return [
    "// Generated from the operations of this name by `npm run generate`. Not to be edited.",
    `import { operation } from "./operation.ts";`,
    types,
    ...texts.filter(Boolean),
  ].join("\n");
}

/** The fragments that a part of a document rests on, those behind others included. */
function spreadsIn(node: Parameters<typeof print>[0], seen: string[] = []): string[] {
  visit(node, {
    FragmentSpread({ name: { value } }) {
      if (seen.includes(value)) return;
      seen.push(value);
      spreadsIn(fragment(value), seen);
    },
  });
  return seen;
}

function fragment(name: string): FragmentDefinitionNode {
  const found = fragments.get(name);
  if (found === undefined) throw new Error(`No file of web/src/api has the fragment ${name}.`);
  return found;
}

function fragmentsOf({ definitions }: DocumentNode): FragmentDefinitionNode[] {
  return definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
}

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { buildSchema, parse, validate } from "graphql";
import { readSdl } from "../server/src/graphql/schema.ts";
import { startTestServer, type TestServer } from "./support/server.ts";

const run = promisify(execFile);
const hasCurl = spawnSync("curl", ["--version"]).error === undefined;
const skip = hasCurl || process.env["CI"] === "true" ? false : "curl is not installed";

const textOf = (path: string) => readFileSync(resolve(import.meta.dirname, "..", path), "utf8");
const blocksOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, block = ""]) => block);

const schema = buildSchema(readSdl());
const api = textOf("docs/api.md");
const readme = textOf("README.md");

describe("the examples of the documentation", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({}, { anyPassword: true });
    await server.addCalls(3);
  });
  after(() => server.close());

  it("in GraphQL fit the schema", () => {
    const queries = [...readme.matchAll(/query: "([^"]+)"/g)].map(([, query = ""]) => query);
    const documents = [...blocksOf(api, "graphql"), ...queries];
    assert.ok(documents.length >= 3);
    for (const document of documents) {
      assert.deepEqual(
        validate(schema, parse(document)).map(({ message }) => message),
        [],
        document,
      );
    }
  });

  it("in GraphQL are answered without an error", async () => {
    const { accessToken: token } = await server.signIn();
    for (const document of blocksOf(api, "graphql")) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as somebody tries them
      const { errors } = await server.graphql(document, { token });
      assert.equal(errors, undefined, document);
    }
  });

  it("name operations with arguments that they have", () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const named = [...api.matchAll(/`(\w+)\((\w+(?:, \w+)*)\)/g)].flatMap(([, name = "", list = ""]) => {
      const fields = roots.flatMap((root) => root?.getFields()[name] ?? []);
      return fields.length === 0 ? [] : [{ name, fields, given: list.split(", ") }];
    });
    assert.ok(named.length > 15);
    for (const { name, fields, given } of named) {
      const known = fields.map(({ args }) => new Set(args.map((argument) => argument.name)));
      assert.ok(
        known.some((names) => given.every((argument) => names.has(argument))),
        `${name}(${given.join(", ")})`,
      );
    }
  });

  for (const [path, count] of [
    ["README.md", 1],
    ["docs/rest.md", 1],
  ] as const) {
    it(`of ${path} for a shell are answered`, { skip, timeout: 60_000 }, async () => {
      const blocks = blocksOf(textOf(path), "sh");
      assert.equal(blocks.length, count);
      for (const block of blocks) {
        const local = block.replaceAll(/(http:\/\/127\.0\.0\.1|localhost):4000/g, server.url);
        const script = `set -e\ncurl() { command curl -S --fail-with-body "$@"; }\n${local}`;
        // oxlint-disable-next-line no-await-in-loop -- one after the other, as somebody tries them
        const { stdout } = await run("sh", ["-c", script]);
        assert.doesNotMatch(stdout, /"errors"|"statusCode"/);
        assert.match(stdout, /"totalCount":3/);
      }
    });
  }
});

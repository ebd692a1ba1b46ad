import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import {
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
} from "graphql";

// The folder holds the schemas that clients were made for: the documented API, and one `<version>.graphql` a release.
const folder = new URL(".", import.meta.url);
const now = readSchema(new URL("../../schema.graphql", import.meta.url));

for (const name of readdirSync(folder).filter((name) => name.endsWith(".graphql"))) {
  test(`a client made for ${name} finds everything it knows, as it knows it`, () => {
    assert.deepEqual(findBreakingChanges(readSchema(new URL(name, folder)), now), []);
  });

  test(`no default that ${name} promises has moved`, () => {
    const moved = findDangerousChanges(readSchema(new URL(name, folder)), now).filter(
      ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    );
    assert.deepEqual(moved, []);
  });
}

function readSchema(file: URL): GraphQLSchema {
  return buildSchema(readFileSync(file, "utf8"));
}

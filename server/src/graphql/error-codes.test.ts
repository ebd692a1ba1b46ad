import assert from "node:assert/strict";
import { test } from "node:test";
import { GraphQLEnumType, buildSchema } from "graphql";
import { errorTable } from "../domain/errors.ts";
import { limits } from "./limits.ts";
import { readSdl } from "./schema.ts";

const schema = buildSchema(readSdl());

test("the enum ErrorCode has the codes of the table with their meanings, no more and no less", () => {
  const type = schema.getType("ErrorCode");
  assert.ok(type instanceof GraphQLEnumType);
  assert.deepEqual(
    type.getValues().map(({ name, description }) => [name, description]),
    Object.entries(errorTable).map(([code, { meaning }]) => [code, meaning]),
  );
});

test("the limits that the schema shows are limits that the core has", () => {
  const shown = Object.keys((schema.getType("Limits") as { getFields?(): object } | undefined)?.getFields?.() ?? {});
  const others = new Set(["pageLimit", "rate"]);
  assert.ok(shown.length > others.size);
  for (const name of shown) assert.ok(others.has(name) || name in limits, name);
});

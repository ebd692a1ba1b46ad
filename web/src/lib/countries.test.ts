import assert from "node:assert/strict";
import { test } from "node:test";
import { countries } from "./countries.ts";

test("each country of today is there once, by name, and nothing else is", () => {
  const all = countries("en");
  const codes = all.map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  for (const code of ["DE", "US", "GB", "NZ", "ZA"]) assert.ok(codes.includes(code), code);
  for (const code of ["EU", "UN", "ZZ", "DD", "SU"]) assert.ok(!codes.includes(code), code);
  assert.deepEqual(
    all.map(({ name }) => name),
    all.map(({ name }) => name).toSorted((one, other) => one.localeCompare(other, "en")),
  );
});

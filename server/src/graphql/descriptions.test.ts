import assert from "node:assert/strict";
import { it } from "node:test";
import { buildSchema, isEnumType, isInputObjectType, isIntrospectionType, isObjectType } from "graphql";
import { readSdl } from "./schema.ts";

it("every type, field, argument and value of the schema has a description", () => {
  const bare: string[] = [];
  const look = (name: string, element: { readonly description?: string | null | undefined }) => {
    if (!element.description) bare.push(name);
  };
  for (const type of Object.values(buildSchema(readSdl()).getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field);
      if ("args" in field)
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
    }
  }
  assert.deepEqual(bare, []);
});

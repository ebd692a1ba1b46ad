import { readFileSync } from "node:fs";
import {
  type GraphQLArgument,
  type GraphQLFieldResolver,
  GraphQLObjectType,
  type GraphQLSchema,
  buildSchema,
} from "graphql";
import { acceptTextForCallId } from "./call-id-argument.ts";
import { resolvers } from "./resolvers.ts";

/** The published contract, as text: `schema.graphql` of the repository. */
export function readSdl(): string {
  return readFileSync(new URL("../../../schema.graphql", import.meta.url), "utf8");
}

/** The contract with its resolvers, and the one argument that takes more than its published type. */
export type ExecutableSchema = { readonly schema: GraphQLSchema; readonly callId: GraphQLArgument };

/**
 * Builds it from the contract's text, which is ours and checked by the tests: to check it again at each start takes as long as all the
 * rest, and where in the text a type stands is of no use here.
 * @throws Error when a resolver stands for a type or field that the contract lacks.
 */
export function executableSchema(sdl: string): ExecutableSchema {
  const schema = buildSchema(sdl, { assumeValid: true, noLocation: true });
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!(type instanceof GraphQLObjectType)) throw new Error(`The schema has no object type ${typeName}.`);
    for (const [fieldName, resolve] of Object.entries(fields)) {
      const field = type.getFields()[fieldName];
      if (field === undefined) throw new Error(`The schema has no field ${typeName}.${fieldName}.`);
      field.resolve = resolve as GraphQLFieldResolver<unknown, unknown>;
    }
  }
  return { schema, callId: acceptTextForCallId(schema) };
}

import { type FieldNode, Kind, type OperationDefinitionNode, type TypeNode, type ValueNode } from "graphql";
import type { Variables } from "../variables.ts";
import { NotCompiled } from "./object-text.ts";

/** The value of a variable or argument; undefined where none is given. */
export type Value = string | number | boolean | null | undefined;

/** The values of an operation's variables, in order, or null when the library has to say what is wrong with them. */
export type ReadVariables = (variables: Variables) => readonly Value[] | null;

/** What an argument has, once the variables are known. */
export type ReadArgument = (values: readonly Value[]) => Value;

/** What the plain scalars take from a variable; `undefined` for what they refuse or change in ways not worth repeating. */
export const scalars: Readonly<Record<string, (value: unknown) => Value>> = {
  Float: (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined),
  Int: (value) =>
    typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : undefined,
  ID: (value) =>
    typeof value === "string"
      ? value
      : typeof value === "number" && Number.isSafeInteger(value)
        ? String(value)
        : undefined,
  String: (value) => (typeof value === "string" ? value : undefined),
  Boolean: (value) => (typeof value === "boolean" ? value : undefined),
};

/** Reads the variables of an operation as the specification coerces them (section 6.1.2). @throws NotCompiled */
export function compileVariables({ variableDefinitions = [] }: OperationDefinitionNode): ReadVariables {
  const readers = variableDefinitions.map(({ variable, type, defaultValue }) => {
    const { name, isRequired } = namedScalar(type);
    const read = scalars[name];
    if (read === undefined) throw new NotCompiled(`$${variable.name.value}`);
    const fallback = defaultValue === undefined ? undefined : literal(defaultValue, name);
    return { name: variable.name.value, read, isRequired, fallback };
  });
  return (variables) => {
    const values: Value[] = [];
    for (const { name, read, isRequired, fallback } of readers) {
      const given = variables[name];
      if (given === undefined) {
        if (fallback === undefined && isRequired) return null;
        values.push(fallback);
      } else if (given === null) {
        if (isRequired) return null;
        values.push(null);
      } else {
        const value = read(given);
        if (value === undefined) return null;
        values.push(value);
      }
    }
    return values;
  };
}

/** Reads one argument of a field; undefined where it is not given. @throws NotCompiled */
export function compileArgument(
  field: FieldNode,
  name: string,
  typeName: "Float" | "Boolean" | "CallId",
  variableNames: readonly string[],
): ReadArgument {
  return compileValue(
    field.arguments?.find((argument) => argument.name.value === name)?.value,
    typeName,
    variableNames,
  );
}

/** @throws NotCompiled */
export function compileValue(
  node: ValueNode | undefined,
  typeName: "Float" | "Boolean" | "String" | "CallId",
  variableNames: readonly string[],
): ReadArgument {
  if (node === undefined) return () => undefined;
  if (node.kind === Kind.VARIABLE) {
    const at = variableNames.indexOf(node.name.value);
    if (at === -1) throw new NotCompiled(`$${node.name.value}`);
    return (values) => values[at];
  }
  const value = literal(node, typeName);
  return () => value;
}

function namedScalar(type: TypeNode): { readonly name: string; readonly isRequired: boolean } {
  if (type.kind === Kind.NON_NULL_TYPE) return { ...namedScalar(type.type), isRequired: true };
  if (type.kind === Kind.LIST_TYPE) throw new NotCompiled("a list");
  return { name: type.name.value, isRequired: false };
}

function literal(node: ValueNode, typeName: string): Value {
  if (node.kind === Kind.NULL) return null;
  if (typeName === "Boolean" && node.kind === Kind.BOOLEAN) return node.value;
  if (typeName === "Float" && (node.kind === Kind.INT || node.kind === Kind.FLOAT)) return Number(node.value);
  if (typeName === "Int" && node.kind === Kind.INT) return Number(node.value);
  if (typeName === "String" && node.kind === Kind.STRING) return node.value;
  // Digits stay text: a number might be another one than they say.
  if ((typeName === "ID" || typeName === "CallId") && (node.kind === Kind.STRING || node.kind === Kind.INT))
    return node.value;
  throw new NotCompiled(typeName);
}

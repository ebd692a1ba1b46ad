import { limits } from "./limits.ts";
import { refusal } from "./refusal.ts";

export type Variables = Readonly<Record<string, unknown>>;

/**
 * The values of the declared variables, in an object without a prototype, so that no name means anything special. Others
 * that came along are left out.
 * @throws Refusal QUERY_TOO_COMPLEX for a value nested too deep, BAD_USER_INPUT for a text that is too long.
 */
export function declaredVariables(given: Variables | null, names: readonly string[]): Variables {
  const declared = Object.create(null) as Record<string, unknown>;
  if (given === null) return declared;
  for (const name of names) {
    if (!Object.hasOwn(given, name)) continue;
    const value = given[name];
    checkValue(value, name, 0);
    declared[name] = value;
  }
  return declared;
}

function checkValue(value: unknown, name: string, depth: number): void {
  if (typeof value === "string" && value.length > limits.variableText) {
    throw refusal("BAD_USER_INPUT", `A text in the variable $${name} has more than ${limits.variableText} characters.`);
  }
  if (typeof value !== "object" || value === null) return;
  if (depth >= limits.variableDepth) {
    throw refusal("QUERY_TOO_COMPLEX", `The variable $${name} is nested more than ${limits.variableDepth} deep.`);
  }
  for (const inner of Object.values(value)) checkValue(inner, name, depth + 1);
}

/** JSON with the keys of every object in order: equal for equal values. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    const sorted = Object.create(null) as Record<string, unknown>;
    for (const key of Object.keys(inner).toSorted()) sorted[key] = (inner as Record<string, unknown>)[key];
    return sorted;
  });
}

import { createNumberKeys, numberKey, type NumberKeys } from "../../domain/number-key.ts";
import type { NumberPlans } from "../../domain/phone-numbers.ts";

/**
 * Numbering plans by the address of a module, which the writing thread can be told where a function cannot: it exports
 * `createNumberPlans(): NumberPlans`.
 */
export type NumberPlansModule = string;

/** Without a module numbers are compared by their text alone, in any country. */
export async function loadNumberKeys(module: NumberPlansModule | null): Promise<NumberKeys> {
  if (module === null) return numberKey;
  const { createNumberPlans } = (await import(module)) as { readonly createNumberPlans: () => NumberPlans };
  return createNumberKeys(createNumberPlans());
}

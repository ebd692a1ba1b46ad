import { type KeyBinding, type KeyChoices, keysOf } from "../lib/keys.ts";
import { keyText } from "./key-label.tsx";

/**
 * What to press for what usually is on a key, such as `E`, by the choices of the person; null where nothing is on it now. What no
 * command has is given back.
 */
export function shownKeys(usual: string, bindings: readonly KeyBinding[], choices: KeyChoices): string | null {
  const command = bindings.findLast(({ keys }) => keyText(keys) === usual);
  if (command === undefined) return usual;
  const chosen = keysOf(command, choices);
  return chosen === null ? null : keyText(chosen);
}

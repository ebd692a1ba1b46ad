import { DomainError } from "./errors.ts";

const idCharactersMax = 1_024;

/**
 * The call id that a client means, or null when the value cannot be the id of any call: only whole numbers from 1 below
 * 2^53, in plain ASCII digits when given as text, so that nothing is ever rounded to a neighbour's id.
 * @throws DomainError BAD_USER_INPUT for a text of more than 1,024 characters.
 */
export function readCallId(value: unknown): number | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? value : null;
  if (typeof value !== "string") return null;
  if (value.length > idCharactersMax) {
    throw new DomainError("BAD_USER_INPUT", `An id has at most ${idCharactersMax} characters.`, { field: "id" });
  }
  if (!/^[1-9][0-9]{0,15}$/.test(value)) return null;
  const id = Number(value);
  return Number.isSafeInteger(id) ? id : null;
}

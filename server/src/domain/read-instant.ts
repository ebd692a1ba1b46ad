import { DomainError } from "./errors.ts";

/** ISO 8601 with its offset, or a date alone, which is its first instant in UTC. @throws DomainError BAD_USER_INPUT naming the field */
export function readInstant(field: string, text: string): number {
  const isKnown = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const atMs = isKnown ? Date.parse(text) : Number.NaN;
  // Date.parse takes the 30th of February for the 1st of March.
  const isDay =
    !Number.isNaN(atMs) && new Date(`${text.slice(0, 10)}T00:00Z`).toISOString().startsWith(text.slice(0, 10));
  if (isDay) return atMs;
  throw new DomainError("BAD_USER_INPUT", `${field} takes times such as 2024-02-29T12:00:00Z, or dates.`, { field });
}

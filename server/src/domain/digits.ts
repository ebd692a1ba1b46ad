import { DomainError } from "./errors.ts";

/** The fewest digits that a number can be looked for by. */
export const searchDigitsMin = 4;

/** Digits of a number that searches look at: more than twice what E.164 allows. */
const digitsMax = 40;

/** From so many digits on, a number that is typed with a leading zero is taken as a whole one, with its trunk prefix. */
const wholeNumberDigits = 7;

/** The digits of a number however it is written: spaces, brackets, dashes, `+` and letters are left out. At most the first 40. */
export function digitsOf(number: string): string {
  // Searches ask this for thousands of numbers, nearly all of which are `+` and digits.
  if (plainNumber.test(number)) return number.startsWith("+") ? number.slice(1) : number;
  return number
    .normalize("NFKC")
    .replaceAll(/[^0-9]/g, "")
    .slice(0, digitsMax);
}

/** The ends of a number's digits, from each digit on that has enough after it: every run of its digits begins one of them. */
export function digitRuns(number: string): readonly string[] {
  const digits = digitsOf(number);
  const count = Math.max(0, digits.length - searchDigitsMin + 1);
  return Array.from({ length: count }, (_, start) => digits.slice(start));
}

const plainNumber = /^\+?[0-9]{1,40}$/;

/**
 * What to look for in the digits of a number when somebody typed this: a call matches when its digits have one of them as a run.
 * Besides the digits as typed these are, for a whole number, those without the zeros that are dialled before it (`00`, `0`); a
 * zero in brackets after a country code, as in `+44 (0)20`, is left out.
 * @throws DomainError BAD_USER_INPUT when there are fewer than four digits, or more than any number has.
 */
export function readNumberSearch(typed: string): readonly string[] {
  const digits =
    typed.length > 256
      ? ""
      : typed
          .normalize("NFKC")
          .replace(/\(\s*0\s*\)/, "")
          .replaceAll(/[^0-9]/g, "");
  if (digits.length < searchDigitsMin || digits.length > digitsMax) {
    const message = `number needs ${searchDigitsMin} to ${digitsMax} digits.`;
    throw new DomainError("BAD_USER_INPUT", message, { field: "number" });
  }
  const bare = digits.replace(/^0+/, "");
  return bare !== digits && bare.length >= wholeNumberDigits ? [digits, bare] : [digits];
}

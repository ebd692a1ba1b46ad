import { isWithheld, writtenDigits } from "./phone-numbers.ts";

/**
 * What tells that two spellings are one number: `+442079460123`, `+44 (0)20 7946-0123`, `tel:+442079460123` and `00442079460123` have
 * the same key. Null for a number that was withheld: two withheld callers are never the same one. What is written without a country code
 * and what is no phone number (an extension, a SIP user) is itself alone.
 */
export function numberKey(text: string): string | null {
  if (isWithheld(text)) return null;
  if (plainNumber.test(text)) return text;
  const digits = writtenDigits(text);
  if (digits === null) return text.trim().toLowerCase();
  return dialledFromAbroad.test(digits) ? `+${digits.slice(2)}` : digits;
}

/** Nearly all numbers. */
const plainNumber = /^\+[1-9][0-9]{5,14}$/;

/** The prefix for calls abroad that ITU-T E.164 recommends; no national number begins with it. */
const dialledFromAbroad = /^00[1-9][0-9]{5,14}$/;

import { createLruMap } from "./lru-map.ts";
import { isWithheld, needsCountry, type NumberPlans, textLengthMax, writtenDigits } from "./phone-numbers.ts";

/**
 * The key of a number as somebody of a country writes it; without a country that of the text alone, see {@link numberKey}. In the country
 * GB `020 7946 0123` has the key of `+44 20 7946 0123`; what is no assigned number there keeps the key of its text. Pure.
 */
export type NumberKeys = (text: string, country: string | null) => string | null;

/** Keys kept: an import reads the same numbers again and again, and one costs some 30 µs. */
const keptMax = 20_000;

export function createNumberKeys(plans: NumberPlans): NumberKeys {
  const kept = createLruMap<string, string | null>(keptMax);
  return (text, country) => {
    if (country === null || text.length > textLengthMax || !needsCountry(text)) return numberKey(text);
    const name = `${country} ${text}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const key = plans.assigned(writtenDigits(text) ?? "", country) ?? numberKey(text);
    kept.set(name, key);
    return key;
  };
}

/**
 * What tells that two spellings are one number, by the text alone: `+442079460123`, `+44 (0)20 7946-0123`, `tel:+442079460123` and
 * `00442079460123` have the same key. Null for a number that was withheld: two withheld callers are never the same one. What is written
 * without a country code and what is no phone number (an extension, a SIP user) is itself alone.
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

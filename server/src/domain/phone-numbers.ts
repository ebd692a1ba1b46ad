import { createLruMap } from "./lru-map.ts";

/** A phone number as it is understood; what was dialled or sent stays beside it, in the call. */
export type PhoneNumber = {
  /** ITU-T E.164 with the plus sign; null for what is no phone number: withheld, an extension, a short code, a SIP user. */
  readonly e164: string | null;
  /** As people write it from abroad, with spaces. Null where {@link e164} is. */
  readonly international: string | null;
  /** As people write it inside its country. Null where {@link e164} is. */
  readonly national: string | null;
  /** ISO 3166-1, two capital letters; null where it is not known, or the number belongs to no one country. */
  readonly country: string | null;
  /** True when the caller withheld the number or the network did not tell it. Two withheld callers are never the same one. */
  readonly isWithheld: boolean;
};

/** A number of the world's numbering plan. */
export type PlannedNumber = {
  readonly e164: string;
  readonly international: string;
  readonly national: string;
  readonly country: string | null;
  /** Whether the plan has such numbers; false where the length alone fits. */
  readonly isAssigned: boolean;
};

/** The world's numbering plans. Both methods are pure and answer at once. */
export interface NumberPlans {
  /**
   * @param text digits with or without a plus sign and separators; nothing else.
   * @param country in which a number without a country code is read; null reads international numbers alone.
   * @returns null for what cannot be a number by its length.
   */
  read(text: string, country: string | null): PlannedNumber | null;
  /** The E.164 form of what is an assigned number where it is read, else null: {@link NumberPlans.read} without what is for people. */
  assigned(text: string, country: string): string | null;
  /** Whether numbers can be read in this country: two capital letters of ISO 3166-1. */
  isCountry(code: string): boolean;
}

export type PhoneNumbers = {
  /** Never fails: what is no phone number is read as none. @param country see {@link NumberPlans.read} */
  read(text: string, country: string | null): PhoneNumber;
  /** Whether {@link read} asks for a country at all: not for what is international, withheld or no number. */
  needsCountry(text: string): boolean;
  isCountry(code: string): boolean;
};

/** Numbers that are kept read: reading one takes some 70 µs, and a list shows the same ones again and again. */
const keptMax = 20_000;

/** Longer texts are no phone numbers, whatever they hold. */
export const textLengthMax = 64;

/**
 * Reads numbers as phone systems send them. With a country code it is a number when its length fits a plan, so that ranges newer than
 * our plans lose nobody's name; without one it has to be an assigned number of the country it is read in, so that an extension
 * such as 1001 is not taken for somebody's line.
 */
export function createPhoneNumbers(plans: NumberPlans): PhoneNumbers {
  const kept = createLruMap<string, PhoneNumber>(keptMax);
  return {
    read(text, country) {
      const key = `${country ?? ""} ${text}`;
      const known = text.length > textLengthMax ? noNumber : kept.get(key);
      if (known !== undefined) return known;
      const number = readNumber(plans, text, country);
      kept.set(key, number);
      return number;
    },
    needsCountry,
    isCountry: (code) => plans.isCountry(code),
  };
}

/** Whether the text says another number in another country. */
export function needsCountry(text: string): boolean {
  return !text.startsWith("+") && !isWithheld(text) && writtenDigits(text)?.startsWith("+") === false;
}

const noNumber: PhoneNumber = { e164: null, international: null, national: null, country: null, isWithheld: false };
const withheld: PhoneNumber = { ...noNumber, isWithheld: true };

function readNumber(plans: NumberPlans, text: string, country: string | null): PhoneNumber {
  if (isWithheld(text)) return withheld;
  const digits = writtenDigits(text);
  const planned = digits === null ? null : plans.read(digits, country);
  if (planned === null || (!digits?.startsWith("+") && !planned.isAssigned)) return noNumber;
  const { e164, international, national } = planned;
  return { e164, international, national, country: planned.country, isWithheld: false };
}

/**
 * What phone systems send in place of a number that the caller withheld: words (as such or as a SIP user), nothing at all, a
 * row of zeros, or the word typed on a telephone's keys with a plus sign in front, as Twilio does.
 */
export function isWithheld(text: string): boolean {
  // Nearly all numbers, and asked for each call that comes in.
  if (/^\+[1-9][0-9]{4,14}$/.test(text)) return keypadWords.has(text);
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^"[^"]*"\s*(?=<)/, "")
    .replace(/^<(.*)>$/, "$1")
    .replace(/^(?:sips?|tel):/, "");
  const [user = "", host = ""] = plain.split(/[;>]/, 1)[0]?.split("@") ?? [];
  if (/(?:^|\.)invalid\.?$/.test(host)) return true; // RFC 3323, 4.1.1.3; 3GPP TS 23.003, 13.7
  const words = user.replaceAll(/[\s_.+-]+/g, "");
  return withheldWords.has(words) || keypadWords.has(user) || /^\+?0{5,}$/.test(user);
}

/** Without spaces and hyphens. */
const withheldWords: ReadonlySet<string> = new Set([
  "",
  "anonymous",
  "unknown",
  "unknownnumber",
  "unknowncaller",
  "restricted",
  "private",
  "privatenumber",
  "privatecaller",
  "unavailable",
  "notavailable",
  "numberunavailable",
  "withheld",
  "numberwithheld",
  "blocked",
  "blockedcallerid",
  "hidden",
  "nocallerid",
  "nonumber",
  "null",
  "none",
  "undefined",
]);

/** ANONYMOUS, BLOCKED, RESTRICTED, UNKNOWN and UNAVAILABLE on the keys of a telephone. */
const keypadWords: ReadonlySet<string> = new Set([
  "+266696687",
  "266696687",
  "+2562533",
  "+7378742833",
  "+8656696",
  "+86282452253",
  "86282452253",
]);

/**
 * The digits of what is written like a phone number, with the plus sign if it has one; null for anything else. A `tel:` URI is
 * one (RFC 3966), and a SIP URI whose user is a number with a country code (RFC 3261, 19.1.6).
 */
export function writtenDigits(text: string): string | null {
  const uri = /^\s*<?(?:tel:([^;>]*)|sips?:(\+[^@;>]*)@)/i.exec(text);
  const written = (uri === null ? text : (uri[1] ?? uri[2] ?? "")).trim();
  if (!/^\+?[\d\s()./\u2010-\u2015-]{3,40}$/.test(written)) return null;
  // The zero in +44 (0)20 is for people inside the country.
  const digits = written.replace(/^(\+.*)\(0\)/, "$1").replaceAll(/[^\d+]/g, "");
  return /\d{3}/.test(digits) ? digits : null;
}

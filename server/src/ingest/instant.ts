const earliestMs = Date.UTC(1970, 0, 1);
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Smaller numbers are taken for seconds sent by mistake: as milliseconds they would lie before March 1973. */
const numberLeastMs = 100_000_000_000;

export const instantRule =
  "must be a time of the years 1970 to 9999: ISO 8601 with its zone (2021-07-04T14:31:42.731Z) or milliseconds since 1970";

/**
 * The instant in milliseconds since the epoch, or null. Taken are ISO 8601 in the extended format with a zone (`Z` or an offset;
 * seconds and their fraction may be left out, digits beyond milliseconds are cut), a number of milliseconds from 10^11, and
 * the same as a text of 13 digits, as CSV has it. A time without zone is null: guessing one would misplace the call.
 */
export function readInstant(value: unknown): number | null {
  if (typeof value === "number") return value >= numberLeastMs ? inRange(Math.trunc(value)) : null;
  if (typeof value !== "string") return null;
  if (/^\d{13}$/.test(value)) return inRange(Number(value));
  return fromIso(value);
}

const iso =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])([01]\d|2[0-3]):?([0-5]\d)?)$/;

function fromIso(text: string): number | null {
  const match = iso.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = "0", fraction = "", sign, offsetHour = "0", offsetMinute = "0"] =
    match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // The 30th of February becomes a day of March: such dates do not exist.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, "0").slice(0, 3)));
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  return inRange(date.getTime() + (sign === "-" ? offsetMs : -offsetMs));
}

function inRange(ms: number): number | null {
  return ms >= earliestMs && ms <= latestMs ? ms : null;
}

import { formatNumber } from "./format.ts";
import { createStoredOption } from "./stored.ts";

/** The country whose numbers are shown as they are dialled there; null for none. As it was in this browser until the server tells it. */
export const homeCountry = createStoredOption("ringback-country", (code) => /^[A-Z]{2}$/.test(code));

/** How the server reads a number. */
export type NumberReading = {
  readonly international: string | null;
  readonly national: string | null;
  readonly country: string | null;
  readonly isWithheld: boolean;
};

/** A number to read by: as it is written at home for those of the home country, with its country's code for all others. */
export function numberText(number: string, reading: NumberReading | null | undefined): string {
  if (reading === null || reading === undefined) return formatNumber(number);
  const { international, national, country, isWithheld } = reading;
  if (isWithheld) return "Number withheld";
  const isHome = country !== null && country === homeCountry.get();
  return (isHome ? national : international) ?? international ?? formatNumber(number);
}

/** A line of ours to read by, wherever it is shown; the name of one that is no number as it is. */
export function lineName(line: string, reading: NumberReading | null | undefined): string {
  if (line === "") return "No line";
  return reading?.isWithheld === true ? line : numberText(line, reading);
}

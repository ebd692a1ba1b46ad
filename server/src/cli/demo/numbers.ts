import type { Random } from "./random.ts";

/** Where the demo's company has a line and customers. */
export type Place = "london" | "newYork" | "paris" | "berlin" | "sydney";

/** The company's own lines, each with its share of the calls. */
export const lines: readonly { readonly place: Place; readonly number: string; readonly share: number }[] = [
  { place: "london", number: "+442079460100", share: 34 },
  { place: "newYork", number: "+12125550142", share: 27 },
  { place: "paris", number: "+33199001820", share: 16 },
  { place: "berlin", number: "+493023125400", share: 14 },
  { place: "sydney", number: "+61255501300", share: 9 },
];

/**
 * A customer's number in E.164, from the ranges that the regulators keep out of service for use in fiction: NANPA 555-0100
 * to 0199, Ofcom 020 7946 0xxx, 01632 960xxx and 07700 900xxx, ARCEP 01 99 00, 04 65 71 and 06 39 98, BNetzA (0)30 23125,
 * (0)69 90009 and (0)171 39200, ACMA 02 5550, 03 5550 and 0491 570.
 */
export function customerNumber(place: Place, random: Random): string {
  const prefix = random.pick(prefixes[place]);
  return prefix.replace(/#/g, () => String(random.whole(0, 9)));
}

const prefixes: Record<Place, readonly string[]> = {
  london: ["+4420794608##", "+4420794609##", "+441632960###", "+447700900###", "+447700900###"],
  newYork: ["+121255501##", "+164655501##", "+171855501##", "+141555501##", "+131255501##", "+161755501##"],
  paris: ["+33199003###", "+33465711###", "+33639981###", "+33639985###"],
  berlin: ["+493023125###", "+496990009###", "+4917139200##"],
  sydney: ["+6125550####", "+6135550####", "+61491570###"],
};

/** Where a customer's number is; null for one of another country. */
export function placeOf(e164: string): Place | null {
  const found = countryCodes.find(([code]) => e164.startsWith(code));
  return found?.[1] ?? null;
}

const countryCodes = [
  ["+44", "london"],
  ["+1", "newYork"],
  ["+33", "paris"],
  ["+49", "berlin"],
  ["+61", "sydney"],
] as const satisfies readonly (readonly [string, Place])[];

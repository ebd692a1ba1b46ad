export type Country = { readonly code: string; readonly name: string };

/** Regions that have a code of two letters and are no country with telephone numbers of its own. */
const noCountries = new Set(["EU", "EZ", "UN", "XA", "XB", "QO", "ZZ"]);

/** The countries of ISO 3166 in two letters that this browser has a name for, by name. */
export function countries(locale?: string): readonly Country[] {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index));
  const all = letters.flatMap((first) => letters.map((second) => first + second));
  return all
    .filter((code) => !noCountries.has(code) && isCurrent(code))
    .flatMap((code) => {
      const name = names.of(code);
      return name === undefined ? [] : [{ code, name }];
    })
    .toSorted((one, other) => one.name.localeCompare(other.name, locale));
}

/** Codes of states that are no more stand for those that came after them. */
function isCurrent(code: string): boolean {
  return Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
}

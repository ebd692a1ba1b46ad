import { createRequire } from "node:module";
import type * as Library from "libphonenumber-js/max";
import type { NumberPlans } from "../domain/phone-numbers.ts";

/**
 * The numbering plans of libphonenumber, in the build that knows the assigned ranges of every kind of number: the smaller ones tell
 * a landline from an extension by its length alone. They are loaded with the first number that is read (a tenth of a second, once),
 * and by `require`, because what is read for a live update has to be there at once.
 */
export function createNumberPlans(): NumberPlans {
  let loaded: typeof Library | null = null;
  const library = (): typeof Library => {
    loaded ??= createRequire(import.meta.url)("libphonenumber-js/max") as typeof Library;
    return loaded;
  };

  return {
    read(text, country) {
      const { parsePhoneNumberFromString } = library();
      const found = parsePhoneNumberFromString(text, {
        ...(country !== null && { defaultCountry: country as Library.CountryCode }),
        extract: false,
      });
      if (found === undefined || !found.isPossible()) return null;
      return {
        e164: found.number,
        international: found.formatInternational(),
        national: found.formatNational(),
        country: found.country ?? null,
        isAssigned: found.isValid(),
      };
    },
    assigned(text, country) {
      const { parsePhoneNumberFromString } = library();
      const defaultCountry = country as Library.CountryCode;
      const found = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
      return found !== undefined && found.isPossible() && found.isValid() ? found.number : null;
    },
    isCountry: (code) => library().isSupportedCountry(code),
  };
}

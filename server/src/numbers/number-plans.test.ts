import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import type { Examples } from "libphonenumber-js/max";
import { getCountries, getExampleNumber } from "libphonenumber-js/max";
import { createPhoneNumbers } from "../domain/phone-numbers.ts";
import { createNumberPlans } from "./number-plans.ts";

const numbers = createPhoneNumbers(createNumberPlans());
const examples = createRequire(import.meta.url)("libphonenumber-js/examples.mobile.json") as Examples;

describe("phone numbers", () => {
  it("the library's example number of every country is read from each way of writing it", () => {
    let count = 0;
    for (const country of getCountries()) {
      const example = getExampleNumber(country, examples);
      if (example === undefined) continue;
      count += 1;
      const { number: e164 } = example;
      for (const text of [e164, example.formatInternational(), example.getURI()]) {
        assert.equal(numbers.read(text, null).e164, e164, text);
      }
      const national = numbers.read(example.formatNational(), country);
      assert.equal(national.e164, e164, country);
      assert.deepEqual(
        [national.international, national.national],
        [example.formatInternational(), example.formatNational()],
      );
    }
    assert.ok(count > 200);
  });

  it("a number without a country code is read in the country it is said to be of, and not without one", () => {
    assert.equal(numbers.read("030 901820", "DE").e164, "+4930901820");
    assert.equal(numbers.read("020 7946 0123", "GB").e164, "+442079460123");
    assert.equal(numbers.read("030 901820", null).e164, null);
    assert.equal(numbers.read("0044 20 7946 0123", "DE").e164, "+442079460123");
    assert.equal(numbers.read("011 44 20 7946 0123", "US").country, "GB");
  });

  it("the zero for callers inside the country is no part of the number", () => {
    assert.equal(numbers.read("+44 (0)20 7946 0123", null).e164, "+442079460123");
  });

  it("URIs with a number are read (RFC 3966; RFC 3261, 19.1.6)", () => {
    assert.equal(numbers.read("tel:+1-201-555-0123", null).e164, "+12015550123");
    assert.equal(numbers.read("tel:+1-201-555-0123;ext=12", null).e164, "+12015550123");
    assert.equal(numbers.read("sip:+442079460123@example.com;user=phone", null).e164, "+442079460123");
  });

  it("extensions, short codes, emergency numbers and SIP users are no phone numbers, and not withheld", () => {
    for (const text of [
      "1001",
      "22",
      "*99",
      "#31#",
      "110",
      "112",
      "alice",
      "sip:alice@example.com",
      "queue-1",
      "9".repeat(99),
    ]) {
      const read = numbers.read(text, "DE");
      assert.deepEqual([read.e164, read.isWithheld], [null, false], text);
    }
    assert.equal(numbers.read("911", "US").e164, null);
  });

  it("what phone systems send for a withheld caller is withheld, and no number", () => {
    const forms = [
      "",
      " ",
      "+",
      "anonymous",
      "Anonymous",
      "Restricted",
      "PRIVATE",
      "unknown",
      "<unknown>",
      "Unavailable",
      "Private Number",
      "No Caller ID",
      // RFC 3323, 4.1.1.3, and RFC 3325
      "sip:anonymous@anonymous.invalid",
      '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1928301774',
      // 3GPP TS 23.003, 13.7
      "sip:unavailable@unknown.invalid",
      // Twilio: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE on the keys
      "+266696687",
      "266696687",
      "+7378742833",
      "+2562533",
      "+8656696",
      "+86282452253",
      "0000000000",
    ];
    for (const text of forms) {
      const read = numbers.read(text, "US");
      assert.deepEqual([text, read.isWithheld, read.e164], [text, true, null]);
      assert.equal(numbers.needsCountry(text), false, text);
    }
  });

  it("a range newer than the plans is still a number when it is written with its country code", () => {
    assert.equal(numbers.read("+491000000", null).e164, "+491000000");
    assert.equal(numbers.read("01000000", "DE").e164, null);
  });

  it("knows which countries there are", () => {
    assert.deepEqual(
      ["DE", "US", "de", "XX", ""].map((code) => numbers.isCountry(code)),
      [true, true, false, false, false],
    );
  });
});

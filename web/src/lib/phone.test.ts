import assert from "node:assert/strict";
import { test } from "node:test";
import { homeCountry, numberText } from "./phone.ts";

const london = { international: "+44 20 7946 0123", national: "020 7946 0123", country: "GB", isWithheld: false };

test("a number is written for the country of who reads it", () => {
  assert.equal(numberText("+442079460123", london), "+44 20 7946 0123");
  homeCountry.set("GB");
  assert.equal(numberText("+442079460123", london), "020 7946 0123");
  homeCountry.set("DE");
  assert.equal(numberText("+442079460123", london), "+44 20 7946 0123");
  homeCountry.set(null);
});

test("what is no phone number comes as it is, and a withheld one is called that", () => {
  const none = { international: null, national: null, country: null, isWithheld: false };
  assert.equal(numberText("204", none), "204");
  assert.equal(numberText("204", null), "204");
  assert.equal(numberText("anonymous", { ...none, isWithheld: true }), "Number withheld");
});

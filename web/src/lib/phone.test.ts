import assert from "node:assert/strict";
import { test } from "node:test";
import { homeCountry, lineName, numberText } from "./phone.ts";

const none = { international: null, national: null, country: null, isWithheld: false };
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
  assert.equal(numberText("204", none), "204");
  assert.equal(numberText("204", null), "204");
  assert.equal(numberText("anonymous", { ...none, isWithheld: true }), "Number withheld");
});

test("a line is written as numbers are, or by its name", () => {
  homeCountry.set("GB");
  assert.equal(lineName("+442079460123", london), "020 7946 0123");
  homeCountry.set(null);
  assert.equal(lineName("+442079460123", undefined), "+44 207 946 0123");
  assert.equal(lineName("sip:desk", none), "sip:desk");
  assert.equal(lineName("private", { ...none, isWithheld: true }), "private");
  assert.equal(lineName("", null), "No line");
});

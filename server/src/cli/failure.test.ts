import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DomainError, errorTable } from "../domain/errors.ts";
import { exitStatusOf, fileFailure, sentenceOf } from "./failure.ts";

describe("a failure on the command line", () => {
  it("exits with the status of the error table, 70 for a fault of ours, never 0 or above 78", () => {
    for (const [code, { exit }] of Object.entries(errorTable)) {
      assert.equal(exitStatusOf(new DomainError(code as keyof typeof errorTable, "x")), exit);
      assert.ok(exit >= 64 && exit <= 78, "an exit status of sysexits.h");
    }
    assert.equal(exitStatusOf(new TypeError("x")), 70);
    assert.equal(exitStatusOf("thrown text"), 70);
  });

  it("says when to try again where that is known, and lists several mistakes one a line", () => {
    const late = (ms: number) => sentenceOf(new DomainError("RATE_LIMITED", "Too early.", { retryAfterMs: ms }));
    assert.equal(late(900), "Too early. Try again in 1 second.");
    assert.equal(late(290_000), "Too early. Try again in 5 minutes.");
    assert.equal(sentenceOf(new DomainError("BAD_CONFIGURATION", "a: x\nb: y")).split("\n").length, 3);
  });

  it("of the file system names the file and what is the matter with it", () => {
    for (const [code, expected] of [
      ["ENOENT", "NOT_FOUND"],
      ["EACCES", "STORAGE_READ_ONLY"],
      ["EROFS", "STORAGE_READ_ONLY"],
      ["ENOSPC", "STORAGE_FULL"],
    ] as const) {
      const failure = fileFailure(Object.assign(new Error("system"), { code }), "/somewhere/calls.csv");
      assert.ok(failure instanceof DomainError && failure.code === expected);
      assert.match(failure.message, /\/somewhere\/calls\.csv/);
    }
    const bug = new TypeError("x");
    assert.equal(fileFailure(bug, "f"), bug);
  });
});

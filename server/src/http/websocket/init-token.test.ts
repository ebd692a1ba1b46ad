import assert from "node:assert/strict";
import { test } from "node:test";
import { carriesToken, readInitToken } from "./init-token.ts";

test("a token is taken where it is named once or several times alike, and nowhere else", () => {
  const cases: readonly (readonly [unknown, string | undefined, string | null])[] = [
    [{ authorization: "Bearer t" }, undefined, "t"],
    [{ authorization: "BEARER  t " }, undefined, "t"],
    [{ authorization: "", headers: { authorization: "t" } }, undefined, "t"],
    [{ Authorization: "Bearer t", authToken: "t" }, "bearer t", "t"],
    [{ authorization: null }, "Bearer t", "t"],
    [undefined, "Bearer t", "t"],
    [{ authorization: "t" }, "Bearer other", null],
    [{ authorization: 1, authToken: "t" }, undefined, null],
    [{ headers: ["t"] }, undefined, null],
    [["t"], undefined, null],
    [{ token: "t" }, undefined, null],
    [{ authorization: "Bearer" }, undefined, null],
    [{ authorization: "bearert" }, undefined, "bearert"],
  ];
  for (const [payload, header, token] of cases) assert.equal(readInitToken(payload, header), token);
  assert.ok(carriesToken({ headers: { Authorization: "" } }));
  assert.ok(!carriesToken({ reauthBy: "1970-01-01T00:10:00.000Z" }));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { legacyProtocol } from "./legacy.ts";
import { modernProtocol } from "./modern.ts";
import type { Phase } from "./protocol.ts";

const phases = ["opened", "authenticating", "ready"] as const satisfies readonly Phase[];

for (const protocol of [modernProtocol, legacyProtocol]) {
  const types = ["connection_init", "connection_terminate", "start", "subscribe", "stop", "complete", "ping", "pong"];
  const message = fc.record(
    {
      type: fc.oneof(fc.constantFrom(...types), fc.jsonValue()),
      id: fc.oneof(fc.string({ maxLength: 140 }), fc.jsonValue()),
      payload: fc.oneof(
        fc.record({ query: fc.jsonValue(), variables: fc.jsonValue(), authorization: fc.jsonValue() }),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    fc.string(),
    message.map((value) => JSON.stringify(value)),
  );

  test(`${protocol.name}: every text has an answer in every phase, and only a ready one runs anything`, () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...phases), fc.boolean(), (given, phase, isLive) => {
        const step = protocol.read(phase, given, () => isLive);
        if (step.do === "start" || step.do === "reauthenticate") assert.equal(phase, "ready");
        if (step.do === "authenticate") assert.equal(phase, "opened");
        if (step.do === "start") assert.equal(typeof step.parameters.query, "string");
        if (step.do === "close") assert.ok(step.code === 1000 || (step.code >= 4400 && step.code <= 4429));
        const written = "message" in step ? step.message : null;
        if (written !== null) assert.equal(typeof JSON.parse(written).type, "string");
        if (step.do === "malformed") {
          const { type, payload } = JSON.parse(step.write("request-1")) as { type: string; payload: object };
          assert.match(type, /^(connection_)?error$/);
          assert.ok("extensions" in payload);
          assert.deepEqual(payload.extensions, { code: "BAD_REQUEST", requestId: "request-1" });
        }
      }),
      { numRuns: 3_000 },
    );
  });
}

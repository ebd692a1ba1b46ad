import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { describe, it } from "node:test";
import { isJsonInUtf8, responseTypeFor } from "./media-types.ts";
import { createOriginPolicy } from "./origins.ts";
import { createPeerAddress } from "./peer-address.ts";

const json = "application/json";
const graphql = "application/graphql-response+json";

describe("the media type of an answer", () => {
  const cases = [
    [undefined, json],
    ["*/*", json],
    ["application/*", json],
    [json, json],
    [graphql, graphql],
    [`${graphql},${json};q=0.9`, graphql],
    [`${json}, ${graphql}`, json],
    [`${json};q=0.5, ${graphql};q=0.8`, graphql],
    [`${graphql}; charset=utf-8, ${json}; charset=utf-8`, graphql],
    ["text/html,application/xhtml+xml,*/*;q=0.8", json],
    ["APPLICATION/JSON", json],
    [`${json};charset=utf-16`, null],
    [`${json};q=0`, null],
    ["text/html", null],
    ["", null],
    ["nonsense", null],
  ] as const;
  for (const [accept, expected] of cases) {
    it(`for Accept: ${accept} is ${expected}`, () => assert.equal(responseTypeFor(accept), expected));
  }
});

describe("the media type of a body", () => {
  for (const type of [
    json,
    "Application/JSON",
    `${json}; charset=utf-8`,
    `${json};charset="UTF-8"`,
    `${json}; charset=utf8`,
  ]) {
    it(`${type} is read`, () => assert.ok(isJsonInUtf8(type)));
  }
  for (const type of [undefined, "", "text/plain", "application/jsonp", `${json}; charset=latin1`, graphql]) {
    it(`${type} is not`, () => assert.ok(!isJsonInUtf8(type)));
  }
});

describe("origins", () => {
  it("none but the server's own is allowed where none is listed", () => {
    const policy = createOriginPolicy([]);
    assert.ok(policy.isAllowed("http://calls.example:4000", "calls.example:4000"));
    assert.ok(policy.isAllowed("https://calls.example", "Calls.Example"));
    assert.ok(!policy.isAllowed("https://other.example", "calls.example"));
    assert.ok(!policy.isAllowed("null", "calls.example"));
    assert.ok(!policy.isAllowed("https://calls.example", undefined));
    assert.ok(!policy.isListed("https://calls.example"));
  });

  it("a listed one is allowed to the letter", () => {
    const policy = createOriginPolicy(["https://crm.example/"]);
    assert.ok(policy.isListed("https://crm.example"));
    assert.ok(!policy.isListed("http://crm.example"));
    assert.ok(!policy.isListed("https://crm.example.evil.example"));
  });
});

describe("the address of a request", () => {
  const from = (remoteAddress: string, forwarded?: string | readonly string[]) =>
    ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

  it("is the peer's where the peer is no trusted proxy, whatever it says", () => {
    assert.equal(createPeerAddress([])(from("192.0.2.1", "1.2.3.4")), "192.0.2.1");
    assert.equal(createPeerAddress(["10.0.0.1"])(from("192.0.2.1", "1.2.3.4")), "192.0.2.1");
  });

  it("is the last one that a trusted proxy vouches for", () => {
    const address = createPeerAddress(["10.0.0.0/8", "::1"]);
    assert.equal(address(from("10.1.2.3", "198.51.100.7")), "198.51.100.7");
    assert.equal(address(from("::ffff:10.1.2.3", "1.2.3.4, 198.51.100.7, 10.9.9.9")), "198.51.100.7");
    assert.equal(address(from("::1", "2001:db8::1")), "2001:db8::1");
  });

  it("is the proxy's own where the header makes no sense", () => {
    const address = createPeerAddress(["10.0.0.1"]);
    assert.equal(address(from("10.0.0.1")), "10.0.0.1");
    assert.equal(address(from("10.0.0.1", "unknown")), "10.0.0.1");
    assert.equal(address(from("10.0.0.1", "1.2.3.4, <script>")), "10.0.0.1");
  });
});

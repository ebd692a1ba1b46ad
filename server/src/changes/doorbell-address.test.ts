import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDoorbellAddress } from "./doorbell-address.ts";

test("an address of NATS names servers, TLS, who we are and a prefix", () => {
  assert.equal(parseDoorbellAddress(""), null);
  const plain = { kind: "nats", servers: ["localhost:4222"], tls: false, credentials: null, prefix: "ringback" };
  for (const [text, differing] of [
    ["nats://localhost", {}],
    ["nats://localhost:4222/", {}],
    ["tls://nats.example:4223", { servers: ["nats.example:4223"], tls: true }],
    ["nats://one,two:9/team-a", { servers: ["one:4222", "two:9"], prefix: "team-a" }],
    ["nats://[::1]:4", { servers: ["[::1]:4"] }],
    ["nats://ann:p%40s:s@x", { servers: ["x:4222"], credentials: { user: "ann", pass: "p@s:s" } }],
    ["nats://t0k%3An@x", { servers: ["x:4222"], credentials: { token: "t0k:n" } }],
  ] as const) {
    assert.deepEqual(parseDoorbellAddress(text), { ...plain, ...differing }, text);
  }
});

test("an address of PostgreSQL is shown without its secrets", () => {
  const url = "postgresql://ann:s3cret@db:5433/calls?sslmode=verify-full";
  assert.deepEqual(parseDoorbellAddress(url), { kind: "postgres", url, shown: "db:5433/calls" });
});

test("what is no address is refused without repeating it", () => {
  for (const text of [
    "localhost:4222",
    "http://s3cret@localhost",
    "nats://",
    "nats://s3cret@",
    "nats://:s3cret@host",
    "nats://s3cret%zz@host",
    "nats://s3cret@host:port",
    "nats://s3cret@host:99999",
    "nats://s3cret@host,,two",
    "nats://s3cret@host?x=1",
    "nats://s3cret@host/a/b",
    "nats://s3cret@ho st",
    "postgres://ann:s3cret@host",
    "postgres://ann:s3cret@/database",
    "postgres://ann:s3cret@host:port/database",
  ]) {
    assert.throws(
      () => parseDoorbellAddress(text),
      ({ message, cause }: Error) => /^[a-z][^]* /.test(message) && !message.includes("s3cret") && cause === undefined,
      text,
    );
  }
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createReach, readNetwork } from "./networks.ts";

describe("which addresses webhooks may be sent to", () => {
  it("none of this machine, of private networks or of special purpose, in any spelling", () => {
    const reach = createReach([]);
    const refused =
      `127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 169.254.169.254
      224.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe 0:0:0:0:0:ffff:10.0.0.1 fe80::1
      fe80::1%eth0 fd00:ec2::254 ff02::1 64:ff9b::10.0.0.1 2002:a00:1::1 2001:db8::1 name`.split(/\s+/);
    for (const address of refused) assert.equal(reach.allows(address), false, address);
    for (const address of ["1.1.1.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "::ffff:1.1.1.1"]) {
      assert.equal(reach.allows(address), true, address);
    }
  });

  it("those of the networks that the operator allows", () => {
    const reach = createReach(["10.1.0.0/16", "127.0.0.1", "fd00::/8"]);
    for (const address of ["10.1.2.3", "127.0.0.1", "::ffff:10.1.0.1", "fd12::1"]) {
      assert.equal(reach.allows(address), true, address);
    }
    for (const address of ["10.2.0.1", "127.0.0.2", "fe80::1"]) assert.equal(reach.allows(address), false, address);
  });

  it("a host that says already where it leads is refused by its text, with the setting that would allow it", () => {
    const reach = createReach([]);
    const hosts = ["127.0.0.1", "[::1]", "localhost", "LOCALHOST.", "a.localhost", "10.0.0.1", "[::ffff:7f00:1]"];
    for (const host of hosts) assert.match(reach.refusalOf(host) ?? "", /RINGBACK_WEBHOOK_NETWORKS/, host);
    for (const host of ["example.com", "1.1.1.1", "[2606:4700::1111]", "localhost.example.com"]) {
      assert.equal(reach.refusalOf(host), null, host);
    }
    assert.equal(createReach(["127.0.0.0/8"]).refusalOf("localhost"), null);
  });

  it("a network is an address, or one with the length of its prefix", () => {
    assert.deepEqual(readNetwork("10.0.0.0/8"), { address: "10.0.0.0", bits: 8, family: "ipv4" });
    assert.deepEqual(readNetwork("fd00::"), { address: "fd00::", bits: 128, family: "ipv6" });
    for (const text of ["", "10.0.0.0/33", "10.0.0/8", "host", "10.0.0.0/8/8", "10.0.0.0/", "fe80::1%eth0/64"]) {
      assert.equal(readNetwork(text), null, text);
    }
  });
});

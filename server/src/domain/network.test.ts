import assert from "node:assert/strict";
import { test } from "node:test";
import { networkOf } from "./network.ts";

const rows: readonly (readonly [address: string, network: string])[] = [
  ["127.0.0.1", "127.0.0.0/24"],
  ["203.0.113.254", "203.0.113.0/24"],
  ["0.0.0.0", "0.0.0.0/24"],
  ["::ffff:203.0.113.7", "203.0.113.0/24"],
  ["::FFFF:203.0.113.7", "203.0.113.0/24"],
  ["::ffff:cb00:7107", "203.0.113.0/24"],
  ["0:0:0:0:0:ffff:203.0.113.7", "203.0.113.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["::203.0.113.7", "0:0:0:0::/64"],
  ["", "unknown"],
  ["localhost", "unknown"],
  ["256.0.0.1", "unknown"],
  ["1.2.3", "unknown"],
  ["1.2.3.4.5", "unknown"],
  ["1::2::3", "unknown"],
  [":1", "unknown"],
  ["1:2:3:4:5:6:7", "unknown"],
  ["1:2:3:4:5:6:7:8:9", "unknown"],
  ["1:2:3:4:5:6:7:8::", "unknown"],
  ["12345::", "unknown"],
  ["::1.2.3.4:5", "unknown"],
  ["g::", "unknown"],
];

for (const [address, network] of rows) {
  test(`the address ${JSON.stringify(address)} belongs to ${network}`, () => {
    assert.equal(networkOf(address), network);
  });
}

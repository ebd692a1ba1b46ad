import { BlockList, isIP } from "node:net";

/**
 * Addresses that are nobody's on the internet, from the registries of special-purpose addresses (RFC 6890) and multicast: this
 * machine, private and link-local networks, among them those that clouds tell secrets at. IPv6 addresses that lead to IPv4 ones are here
 * whole; those that are IPv4 in another spelling (`::ffff:10.0.0.1`) count as IPv4.
 */
const reserved = blockListOf([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
  "5f00::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
]);

export type Network = { readonly address: string; readonly bits: number; readonly family: "ipv4" | "ipv6" };

/** An address, or one with the length of a prefix (CIDR); null for what is neither. */
export function readNetwork(text: string): Network | null {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes("%")) return null;
  const most = version === 4 ? 32 : 128;
  const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  return bits > most ? null : { address, bits, family: version === 4 ? "ipv4" : "ipv6" };
}

/** Which addresses may be sent to. */
export type Reach = {
  /** Whether an address (no name) may be connected to. */
  allows(address: string): boolean;
  /** Why nothing may be sent to a host as an address names it: a sentence; null where it may, or its name has yet to be looked up. */
  refusalOf(host: string): string | null;
};

/** @param allowed networks that may be sent to although they are private, each as {@link readNetwork} takes it */
export function createReach(allowed: readonly string[]): Reach {
  const exceptions = blockListOf(allowed);
  return { allows, refusalOf };

  function allows(address: string): boolean {
    const [bare = ""] = address.split("%", 1);
    const version = isIP(bare);
    if (version === 0) return false;
    const family = version === 4 ? "ipv4" : "ipv6";
    return exceptions.check(bare, family) || !reserved.check(bare, family);
  }

  function refusalOf(host: string): string | null {
    const bare = host.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
    if (/(^|\.)localhost$/i.test(bare)) {
      return allows("127.0.0.1") || allows("::1") ? null : refusedAddress("127.0.0.1");
    }
    return isIP(bare) === 0 || allows(bare) ? null : refusedAddress(bare);
  }
}

/** The sentence that says so, and what to do. */
export function refusedAddress(address: string): string {
  return `${address} is a private or reserved address; the operator can allow its network with RINGBACK_WEBHOOK_NETWORKS.`;
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of networks) {
    const network = readNetwork(text);
    if (network === null) throw new Error(`${text} is no network`);
    list.addSubnet(network.address, network.bits, network.family);
  }
  return list;
}

/**
 * The network that an address belongs to, as limits count it: the /24 of an IPv4 address (also when it is written as
 * IPv4-mapped IPv6, RFC 4291 section 2.5.5.2) or the /64 of an IPv6 address, each with one spelling. Whatever is not an
 * address (a Unix socket has none) is the one network `unknown`.
 */
export function networkOf(address: string): string {
  const [bare = ""] = address.split("%", 1);
  const v4 = readIPv4(bare);
  if (v4 !== null) return networkOfIPv4(v4);
  const groups = readIPv6(bare);
  if (groups === null) return "unknown";
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0] = groups;
  if ((g0 | g1 | g2 | g3 | g4) === 0 && g5 === 0xffff) return networkOfIPv4([g6 >> 8, g6 & 255, g7 >> 8, g7 & 255]);
  return `${[g0, g1, g2, g3].map((group) => group.toString(16)).join(":")}::/64`;
}

function networkOfIPv4([a, b, c]: readonly number[]): string {
  return `${a}.${b}.${c}.0/24`;
}

function readIPv4(text: string): readonly number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const octets = text.split(".").map(Number);
  return octets.every((octet) => octet <= 255) ? octets : null;
}

/** The eight groups of an IPv6 address in any of its spellings (RFC 4291 section 2.2), or null. */
function readIPv6(text: string): readonly number[] | null {
  const halves = text.split("::");
  if (!text.includes(":") || halves.length > 2) return null;
  const [head, tail] = halves.map(readGroups);
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === 8 ? head : null;
  const zeros = 8 - head.length - tail.length;
  return zeros < 1 ? null : [...head, ...Array<number>(zeros).fill(0), ...tail];
}

function readGroups(text: string): readonly number[] | null {
  if (text === "") return [];
  const parts = text.split(":");
  const groups = parts.flatMap((part, index): readonly number[] => {
    if (/^[0-9a-f]{1,4}$/i.test(part)) return [Number.parseInt(part, 16)];
    const v4 = index === parts.length - 1 ? readIPv4(part) : null;
    if (v4 === null) return [Number.NaN];
    const [a = 0, b = 0, c = 0, d = 0] = v4;
    return [(a << 8) | b, (c << 8) | d];
  });
  return groups.some(Number.isNaN) ? null : groups;
}

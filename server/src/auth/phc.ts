/** An argon2id hash with all that is needed to compute it again. */
export type PhcHash = {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
  readonly tag: Buffer;
};

/** The hash in the PHC string format, argon2 version 19: `$argon2id$v=19$m=47104,t=1,p=1$salt$hash`, base64 unpadded. */
export function formatPhc({ memoryKiB, passes, lanes, salt, tag }: PhcHash): string {
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${base64(salt)}$${base64(tag)}`;
}

/** @throws Error for a text that is not an argon2id hash of version 19, or asks for more than a server can spend on one. */
export function parsePhc(encoded: string): PhcHash {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    encoded,
  );
  const [memoryKiB = 0, passes = 0, lanes = 0] = match?.slice(1, 4).map(Number) ?? [];
  const salt = Buffer.from(match?.[4] ?? "", "base64");
  const tag = Buffer.from(match?.[5] ?? "", "base64");
  const isSound =
    lanes >= 1 &&
    passes >= 1 &&
    memoryKiB >= 8 * lanes &&
    memoryKiB <= memoryKiBMax &&
    salt.length >= 8 &&
    salt.length <= 64 &&
    tag.length >= 16 &&
    tag.length <= 64;
  if (!isSound) throw new Error("a stored password hash is not one that this product makes");
  return { memoryKiB, passes, lanes, salt, tag };
}

const memoryKiBMax = 1_048_576;

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

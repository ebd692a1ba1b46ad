import { createHmac, randomBytes } from "node:crypto";

/** The secret that the alternatives verify tokens with, new for each run of the kit. */
export const peerSecret = randomBytes(48).toString("base64url");

/** A token as the alternatives would have issued it: JWT, HS256, good for a day. */
export function peerToken(): string {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: "1", username: "bench", iat: issuedAt, exp: issuedAt + 86_400 })}`;
  return `${signed}.${createHmac("sha256", peerSecret).update(signed).digest("base64url")}`;
}

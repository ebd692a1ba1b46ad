/**
 * The protected header of a JWS in compact form (RFC 7515 section 7.1), not verified, or null when the token is not exactly
 * three parts of canonical base64url (no padding, no other alphabet, no stray bits at the end) with a JSON object in front.
 * So a signed token has one spelling only.
 */
export function readTokenHeader(token: string): Readonly<Record<string, unknown>> | null {
  const parts = token.split(".", 4);
  const [header] = parts;
  if (parts.length !== 3 || header === undefined || !parts.every(isCanonical)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(header, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as never) : null;
  } catch {
    return null; // what is not JSON is not a token
  }
}

function isCanonical(part: string): boolean {
  return part !== "" && Buffer.from(part, "base64url").toString("base64url") === part;
}

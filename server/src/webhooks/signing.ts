import { createHmac } from "node:crypto";
import { webhookSecretPrefix } from "../domain/webhook.ts";

/** What a receiver is given beside the body, by the specification of Standard Webhooks. */
export type SignedHeaders = {
  readonly "webhook-id": string;
  /** When it was sent: seconds since the epoch. */
  readonly "webhook-timestamp": string;
  /** One signature for each secret, with a space between them. */
  readonly "webhook-signature": string;
};

/** Signs a body with HMAC-SHA256 under each of the secrets, `whsec_` and base64. */
export function signedHeaders(
  secrets: readonly string[],
  message: { readonly id: string; readonly atMs: number; readonly body: string },
): SignedHeaders {
  const { id, atMs, body } = message;
  const timestamp = String(Math.floor(atMs / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(webhookSecretPrefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

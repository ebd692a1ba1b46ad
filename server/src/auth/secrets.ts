import { hash, randomBytes } from "node:crypto";
import type { Secrets } from "../domain/ports.ts";

/** Secrets from the system's source of randomness. */
export const systemSecrets: Secrets = {
  create: (prefix) => `${prefix}${randomBytes(32).toString("base64url")}`,
  digest: (secret) => hash("sha256", secret, "hex"),
};

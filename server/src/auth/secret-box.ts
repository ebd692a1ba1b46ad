import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import type { SecretBox } from "../domain/ports.ts";

const scryptCost = 32_768;
const ivBytes = 12;
const tagBytes = 16;
const sealedPrefix = "sealed:";

/**
 * Seals with AES-256-GCM under a key that scrypt derives from the secret that seals the signing keys, at its first use; where there is
 * none (empty), secrets are kept as they are, under the permissions of the database as the keys are under those of their file. What was
 * kept plainly is opened after a secret was given, too.
 */
export function createSecretBox(sealingSecret: string): SecretBox {
  let derived: Buffer | null = null;

  return {
    seal(secret, boundTo) {
      if (sealingSecret === "") return secret;
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", key(), iv).setAAD(Buffer.from(boundTo));
      const bytes = Buffer.concat([iv, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${sealedPrefix}${bytes.toString("base64url")}`;
    },

    open(sealed, boundTo) {
      if (!sealed.startsWith(sealedPrefix)) return sealed;
      if (sealingSecret === "") return null;
      const bytes = Buffer.from(sealed.slice(sealedPrefix.length), "base64url");
      try {
        const decipher = createDecipheriv("aes-256-gcm", key(), bytes.subarray(0, ivBytes), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(-tagBytes));
        return `${decipher.update(bytes.subarray(ivBytes, -tagBytes)).toString()}${decipher.final().toString()}`;
      } catch {
        return null;
      }
    },
  };

  /** One salt for all: the secret has 32 characters at least, and every node has to come to the same key. */
  function key(): Buffer {
    const options = { N: scryptCost, r: 8, p: 1, maxmem: 2_048 * scryptCost };
    return (derived ??= scryptSync(sealingSecret, "ringback/secret-box", 32, options));
  }
}

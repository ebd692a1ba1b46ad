import { createHmac, hkdfSync } from "node:crypto";
import type { RepeatableSecrets } from "../domain/ports.ts";
import type { KeyRing } from "./keys.ts";

/** Made with keys that follow from those of refresh tokens (HKDF, RFC 5869), so that they last as long and are kept as well. */
export function createRepeatableSecrets(keys: Pick<KeyRing, "refreshSigner" | "refreshKey">): RepeatableSecrets {
  return {
    keyId: () => keys.refreshSigner().kid,
    make(keyId, prefix, purpose) {
      const refreshKey = keys.refreshKey(keyId);
      if (refreshKey === null) return null;
      const key = new Uint8Array(hkdfSync("sha256", refreshKey, "", "ringback/repeatable-secret", 32));
      return `${prefix}${createHmac("sha256", key).update(purpose).digest("base64url")}`;
    },
  };
}

import { createSecretKey } from "node:crypto";
import jwt from "jsonwebtoken";
import { settings } from "./settings.ts";

export type User = { sub: string; username: string };

// A KeyObject, as the library's documentation advises: with the text it tries a public key first, at four times the cost.
const key = createSecretKey(Buffer.from(settings.secret));

/** Who a header (or parameter) `Bearer …` speaks for. @throws Error "Unauthorized" */
export function userOf(authorization: unknown): User {
  try {
    const token = typeof authorization === "string" ? authorization.replace(/^Bearer /, "") : "";
    return jwt.verify(token, key, { algorithms: ["HS256"] }) as unknown as User;
  } catch {
    throw new Error("Unauthorized");
  }
}

import { hash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { checkNewAccount } from "../domain/credentials.ts";
import { DomainError } from "../domain/errors.ts";
import type { Clock, Passwords } from "../domain/ports.ts";
import type { Storage } from "../domain/storage.ts";
import { firstWorkspaceId } from "../domain/workspace.ts";
import { isJsonInUtf8 } from "./media-types.ts";

export type SetupRouteDeps = {
  /** The one-time token; null where there are accounts already. */
  readonly token: string | null;
  readonly storage: Storage;
  readonly passwords: Passwords;
  readonly clock: Clock;
  readonly newId: () => string;
};

/**
 * `POST /setup {token, username, password}` makes the first account (201) for whoever holds the token that was printed at
 * the start. It works once, and not at all where somebody has an account. The page for it is `/setup`, a static file.
 */
export function registerSetupRoutes(
  routes: FastifyInstance,
  { token, storage, passwords, clock, newId }: SetupRouteDeps,
): { isPending: () => boolean } {
  let pending = token;

  routes.post("/setup", async (request, reply) => {
    if (!isJsonInUtf8(request.headers["content-type"])) {
      throw new DomainError("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.");
    }
    const body = (request.body ?? {}) as Record<string, unknown>;
    const expected = pending;
    if (expected === null || typeof body["token"] !== "string" || !sameText(body["token"], expected)) throw spent();
    const { username, password } = checkAccount(body["username"], body["password"]);
    pending = null;
    try {
      if ((await storage.users.count()) > 0) throw spent();
      const user = {
        id: newId(),
        workspaceId: firstWorkspaceId,
        username,
        role: "admin" as const,
        isDisabled: false,
        createdAtMs: clock.now(),
      };
      await storage.users.add(user, await passwords.hash(password));
      return await reply
        .code(201)
        .header("cache-control", "no-store")
        .send({ user: { id: user.id, username } });
    } catch (error) {
      // Nobody got the account, so the link still has its one use.
      if (error instanceof DomainError && error.code !== "FORBIDDEN") pending = expected;
      throw error;
    }
  });
  return { isPending: () => pending !== null };
}

function spent(): DomainError {
  return new DomainError("FORBIDDEN", "This link has been used, or is not the one that was printed at the last start.");
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hash("sha256", a, "buffer"), hash("sha256", b, "buffer"));
}

function checkAccount(username: unknown, password: unknown) {
  if (typeof username !== "string" || typeof password !== "string") {
    throw new DomainError("BAD_REQUEST", "username and password must be strings.");
  }
  checkNewAccount(username, password);
  return { username, password };
}

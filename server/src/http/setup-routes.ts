import type { FastifyInstance } from "fastify";
import { checkNewAccount } from "../domain/credentials.ts";
import { DomainError } from "../domain/errors.ts";
import type { Clock, Passwords } from "../domain/ports.ts";
import type { Storage } from "../domain/storage.ts";
import { firstWorkspaceId } from "../domain/workspace.ts";
import { isJsonInUtf8 } from "./media-types.ts";

export type SetupRouteDeps = {
  /** Whether this is the token of the link that creates the first account; false for all where there are accounts already. */
  readonly isToken: (text: string) => boolean;
  readonly storage: Storage;
  readonly passwords: Passwords;
  readonly clock: Clock;
  readonly newId: () => string;
};

/**
 * `POST /setup {token, username, password}` makes the first account (201) for whoever holds the token that was printed at
 * the start, of this node or of another. It works once, and not at all where somebody has an account.
 */
export function registerSetupRoutes(
  routes: FastifyInstance,
  { isToken, storage, passwords, clock, newId }: SetupRouteDeps,
): void {
  routes.post("/setup", async (request, reply) => {
    if (!isJsonInUtf8(request.headers["content-type"])) {
      throw new DomainError("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.");
    }
    const body = (request.body ?? {}) as Record<string, unknown>;
    if (typeof body["token"] !== "string" || !isToken(body["token"])) throw spent();
    const { username, password } = checkAccount(body["username"], body["password"]);
    // Before the password is hashed, which takes its time.
    if ((await storage.users.count()) > 0) throw spent();
    const user = {
      id: newId(),
      workspaceId: firstWorkspaceId,
      username,
      role: "admin" as const,
      isDisabled: false,
      createdAtMs: clock.now(),
    };
    if (!(await storage.users.addFirst(user, await passwords.hash(password)))) throw spent();
    return reply
      .code(201)
      .header("cache-control", "no-store")
      .send({ user: { id: user.id, username } });
  });
}

function spent(): DomainError {
  return new DomainError("FORBIDDEN", "This link has been used, or is not the one that was printed at the start.");
}

function checkAccount(username: unknown, password: unknown) {
  if (typeof username !== "string" || typeof password !== "string") {
    throw new DomainError("BAD_REQUEST", "username and password must be strings.");
  }
  checkNewAccount(username, password);
  return { username, password };
}

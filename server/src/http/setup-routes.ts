import { hash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { checkNewAccount } from "../domain/credentials.ts";
import { DomainError } from "../domain/errors.ts";
import type { Clock, Passwords } from "../domain/ports.ts";
import type { Storage } from "../domain/storage.ts";
import { firstWorkspaceId } from "../domain/workspace.ts";
import { newAccountShape } from "./account-shapes.ts";
import { outcomes } from "./openapi/failures.ts";
import { userShape } from "./rest/shapes.ts";
import { requireJson } from "./session-routes.ts";

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
  fastify: FastifyInstance,
  { token, storage, passwords, clock, newId }: SetupRouteDeps,
): { isPending: () => boolean } {
  let pending = token;

  fastify.withTypeProvider<ZodTypeProvider>().post(
    "/setup",
    {
      schema: {
        tags: ["Accounts"],
        operationId: "setUp",
        summary: "Makes the first account",
        description: "The token is in the link that is printed at the first start, and works once.",
        body: newAccountShape,
        response: outcomes(
          201,
          z.object({ user: userShape }),
          "The account is made.",
          "BAD_REQUEST",
          "BAD_USER_INPUT",
          "FORBIDDEN",
          "PAYLOAD_TOO_LARGE",
          "UNSUPPORTED_MEDIA_TYPE",
        ),
      },
      preValidation: requireJson,
    },
    async (request, reply) => {
      const { username, password, token: given } = request.body;
      const expected = pending;
      if (expected === null || !sameText(given, expected)) throw spent();
      checkNewAccount(username, password);
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
        reply.code(201).header("cache-control", "no-store");
        return await reply.send({ user: { id: user.id, username } });
      } catch (error) {
        // Nobody got the account, so the link still has its one use.
        if (error instanceof DomainError && error.code !== "FORBIDDEN") pending = expected;
        throw error;
      }
    },
  );
  return { isPending: () => pending !== null };
}

function spent(): DomainError {
  return new DomainError("FORBIDDEN", "This link has been used, or is not the one that was printed at the last start.");
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hash("sha256", a, "buffer"), hash("sha256", b, "buffer"));
}

import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { checkNewAccount } from "../domain/credentials.ts";
import { DomainError } from "../domain/errors.ts";
import { recorded } from "../domain/kept-answers.ts";
import type { Clock, Passwords } from "../domain/ports.ts";
import type { Storage } from "../domain/storage.ts";
import { firstWorkspaceId } from "../domain/workspace.ts";
import { newAccountShape } from "./account-shapes.ts";
import { outcomes } from "./openapi/failures.ts";
import { userShape } from "./rest/shapes.ts";
import { requireJson } from "./session-routes.ts";

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
  fastify: FastifyInstance,
  { isToken, storage, passwords, clock, newId }: SetupRouteDeps,
): void {
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
      const { username, password, token } = request.body;
      if (!isToken(token)) throw spent();
      checkNewAccount(username, password);
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
      const { id, workspaceId, createdAtMs: atMs } = user;
      const left = recorded({ workspaceId, kind: "workspace-set-up", actor: { kind: "user", id }, atMs });
      if (!(await storage.users.addFirst(user, await passwords.hash(password), left))) throw spent();
      reply.code(201).header("cache-control", "no-store");
      return reply.send({ user: { id: user.id, username } });
    },
  );
}

function spent(): DomainError {
  return new DomainError("FORBIDDEN", "This link has been used, or is not the one that was printed at the start.");
}

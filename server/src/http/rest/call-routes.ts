import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { callNotFound } from "../../domain/errors.ts";
import type { Inbox } from "../../domain/inbox.ts";
import type { Sessions } from "../../domain/sessions.ts";
import { pageLimitMax } from "../../domain/page.ts";
import type { Principal } from "../../domain/workspace.ts";
import { outcomes } from "./outcomes.ts";
import { givenBearer, idempotencyKeyOf, readJson } from "./request-parts.ts";
import {
  callIdShape,
  callJson,
  callPageShape,
  callShape,
  idempotencyShape,
  newNoteShape,
  pageWindowShape,
  userShape,
} from "./shapes.ts";
import { type RestSpending, callCost } from "./spending.ts";

export type CallRouteDeps = { readonly sessions: Sessions; readonly inbox: Inbox };

/** What a signed-in person sees and does. Who it is is settled before a body is judged. */
export function addCallRoutes(
  scope: FastifyInstance,
  { sessions, inbox }: CallRouteDeps,
  spending: RestSpending,
): void {
  const routes = scope.withTypeProvider<ZodTypeProvider>();
  const security = [{ accessToken: [] }];
  scope.decorateRequest("principal", null);
  const signIn = async (request: FastifyRequest) => {
    const principal = await spending.proving(request, () => sessions.authenticate(givenBearer(request)));
    request.setDecorator("principal", principal);
    sessions.admit(principal);
    spending.ofSession(request, principal, 1);
  };

  routes.get(
    "/me",
    {
      schema: {
        tags: ["REST"],
        operationId: "me",
        summary: "Who is signed in",
        security,
        response: outcomes(200, userShape, "The user whose token it is.", "UNAUTHENTICATED", "RATE_LIMITED"),
      },
      preValidation: signIn,
    },
    async (request, reply) => {
      const { userId, username } = principalOf(request);
      return reply.send({ id: userId, username });
    },
  );

  for (const [path, hide] of [
    ["/calls", false],
    ["/calls/", true],
  ] as const) {
    routes.get(
      path,
      {
        schema: {
          hide,
          tags: ["REST"],
          operationId: "calls",
          summary: "A page of calls, newest first",
          security,
          querystring: pageWindowShape,
          response: outcomes(
            200,
            callPageShape,
            "The page.",
            "BAD_USER_INPUT",
            "UNAUTHENTICATED",
            "FORBIDDEN",
            "RATE_LIMITED",
          ),
        },
        preValidation: signIn,
      },
      async (request, reply) => {
        const { offset, limit } = request.query;
        spending.ofSession(request, principalOf(request), Math.min(limit, pageLimitMax) * callCost);
        const { page, window } = await inbox.page(principalOf(request), offset, limit);
        const { calls, totalCount } = page;
        const hasNextPage = window.offset + calls.length < totalCount;
        return reply.send({ nodes: calls.map(callJson), totalCount, hasNextPage });
      },
    );
  }

  routes.get(
    "/calls/:id",
    {
      schema: {
        tags: ["REST"],
        operationId: "call",
        summary: "One call",
        security,
        params: callIdShape,
        response: outcomes(200, callShape, "The call.", "UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "RATE_LIMITED"),
      },
      preValidation: signIn,
    },
    async (request, reply) => {
      const call = await inbox.call(principalOf(request), request.params.id);
      if (call === null) throw callNotFound();
      return reply.send(callJson(call));
    },
  );

  routes.put(
    "/calls/:id/archive",
    {
      schema: {
        tags: ["REST"],
        operationId: "archiveCall",
        summary: "Archives the call, or restores it when it is archived",
        description: "The body is not read.",
        security,
        params: callIdShape,
        headers: idempotencyShape,
        response: outcomes(
          200,
          callShape,
          "The call after it.",
          "BAD_USER_INPUT",
          "UNAUTHENTICATED",
          "FORBIDDEN",
          "NOT_FOUND",
          "RATE_LIMITED",
        ),
      },
      preValidation: signIn,
    },
    async (request, reply) => {
      const { id } = request.params;
      const idempotency = idempotencyKeyOf(request.headers["idempotency-key"], "rest:archive", id);
      return reply.send(callJson(await inbox.toggleArchived(principalOf(request), id, { idempotency })));
    },
  );

  routes.post(
    "/calls/:id/note",
    {
      schema: {
        tags: ["REST"],
        operationId: "addNote",
        summary: "Adds a note in front of the call's notes",
        security,
        params: callIdShape,
        headers: idempotencyShape,
        body: newNoteShape,
        response: outcomes(
          201,
          callShape,
          "The call after it.",
          "BAD_USER_INPUT",
          "UNAUTHENTICATED",
          "FORBIDDEN",
          "NOT_FOUND",
          "PAYLOAD_TOO_LARGE",
          "UNSUPPORTED_MEDIA_TYPE",
          "RATE_LIMITED",
        ),
      },
      preValidation: [readJson, signIn],
    },
    async (request, reply) => {
      const { id } = request.params;
      const { content } = request.body;
      const idempotency = idempotencyKeyOf(request.headers["idempotency-key"], "rest:note", id, content);
      const call = await inbox.addNote(principalOf(request), id, content, { idempotency });
      return reply.code(201).send(callJson(call));
    },
  );
}

function principalOf(request: FastifyRequest): Principal {
  return request.getDecorator<Principal>("principal");
}

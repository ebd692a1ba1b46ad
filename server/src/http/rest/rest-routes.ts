import type { IncomingMessage } from "node:http";
import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaCompiler } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { ZodType } from "zod";
import { DomainError, callNotFound, errorTable, unauthenticated } from "../../domain/errors.ts";
import type { Inbox } from "../../domain/inbox.ts";
import type { Sessions } from "../../domain/sessions.ts";
import type { Principal } from "../../domain/workspace.ts";
import type { Log } from "../../log.ts";
import { corsHeaders, preflightHeaders } from "../cors.ts";
import type { OriginPolicy } from "../origins.ts";
import { retryAfterSeconds } from "../replies.ts";
import { bearerOf } from "../request-head.ts";
import { openApi, outcomes } from "./openapi.ts";
import { UnacceptableRequest, asRefusal, refusalBody } from "./refusals.ts";
import { idempotencyKeyOf, jsonObjectOf } from "./request-parts.ts";
import {
  callIdShape,
  callJson,
  callPageShape,
  callShape,
  credentialsShape,
  idempotencyShape,
  newNoteShape,
  pageWindowShape,
  refreshedAccessShape,
  signedInJson,
  signedInShape,
  userShape,
} from "./shapes.ts";

export type RestRouteDeps = {
  readonly sessions: Sessions;
  readonly inbox: Inbox;
  readonly log: Log;
  readonly peerAddress: (request: IncomingMessage) => string;
  readonly origins: OriginPolicy;
};

const bodyBytesMax = 128 * 1_024;
const agentCharactersMax = 200;
const bodyRefusals = ["BAD_USER_INPUT", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"] as const;

/**
 * The REST routes of the documented API: thin adapters on the same use cases as GraphQL, with the status codes and error
 * bodies that existing clients know. `GET /openapi.json` describes them, made from the very shapes that check requests.
 */
export function registerRestRoutes(routes: FastifyInstance, deps: RestRouteDeps): void {
  routes.register(async (scope) => {
    scope.setValidatorCompiler(checkShape);
    scope.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
    answerRefusals(scope, deps.log);
    // Bodies come as bytes: some routes take none and must not mind what a client sends along, or under which type.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: bodyBytesMax }, (_request, body, done) => {
      done(null, body);
    });
    scope.addHook("onRequest", async (request, reply) => {
      reply.headers({ "cache-control": "no-store", ...corsHeaders(request.raw, deps.origins) });
    });
    answerPreflights(scope, deps);
    await scope.register(swagger, openApi);
    addAuthRoutes(scope, deps);
    addCallRoutes(scope, deps);
    scope.get("/openapi.json", { schema: { hide: true } }, async (_request, reply) =>
      reply.header("cache-control", "no-cache").send(scope.swagger()),
    );
  });
}

function addAuthRoutes(scope: FastifyInstance, { sessions, peerAddress }: RestRouteDeps): void {
  const routes = scope.withTypeProvider<ZodTypeProvider>();

  routes.post(
    "/auth/login",
    {
      schema: {
        operationId: "login",
        summary: "Signs in",
        description: "Needs no Authorization header and ignores one.",
        body: credentialsShape,
        response: outcomes(
          201,
          signedInShape,
          "A fresh pair of tokens.",
          ...bodyRefusals,
          "UNAUTHENTICATED",
          "RATE_LIMITED",
        ),
      },
      preValidation: readJson,
    },
    async (request, reply) => {
      const agent = (request.headers["user-agent"] ?? "").slice(0, agentCharactersMax);
      const origin = { address: peerAddress(request.raw), agent };
      return reply.code(201).send(signedInJson(await sessions.signIn(request.body, origin)));
    },
  );

  routes.post(
    "/auth/refresh-token",
    {
      schema: {
        operationId: "refreshToken",
        summary: "A fresh access token",
        description: "The Authorization header carries an access token that has not expired. The body is not read.",
        deprecated: true,
        security: [{ accessToken: [] }],
        response: outcomes(201, refreshedAccessShape, "A fresh access token.", "UNAUTHENTICATED", "RATE_LIMITED"),
      },
    },
    async (request, reply) => {
      const { accessToken, user } = await sessions.refreshAccess(givenBearer(request));
      reply.code(201).header("deprecation", "true");
      return reply.send({ access_token: accessToken, user: { id: user.id, username: user.username } });
    },
  );

  routes.post(
    "/auth/refresh-token-v2",
    {
      schema: {
        operationId: "refreshTokenV2",
        summary: "A fresh pair of tokens",
        description: "The Authorization header carries the refresh token. The body is not read.",
        security: [{ refreshToken: [] }],
        response: outcomes(201, signedInShape, "A fresh pair of tokens.", "UNAUTHENTICATED"),
      },
    },
    async (request, reply) => reply.code(201).send(signedInJson(await sessions.refresh(givenBearer(request)))),
  );
}

function addCallRoutes(scope: FastifyInstance, { sessions, inbox }: RestRouteDeps): void {
  const routes = scope.withTypeProvider<ZodTypeProvider>();
  const security = [{ accessToken: [] }];
  scope.decorateRequest("principal", null);
  const signIn = async (request: FastifyRequest) => {
    request.setDecorator("principal", await sessions.authenticate(givenBearer(request)));
  };

  routes.get(
    "/me",
    {
      schema: {
        operationId: "me",
        summary: "Who is signed in",
        security,
        response: outcomes(200, userShape, "The user whose token it is.", "UNAUTHENTICATED"),
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
          operationId: "calls",
          summary: "A page of calls, newest first",
          security,
          querystring: pageWindowShape,
          response: outcomes(200, callPageShape, "The page.", "BAD_USER_INPUT", "UNAUTHENTICATED"),
        },
        preValidation: signIn,
      },
      async (request, reply) => {
        const { offset, limit } = request.query;
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
        operationId: "call",
        summary: "One call",
        security,
        params: callIdShape,
        response: outcomes(200, callShape, "The call.", "UNAUTHENTICATED", "NOT_FOUND"),
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
        operationId: "archiveCall",
        summary: "Archives the call, or restores it when it is archived",
        description: "The body is not read.",
        security,
        params: callIdShape,
        headers: idempotencyShape,
        response: outcomes(200, callShape, "The call after it.", "BAD_USER_INPUT", "UNAUTHENTICATED", "NOT_FOUND"),
      },
      preValidation: signIn,
    },
    async (request, reply) => {
      const { id } = request.params;
      const idempotency = idempotencyKeyOf(request.headers["idempotency-key"], "rest:archive", id);
      return reply.send(callJson(await inbox.toggleArchived(principalOf(request), id, idempotency)));
    },
  );

  routes.post(
    "/calls/:id/note",
    {
      schema: {
        operationId: "addNote",
        summary: "Adds a note in front of the call's notes",
        security,
        params: callIdShape,
        headers: idempotencyShape,
        body: newNoteShape,
        response: outcomes(201, callShape, "The call after it.", ...bodyRefusals, "UNAUTHENTICATED", "NOT_FOUND"),
      },
      preValidation: [readJson, signIn],
    },
    async (request, reply) => {
      const { id } = request.params;
      const { content } = request.body;
      const idempotency = idempotencyKeyOf(request.headers["idempotency-key"], "rest:note", id, content);
      const call = await inbox.addNote(principalOf(request), id, content, idempotency);
      return reply.code(201).send(callJson(call));
    },
  );
}

function answerRefusals(scope: FastifyInstance, log: Log): void {
  scope.setErrorHandler((thrown, request, reply) => {
    const refusal = asRefusal(thrown);
    if (refusal === null) log.error({ requestId: request.id, err: thrown }, "a request failed by a fault of ours");
    const error = refusal ?? new DomainError("INTERNAL_SERVER_ERROR", "Internal server error");
    const status = errorTable[error.code].http;
    if (status === 401) reply.header("www-authenticate", "Bearer");
    if (error.retryAfterMs !== undefined) {
      reply.header("retry-after", retryAfterSeconds(error.retryAfterMs));
    }
    return reply.code(status).header("x-error-code", error.code).send(refusalBody(error));
  });
}

/** Each path answers OPTIONS with the methods that its routes take. */
function answerPreflights(scope: FastifyInstance, { origins }: RestRouteDeps): void {
  const methodsOf = new Map<string, string[]>();
  scope.addHook("onRoute", ({ url, method }) => {
    if (method === "OPTIONS") return;
    const methods = methodsOf.get(url);
    if (methods !== undefined) {
      methods.push(...[method].flat());
      return;
    }
    methodsOf.set(url, [method].flat());
    scope.options(url, { schema: { hide: true } }, async (request: FastifyRequest, reply: FastifyReply) => {
      const allow = (methodsOf.get(url) ?? []).join(", ");
      return reply
        .code(204)
        .headers({ ...preflightHeaders(request.raw, origins, allow), allow })
        .send();
    });
  });
}

const checkShape: FastifySchemaCompiler<ZodType> =
  ({ schema }) =>
  (given) => {
    const read = schema.safeParse(given, { reportInput: true });
    return read.success ? { value: read.data } : { error: new UnacceptableRequest(read.error.issues) };
  };

async function readJson(request: FastifyRequest): Promise<void> {
  request.body = jsonObjectOf(request);
}

function givenBearer(request: FastifyRequest): string {
  const bearer = bearerOf(request.raw);
  if (bearer === null) throw unauthenticated();
  return bearer;
}

function principalOf(request: FastifyRequest): Principal {
  return request.getDecorator<Principal>("principal");
}

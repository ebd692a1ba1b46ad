import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { outcomes } from "./openapi/failures.ts";

const aliveShape = z.object({ status: z.literal("ok") }).meta({ id: "Alive" });
const readyShape = z.object({ status: z.literal("ready") }).meta({ id: "Ready" });
const notReadyShape = z.object({ status: z.literal("not ready") }).meta({ id: "NotReady" });

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work: 503 while it starts, stops or its database does not
 * answer, so that a balancer sends requests elsewhere.
 */
export function registerHealthRoutes(fastify: FastifyInstance, { isReady }: { isReady: () => Promise<boolean> }): void {
  const routes = fastify.withTypeProvider<ZodTypeProvider>();
  const tags = ["This server"];
  routes.get(
    "/healthz",
    {
      schema: {
        tags,
        operationId: "healthz",
        summary: "Whether the process answers",
        response: outcomes(200, aliveShape, "It does."),
      },
    },
    async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "ok" }),
  );
  routes.get(
    "/readyz",
    {
      schema: {
        tags,
        operationId: "readyz",
        summary: "Whether it can do its work",
        response: {
          ...outcomes(200, readyShape, "It can."),
          503: {
            description: "It starts, stops, or its database does not answer: send requests elsewhere.",
            content: { "application/json": { schema: notReadyShape } },
          },
        },
      },
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      return (await isReady()) ? reply.send({ status: "ready" }) : reply.code(503).send({ status: "not ready" });
    },
  );
}

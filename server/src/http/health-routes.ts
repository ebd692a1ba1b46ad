import type { FastifyInstance } from "fastify";

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work: 503 while it starts, stops or its database does not
 * answer, so that a balancer sends requests elsewhere.
 */
export function registerHealthRoutes(routes: FastifyInstance, { isReady }: { isReady: () => Promise<boolean> }): void {
  routes.get("/healthz", async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "ok" }));
  routes.get("/readyz", async (_request, reply) => {
    const ready = await isReady();
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: ready ? "ready" : "not ready" });
  });
}

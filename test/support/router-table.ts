import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { FastifyInstance } from "fastify";

/** Every route of the routers that are made until it is `stop`ped, as `GET /calls/:id`; OPTIONS aside. */
export function watchRoutes(): { readonly routes: ReadonlySet<string>; readonly stop: () => void } {
  const routes = new Set<string>();
  const note = (message: unknown) => {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook("onRoute", ({ method, url }) => {
      for (const each of [method].flat()) if (each !== "OPTIONS") routes.add(`${each} ${url}`);
    });
  };
  subscribe("fastify.initialization", note);
  return { routes, stop: () => void unsubscribe("fastify.initialization", note) };
}

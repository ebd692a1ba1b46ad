import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { vendorFiles } from "./vendor-files.ts";

const ownFiles = [
  { name: "page.js", type: "text/javascript" },
  { name: "page.css", type: "text/css" },
] as const;

const unzip = promisify(gunzip);

/**
 * The scripts and styles of GraphiQL's page, under `/graphiql/`. Those of others are kept and sent gzipped and may be kept by
 * browsers for good: the page asks for each by its version.
 */
export function registerGraphiqlRoutes(routes: FastifyInstance): void {
  for (const { name, spec, type } of vendorFiles) {
    const file = new URL(`vendor/${name}.gz`, import.meta.url);
    routes.get(`/graphiql/${spec}/${name}`, { schema: { hide: true } }, async (request, reply) => {
      const zipped = await readFile(file);
      reply.type(`${type}; charset=utf-8`).header("vary", "Accept-Encoding");
      reply.header("cache-control", "public, max-age=31536000, immutable");
      const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(request.headers["accept-encoding"] ?? "");
      return takesGzip ? reply.header("content-encoding", "gzip").send(zipped) : reply.send(await unzip(zipped));
    });
  }
  for (const { name, type } of ownFiles) {
    const file = new URL(name, import.meta.url);
    routes.get(`/graphiql/${name}`, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .header("cache-control", "no-cache")
        .send(await readFile(file)),
    );
  }
}

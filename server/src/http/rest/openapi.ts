import type { FastifyDynamicSwaggerOptions, SwaggerTransformObject } from "@fastify/swagger";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import type { OpenAPIV3_1 } from "openapi-types";
import { z, type ZodType } from "zod";
import { type ErrorCode, errorTable } from "../../domain/errors.ts";
import { refusalShape, unacceptableShape, unauthorizedShape } from "./refusals.ts";

/** How the OpenAPI 3.1 document is made from the routes; what is not said by a route is said here. */
export const openApi: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: "3.1.1",
    info: {
      title: "Ringback REST routes",
      version: "1.0.0",
      description:
        "The documented API of the call inbox as REST. Everything else, live updates too, is in the GraphQL API at /graphql.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    components: {
      securitySchemes: {
        accessToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "From login; 10 minutes. A program sends its API key (rbk_...) in its place.",
        },
        refreshToken: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "From login; an hour." },
      },
    },
  },
  transform: jsonSchemaTransform,
  transformObject: (from) => withoutUnused(jsonSchemaTransformObject(from)),
};

type Document = ReturnType<SwaggerTransformObject>;

/** The library lists each shape as an input and as an output; what nothing refers to only confuses. */
function withoutUnused(document: Document): Document {
  const { components = {} } = document as Partial<OpenAPIV3_1.Document>;
  const schemas: Record<string, unknown> = { ...components.schemas };
  for (;;) {
    const text = JSON.stringify({ ...document, components: { ...components, schemas } });
    const unused = Object.keys(schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    if (unused.length === 0) break;
    for (const name of unused) delete schemas[name];
  }
  return { ...document, components: { ...components, schemas } } as Document;
}

/** What any route may answer beside its success and what it refuses by itself. */
const anyRouteRefuses = ["BAD_REQUEST", "OVERLOADED", "UNAVAILABLE", "STORAGE_FULL", "INTERNAL_SERVER_ERROR"] as const;

/** What a route answers: its success, and each status of the given codes with their meanings. */
export function outcomes<const Status extends 200 | 201, Shape extends ZodType>(
  status: Status,
  shape: Shape,
  description: string,
  ...refusals: readonly ErrorCode[]
) {
  const codes = [...refusals, ...anyRouteRefuses];
  const refused = Map.groupBy(codes, (code) => errorTable[code].http);
  const entries = [...refused].map(([http, same]) => {
    const meanings = same.map((code) => `${code}: ${errorTable[code].meaning}`).join(" ");
    return [http, response(meanings, refusalShapeOf(http))] as const;
  });
  // The type names the success alone: refusals are thrown, never sent by a handler.
  const all = { ...Object.fromEntries(entries), [status]: response(description, shape) };
  return all as Record<Status, ReturnType<typeof response<Shape>>>;
}

/** The same for a route that answers with a file, which is not JSON. */
export function fileOutcomes(types: readonly string[], description: string, ...refusals: readonly ErrorCode[]): object {
  const { 200: _, ...refused } = outcomes(200, z.string(), description, ...refusals) as Record<string, unknown>;
  const content = Object.fromEntries(types.map((type) => [type, { schema: z.string() }]));
  // No type for the success: a stream is sent.
  return { ...refused, 200: { description, content } };
}

function refusalShapeOf(http: number): ZodType {
  if (http === 400) return unacceptableShape;
  return http === 401 ? unauthorizedShape : refusalShape;
}

function response<Shape extends ZodType>(description: string, schema: Shape) {
  return { description, content: { "application/json": { schema } } };
}

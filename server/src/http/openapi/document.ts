import type { FastifyDynamicSwaggerOptions, SwaggerTransformObject } from "@fastify/swagger";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import type { OpenAPIV3_1 } from "openapi-types";
import { refreshCookieName } from "../session-routes.ts";
import { graphqlPaths } from "./graphql-paths.ts";

/** How the OpenAPI 3.1 document is made from the routes; what is not said by a route is said here. */
export const openApi: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: "3.1.1",
    info: {
      title: "Ringback",
      version: "1.0.0",
      description: `Every path that this server answers, save the web app's pages and files and the WebSocket at /websocket. The schema of the GraphQL API is at /schema.graphql.

A request may also be refused before it has reached its path, with a body of the form Failure: 400, 408, 413, 417 and 431. A path that takes other methods answers 405 with the header Allow, one that does not exist 404. Every answer has its request's id in the header x-request-id; 429 and 503 come with Retry-After where the time to wait is known.`,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "REST", description: "The documented API of the inbox as REST." },
      { name: "GraphQL", description: "The documented API and everything else, live updates too." },
      { name: "Phone systems", description: "Calls that come in." },
      { name: "Files", description: "Calls that go out." },
      { name: "Accounts", description: "The first account, invitations, and sessions of this server's own pages." },
      { name: "This server", description: "Its documents, its keys, and how it is." },
    ],
    components: {
      securitySchemes: {
        accessToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "From login; 10 minutes. A program sends its API key (rbk_...) in its place.",
        },
        refreshToken: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "From login; an hour." },
        sourceKey: { type: "http", scheme: "bearer", description: "The key of a phone system." },
        exportTicket: {
          type: "apiKey",
          in: "query",
          name: "ticket",
          description: "From the mutation exportTicket; once, within a minute.",
        },
        refreshCookie: {
          type: "apiKey",
          in: "cookie",
          name: refreshCookieName,
          description: "Set by a sign-in from a page of this server.",
        },
      },
    },
  },
  transform: jsonSchemaTransform,
  transformObject: (from) => {
    if (!("openapiObject" in from)) throw new Error("The document is OpenAPI 3.1, not Swagger.");
    const { openapiObject } = from;
    const paths = { ...openapiObject.paths, ...graphqlPaths(openapiObject) };
    return withoutUnused(
      jsonSchemaTransformObject({ openapiObject: { ...openapiObject, paths } as typeof openapiObject }),
    );
  },
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

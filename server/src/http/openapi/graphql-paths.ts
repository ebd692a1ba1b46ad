import type { SwaggerTransform } from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { z, type ZodType } from "zod";
import { errorEntryShape, failureShape, refusals } from "./failures.ts";

const map = z.record(z.string(), z.unknown()).nullish();

/** What `readParameters` takes: the tests hold the two together. */
export const graphqlRequestShape = z
  .looseObject({
    query: z.string().describe("The document."),
    operationName: z.string().nullish().describe("Which of its operations, where it has several."),
    variables: map.describe("The values of the operation's variables."),
    extensions: map.describe("resumeFrom: the cursor to go on from. cost: true to be told the cost."),
  })
  .meta({ id: "GraphqlRequest", description: "One operation, by the specification GraphQL over HTTP." });

const graphqlAnswerShape = z
  .object({
    data: z.record(z.string(), z.unknown()).nullish(),
    errors: z.array(errorEntryShape).min(1).optional(),
    extensions: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: "GraphqlAnswer", description: "The result of an operation, by the GraphQL specification, section 7.1." });

const json = "application/json";
const graphqlJson = "application/graphql-response+json";
const idempotency = "A mutation takes the header Idempotency-Key.";

const bodyRefusals = ["PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"] as const;

/** What `/graphql` answers: GraphQL's own refusals have a status under one of its two media types alone. */
const graphqlAnswers = {
  ...refusals("NOT_ACCEPTABLE"),
  200: answers("The result; under application/json errors too.", [json, graphqlJson]),
  400: {
    description: "The request is not of the form that the protocol asks for, or GraphQL refused it before it ran.",
    content: { [json]: { schema: failureShape }, [graphqlJson]: { schema: graphqlAnswerShape } },
  },
  401: answers("Not signed in, where the answer is of this type.", [graphqlJson]),
  429: answers("The budget does not suffice, where the answer is of this type.", [graphqlJson]),
  503: answers("Too busy, stopping, or storage does not answer.", [json, graphqlJson]),
};

const eventStream = {
  description:
    "Events by the protocol of graphql-sse, distinct connections mode: `next` with a GraphqlAnswer each, then `complete`. The id of an event is the cursor to come back with.",
  content: { "text/event-stream": { schema: z.string() } },
};

const streamRefusals = ["BAD_REQUEST", "UNAUTHENTICATED", "NOT_ACCEPTABLE", "RATE_LIMITED"] as const;

const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/graphql": {
    post: {
      operationId: "graphql",
      summary: "Queries and mutations",
      description: idempotency,
      security: [{}, { accessToken: [] }],
      body: graphqlRequestShape,
      response: { ...refusals(...bodyRefusals), ...graphqlAnswers },
    },
    get: {
      operationId: "graphiql",
      summary: "GraphiQL, for browsers",
      description:
        "Where the setting RINGBACK_GRAPHQL_GET is on, queries too, with the parts of GraphqlRequest as parameters.",
      response: {
        ...refusals("METHOD_NOT_ALLOWED"),
        ...graphqlAnswers,
        200: {
          description: "The page, or the result of the query.",
          content: { "text/html": { schema: z.string() }, ...graphqlAnswers[200].content },
        },
      },
    },
  },
  "/graphql/stream": {
    post: {
      operationId: "graphqlStream",
      summary: "Every operation, subscriptions too, as server-sent events",
      description: idempotency,
      security: [{}, { accessToken: [] }],
      body: graphqlRequestShape,
      response: { ...refusals(...bodyRefusals, ...streamRefusals), 200: eventStream },
    },
    get: {
      operationId: "graphqlStreamByGet",
      summary: "Queries and subscriptions as server-sent events",
      description: "The parts of GraphqlRequest are parameters; variables and extensions are JSON.",
      security: [{}, { accessToken: [] }],
      querystring: z.object({
        query: z.string().describe("The document."),
        operationName: z.string().optional(),
        variables: z.string().optional().describe("JSON."),
        extensions: z.string().optional().describe("JSON."),
      }),
      response: { ...refusals("METHOD_NOT_ALLOWED", ...streamRefusals), 200: eventStream },
    },
  },
};

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly body?: ZodType;
  readonly querystring?: z.ZodObject;
  readonly response: object;
};

/** The paths of GraphQL, which are answered before the router and therefore have no routes in it, in the form of the document. */
export function graphqlPaths(openapiObject: OpenApiObject): Readonly<Record<string, object>> {
  const pathItems = Object.entries(operations).map(([url, methods]) => {
    const items = Object.entries(methods).map(([method, operation]) => [method, item(url, operation, openapiObject)]);
    return [url, Object.fromEntries(items)];
  });
  return Object.fromEntries(pathItems);
}

type OpenApiObject = Extract<Parameters<SwaggerTransform>[0], { openapiObject: unknown }>["openapiObject"];

function item(url: string, { body, querystring, response, ...said }: Operation, openapiObject: OpenApiObject): object {
  const schema = { response, ...(body && { body }), ...(querystring && { querystring }) };
  const route = { method: "POST", url, handler: () => undefined };
  const made = jsonSchemaTransform({ schema, url, route, openapiObject }).schema;
  const { properties = {}, required = [] } = (made.querystring ?? {}) as QueryShape;
  const parameters = Object.entries(properties).map(([name, { description, ...rest }]) => ({
    in: "query",
    name,
    description,
    required: required.includes(name),
    schema: rest,
  }));
  return {
    ...said,
    tags: ["GraphQL"],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: { [json]: { schema: made.body } } } }),
    responses: made.response,
  };
}

type QueryShape = {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
  readonly required?: readonly string[];
};

function answers(description: string, types: readonly string[]) {
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema: graphqlAnswerShape }])) };
}

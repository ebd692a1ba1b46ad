import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/** So much of an OpenAPI document as the tests look at. */
export type OpenApi = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
};

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
};

export type Asking = {
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit;
  readonly json?: unknown;
};

export type Asked = {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are taken apart by assertions that say what they expect
  readonly body: any;
  readonly headers: Headers;
};

export type Ask = (method: string, path: string, asking?: Asking) => Promise<Asked>;

/** The document that a server answers about itself. */
export async function documentOf(url: string): Promise<OpenApi> {
  return (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi;
}

/** Its operations, or those with a tag. */
export function operationsOf(document: OpenApi, tag?: string) {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      tag === undefined || operation.tags.includes(tag) ? [{ method: method.toUpperCase(), path, ...operation }] : [],
    ),
  );
}

/** Everything that these operations may answer, as `METHOD /path/{id} status type`, the type being `none` where there is no body. */
export function answersOf(document: OpenApi, tag?: string): readonly string[] {
  return operationsOf(document, tag).flatMap(({ method, path, responses }) =>
    Object.entries(responses).flatMap(([status, { content }]) =>
      Object.keys(content ?? { none: null }).map((type) => `${method} ${path} ${status} ${type}`),
    ),
  );
}

/**
 * Asks a server, and holds each answer against what the document says about it: the status, the media type, and the body where that is
 * JSON; of what was answered with a success, the JSON that was sent too. `seen` gets a line for each, as {@link answersOf} has them.
 */
export function asker(url: string, document: OpenApi, seen: Set<string>): Ask {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, "openapi");
  const templates = Object.keys(document.paths).map(
    (path) => [path, new RegExp(`^${RegExp.escape(path).replaceAll(/\\\{\w+\\\}/g, "[^/]+")}/?$`)] as const,
  );

  return async (method, path, { token, headers = {}, body, json } = {}) => {
    const init: RequestInit = {
      method,
      redirect: "manual",
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? (body ?? null) : JSON.stringify(json),
    };
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const [route = ""] = path.split("?");
    const template = templates.find(([, pattern]) => pattern.test(route))?.[0];
    const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
    assert.ok(template && operation, `${method} ${path} is documented`);
    const [type = ""] = response.headers.get("content-type")?.split(";") ?? [];
    const asked = `${method} ${template} ${response.status}`;
    const described = operation.responses[response.status];
    assert.ok(described, `${asked} is documented: ${text.slice(0, 300)}`);
    const answer = `${asked} ${described.content === undefined ? "none" : type}`;
    if (described.content === undefined) assert.equal(text, "", `${answer} has no body`);
    else assert.ok(type in described.content, `${type} is documented for ${asked}`);
    const answered: unknown = /[/+]json$/.test(type) ? JSON.parse(text) : text;
    const at = ["paths", template, method.toLowerCase()];
    if (typeof answered !== "string") hold([...at, "responses", String(response.status), "content", type], answered);
    if (json !== undefined && response.ok && operation.requestBody !== undefined) {
      hold([...at, "requestBody", "content", "application/json"], json);
    }
    if (operation.tags.includes("REST") && type === "application/json") {
      assert.equal(response.headers.get("content-type"), "application/json; charset=utf-8");
      assert.equal(response.headers.get("cache-control"), "no-store");
    }
    seen.add(answer);
    return { status: response.status, body: answered, headers: response.headers };
  };

  function hold(at: readonly string[], value: unknown): void {
    const pointer = [...at, "schema"].map((part) =>
      encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")),
    );
    const validate = ajv.compile({ $ref: `openapi#/${pointer.join("/")}` });
    assert.ok(validate(value), `${at.join(" ")}: ${ajv.errorsText(validate.errors)}`);
  }
}

import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { createRingback, RingbackError } from "../../client/src/ringback.ts";
import type { GraphqlResult } from "../support/server.ts";
import { type Dialect, dialects, openReadySocket } from "../support/socket.ts";
import type { Way } from "./plan.ts";

export type Sent = {
  readonly url: string;
  readonly token: string;
  readonly query: string;
  readonly variables: object;
  /** Under which the server does it once. */
  readonly key: string;
};

/** Nobody looks at a wait here. */
export const quickWaits = { minMs: 5, maxMs: 100 };

/** Sends a mutation by one of the ways there are, once. @throws Error where the connection was lost: it may have been done, or not. */
export async function send(way: Way, sent: Sent): Promise<GraphqlResult> {
  if (way === "http") return (await post(`${sent.url}/graphql`, sent)) as GraphqlResult;
  if (way === "stream") return sendOnStream(sent);
  if (way === "package") return sendByPackage(sent);
  return sendOnSocket(sent, dialects.find(({ name }) => name === way) as Dialect);
}

/** POSTs JSON over a connection of its own and returns the decoded answer. @throws Error where the connection was lost */
export async function postJson(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: object,
): Promise<{ readonly status: number; readonly text: string }> {
  const asked = request(url, {
    method: "POST",
    agent: false,
    headers: { "content-type": "application/json", ...headers },
  });
  asked.end(JSON.stringify(body));
  const [response] = (await once(asked, "response")) as [AsyncIterable<Buffer> & { readonly statusCode: number }];
  asked.on("error", () => {}); // told by the response too
  let text = "";
  for await (const chunk of response) text += chunk.toString();
  if (response.statusCode === 408) throw new Error("It did not arrive whole.");
  return { status: response.statusCode, text };
}

/** Errors that pass by themselves: on a machine that has more to do than it can, any request may have one. */
export const passingCodes: ReadonlySet<string> = new Set(["UNAVAILABLE", "OVERLOADED", "TIMEOUT"]);

/** The data of a query, or of signing in, asked until it is answered. @throws AssertionError for an error that does not pass */
export async function askGraphql<T>(
  url: string,
  headers: Readonly<Record<string, string>>,
  query: string,
  variables: object,
): Promise<T> {
  for (;;) {
    const { text } = await postJson(`${url}/graphql`, headers, { query, variables });
    const { data, errors } = JSON.parse(text) as GraphqlResult;
    if (errors === undefined) return data as T;
    assert.ok(passingCodes.has(errors[0]?.extensions.code ?? ""), text);
  }
}

async function post(url: string, { token, query, variables, key }: Sent): Promise<unknown> {
  const { text } = await postJson(
    url,
    { authorization: `Bearer ${token}`, "idempotency-key": key },
    { query, variables },
  );
  return JSON.parse(text);
}

/** Our client package sends again by itself, a few times. */
async function sendByPackage({ url, token, query, variables, key }: Sent): Promise<GraphqlResult> {
  const ringback = createRingback({ url, session: { kind: "key", key: token }, waits: quickWaits });
  try {
    return { data: await ringback.request(query, { ...variables }, { idempotencyKey: key }) };
  } catch (error) {
    if (!(error instanceof RingbackError) || error.code === "NETWORK") throw error;
    const { code, message, extensions } = error;
    return { errors: [{ message, extensions: { ...extensions, code } }] };
  }
}

async function sendOnStream({ url, token, query, variables, key }: Sent): Promise<GraphqlResult> {
  const { status, text } = await postJson(
    `${url}/graphql/stream`,
    { authorization: `Bearer ${token}`, accept: "text/event-stream", "idempotency-key": key },
    { query, variables },
  );
  const data = /^data: (.+)$/m.exec(text)?.[1];
  if (status === 200 && (data === undefined || !text.includes("event: complete"))) throw new Error("It was cut off.");
  return JSON.parse(data ?? text) as GraphqlResult;
}

async function sendOnSocket({ url, token, query, variables, key }: Sent, dialect: Dialect): Promise<GraphqlResult> {
  const socket = await openReadySocket(`${url.replace("http", "ws")}/websocket`, dialect, token);
  try {
    const payload = { query, variables, extensions: { idempotencyKey: key } };
    socket.send({ type: dialect.start, id: "1", payload });
    for (;;) {
      const message = await socket.next();
      if (message["type"] === "error") return { errors: [message["payload"]].flat() };
      if (message["type"] === dialect.result) return message["payload"] as GraphqlResult;
    }
  } finally {
    socket.ws.terminate();
  }
}

import { setTimeout } from "node:timers/promises";

export type Request = { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };

/** One plain request, outside any measurement. @throws Error when the answer is not HTTP 200 or has errors. */
export async function ask(url: string, token: string | null, { query, variables = {} }: Request): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (response.status !== 200 || errors !== undefined) {
    throw new Error(`${url} answered ${response.status} ${text.slice(0, 500)}`);
  }
  return data;
}

const patienceMs = 60_000;

/** Asks until it is answered well: what a client that waits for a starting server would see. */
export async function askUntilAnswered(url: string, token: string | null, request: Request): Promise<unknown> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await ask(url, token, request);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await setTimeout(1);
    }
  }
}

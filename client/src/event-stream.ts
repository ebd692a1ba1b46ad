import { RingbackError } from "./error.ts";
import type { Connection } from "./changes.ts";
import { throwIfRefused } from "./post.ts";

/** The server says something every 12 seconds at least. */
const silenceMs = 30_000;

/**
 * One subscription as server-sent events, for networks that break WebSockets. Ends when the response does; one on which nothing
 * comes is taken for dead. @throws RingbackError
 */
export async function followOnStream({ url, token, request, onResult, signal }: Connection): Promise<void> {
  const over = new AbortController();
  const giveUp = () => over.abort();
  signal.addEventListener("abort", giveUp);
  let silence = setTimeout(giveUp, silenceMs);
  try {
    const response = await fetch(`${url}/graphql/stream`, {
      method: "POST",
      headers: { accept: "text/event-stream", "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(request),
      signal: over.signal,
    }).catch(fail);
    if (!response.ok) throwIfRefused(response, await response.text().catch(fail));
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; ;) {
      const { value, done } = (await reader?.read().catch(fail)) ?? { done: true };
      if (done) break;
      clearTimeout(silence);
      silence = setTimeout(giveUp, silenceMs);
      const blocks = `${text}${value}`.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) onResult(JSON.parse(data) as never);
      }
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", giveUp);
    over.abort();
  }
  throw new RingbackError("UNAVAILABLE", "The stream was ended.");
}

function fail(error: unknown): never {
  throw new RingbackError("NETWORK", "The stream failed.", {}, error);
}

import { type ClientRequest, type IncomingMessage, request } from "node:http";

/** One block of an event stream, as the HTML standard names its fields; only what stands in it. */
export type StreamEvent = {
  readonly event?: string;
  readonly data?: string;
  readonly id?: string;
  /** Lines that clients skip. */
  readonly comment?: string;
};

/** A response that goes on, block by block. */
export type TestEventStream = {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly response: IncomingMessage;
  /** The next block, or null once the response has ended, however it did. */
  next(): Promise<StreamEvent | null>;
  /** The next block with data; others before it are dropped. @throws Error when the response ends first. */
  event(): Promise<StreamEvent>;
  /** Every block until the response ends. */
  rest(): Promise<readonly StreamEvent[]>;
  /** Cuts the connection. */
  cut(how?: "end" | "reset"): void;
};

export type StreamRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly body?: string | object;
};

/** Asks for an event stream over a connection of its own. */
export async function openEventStream(url: string, given: StreamRequest = {}): Promise<TestEventStream> {
  const { method = "POST", headers, token, body } = given;
  const sent = request(url, {
    method,
    agent: false,
    headers: {
      accept: "text/event-stream",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  sent.end(typeof body === "object" ? JSON.stringify(body) : body);
  const response = await responseTo(sent);
  const blocks = blocksOf(response);
  const next = async () => {
    const { value, done } = await blocks.next();
    return done === true ? null : value;
  };
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    response,
    next,
    async event() {
      for (;;) {
        const block = await next();
        if (block === null) throw new Error("The stream ended.");
        if (block.data !== undefined) return block;
      }
    },
    async rest() {
      const rest: StreamEvent[] = [];
      for (let block = await next(); block !== null; block = await next()) rest.push(block);
      return rest;
    },
    cut(how = "end") {
      if (how === "reset") response.socket.resetAndDestroy();
      else response.destroy();
    },
  };
}

function responseTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.once("response", (response) => {
      sent.on("error", () => undefined);
      resolve(response);
    });
    sent.once("error", reject);
  });
}

async function* blocksOf(response: IncomingMessage): AsyncGenerator<StreamEvent> {
  response.setEncoding("utf8");
  let text = "";
  try {
    for await (const chunk of response) {
      text += chunk as string;
      for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n")) {
        yield blockOf(text.slice(0, end));
        text = text.slice(end + 2);
      }
    }
  } catch {
    // cut off by either side: the end of the stream
  }
}

function blockOf(text: string): StreamEvent {
  const block: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const name = colon === 0 ? "comment" : line.slice(0, colon);
    block[name] = line.slice(colon + 1).replace(/^ /, "");
  }
  return block;
}

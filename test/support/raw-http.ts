import { connect } from "node:net";

export type RawAnswer = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
};

/**
 * Sends bytes as they are on a connection of their own and resolves with all answers once the server has closed it, or
 * once there are `count` of them. `closed` tells which.
 */
export function sendRaw(
  url: string,
  chunks: readonly (string | Buffer)[],
  count = Number.POSITIVE_INFINITY,
): Promise<{ readonly answers: readonly RawAnswer[]; readonly closed: boolean }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let received: Buffer = Buffer.alloc(0);
    const finish = (closed: boolean) => {
      socket.destroy();
      resolve({ answers: readAnswers(received), closed });
    };
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, Buffer.from(chunk)]);
      if (readAnswers(received).length >= count) finish(false);
    });
    socket.on("end", () => finish(true));
    // What was written after the server had closed is reset: that too is a closed connection.
    socket.on("error", () => finish(true));
    for (const chunk of chunks) socket.write(chunk);
  });
}

/** A POST to /graphql with these headers beside Host; the length is stated unless a header says otherwise. */
export function rawPost(
  body: string | Buffer,
  headers: readonly string[] = ["Content-Type: application/json"],
): Buffer {
  const bytes = Buffer.from(body);
  const isChunked = headers.some((header) => /^(transfer-encoding|content-length)/i.test(header));
  const lines = ["POST /graphql HTTP/1.1", "Host: localhost", ...headers];
  if (!isChunked) lines.push(`Content-Length: ${bytes.length}`);
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), bytes]);
}

function readAnswers(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf("\r\n\r\n", at);
    if (end === -1) return answers;
    const [statusLine = "", ...lines] = bytes.toString("latin1", at, end).split("\r\n");
    const status = Number(statusLine.split(" ")[1]);
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    const length = Number(headers.get("content-length") ?? 0);
    if (bytes.length < end + 4 + length) return answers;
    const body = bytes.toString("utf8", end + 4, end + 4 + length);
    at = end + 4 + length;
    if (status >= 200) answers.push({ status, headers, body });
  }
}

import { connect, type Socket } from "node:net";

/**
 * One keep-alive HTTP/1.1 connection that carries one request at a time. It reads only what a load needs of an answer (status
 * and length, RFC 9112 section 6), so that the load's own cost stays below the cheapest server's: node:http as a client would
 * cost more than the servers that are measured.
 */
export type HttpConnection = {
  /** Sends a request; the next may follow once `onAnswer` was called. */
  send(request: Buffer): void;
  close(): void;
};

export type OnAnswer = (status: number, bodyBytes: number) => void;

// Reading and parsing happen in one turn, so all connections may share one buffer.
const shared = Buffer.allocUnsafe(256 * 1_024);
const headEnd = Buffer.from("\r\n\r\n");
const chunksEnd = Buffer.from("0\r\n\r\n");
const nothing: Buffer = Buffer.alloc(0);

/** Opens a connection. `onFailure` is called once, when the server closes or answers something that is not HTTP. */
export async function openConnection(
  url: URL,
  onAnswer: OnAnswer,
  onFailure: (reason: string) => void,
): Promise<HttpConnection> {
  let isClosed = false;
  const fail = (reason: string) => {
    if (isClosed) return;
    isClosed = true;
    socket.destroy();
    onFailure(reason);
  };
  const read = createAnswerReader(onAnswer, fail);
  const socket: Socket = connect({
    host: url.hostname,
    port: Number(url.port),
    noDelay: true,
    onread: {
      buffer: shared,
      callback: (bytes) => {
        read(shared, bytes);
        return true;
      },
    },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  socket.on("error", (error) => fail(error.message));
  socket.on("close", () => fail("the server closed the connection"));
  return {
    send: (request) => void socket.write(request),
    close() {
      isClosed = true;
      socket.destroy();
    },
  };
}

/** The bytes of a GraphQL request. */
export function graphqlRequest(url: URL, token: string, body: string): Buffer {
  return Buffer.from(
    `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nAccept: application/json\r\n` +
      `Authorization: Bearer ${token}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Follows answers through whatever pieces they arrive in. */
export function createAnswerReader(onAnswer: OnAnswer, fail: (reason: string) => void) {
  let status = 0;
  let bodyBytes = 0;
  let bodyLeft = 0;
  let isChunked = false;
  let tail = nothing;
  let pending: Buffer | null = null;

  return (buffer: Buffer, length: number): void => {
    let input = buffer.subarray(0, length);
    if (pending !== null) {
      input = Buffer.concat([pending, input]);
      pending = null;
    }
    if (bodyLeft === 0 && !isChunked) {
      const end = input.indexOf(headEnd);
      if (end < 0) {
        pending = Buffer.from(input);
        return;
      }
      const head = input.toString("latin1", 0, end);
      status = Number(head.slice(9, 12));
      const declared = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      isChunked = declared === undefined;
      if (!head.startsWith("HTTP/1.1 ") || (isChunked && !/\r\ntransfer-encoding: *chunked/i.test(head))) {
        fail(`not an answer that can be followed: ${head}`);
        return;
      }
      bodyBytes = bodyLeft = Number(declared ?? 0);
      input = input.subarray(end + headEnd.length);
    }
    if (isChunked) {
      // One request is under way at a time, so the last chunk ends what is there; it may itself come in pieces.
      bodyBytes += input.length;
      tail = Buffer.concat([tail, input.subarray(-chunksEnd.length)]).subarray(-chunksEnd.length);
      if (tail.equals(chunksEnd)) {
        isChunked = false;
        tail = nothing;
        onAnswer(status, bodyBytes);
      }
      return;
    }
    bodyLeft -= input.length;
    if (bodyLeft < 0) fail("more bytes than the answer declared");
    else if (bodyLeft === 0) onAnswer(status, bodyBytes);
  };
}

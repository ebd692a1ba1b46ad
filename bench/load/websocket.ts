/** The little of RFC 6455 that the load needs: reading what a server sends and masking what a client sends. */

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** A text frame of a client (section 5.2). The mask is zero: legal, and the payload then needs no work. */
export function textFrame(text: string): Buffer {
  return frame(opcodes.text, Buffer.from(text));
}

export function pongFrame(payload: Buffer): Buffer {
  return frame(opcodes.pong, payload);
}

export type OnFrame = {
  /** A text message; the bytes are only there during the call. */
  text(payload: Buffer): void;
  ping(payload: Buffer): void;
  close(code: number, reason: string): void;
};

/** Follows a server's frames through whatever pieces they arrive in. Messages in several frames are not followed. */
export function createFrameReader(on: OnFrame) {
  let pending: Buffer | null = null;
  return (piece: Buffer): void => {
    let input = piece;
    if (pending !== null) {
      input = Buffer.concat([pending, piece]);
      pending = null;
    }
    let at = 0;
    for (;;) {
      const header = readHeader(input, at);
      if (header === null || header.end > input.length) break;
      const payload = input.subarray(header.start, header.end);
      if (header.opcode === opcodes.text) on.text(payload);
      else if (header.opcode === opcodes.ping) on.ping(payload);
      else if (header.opcode === opcodes.close) {
        on.close(payload.length >= 2 ? payload.readUInt16BE(0) : 1005, payload.toString("utf8", 2));
      }
      at = header.end;
    }
    if (at < input.length) pending = Buffer.from(input.subarray(at));
  };
}

function readHeader(input: Buffer, at: number): { opcode: number; start: number; end: number } | null {
  if (input.length < at + 2) return null;
  const opcode = (input[at] ?? 0) & 0x0f;
  const short = (input[at + 1] ?? 0) & 0x7f;
  if (short < 126) return { opcode, start: at + 2, end: at + 2 + short };
  if (short === 126) {
    if (input.length < at + 4) return null;
    return { opcode, start: at + 4, end: at + 4 + input.readUInt16BE(at + 2) };
  }
  if (input.length < at + 10) return null;
  return { opcode, start: at + 10, end: at + 10 + Number(input.readBigUInt64BE(at + 2)) };
}

function frame(opcode: number, payload: Buffer): Buffer {
  const isLong = payload.length > 125;
  const head = Buffer.alloc(isLong ? 8 : 6);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (isLong ? 126 : payload.length);
  if (isLong) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

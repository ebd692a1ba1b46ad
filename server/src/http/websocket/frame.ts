/** Ends a message whose last entry is its payload. */
const messageEnd = 0x7d; // }

/**
 * One unmasked, final text frame (RFC 6455 section 5.2) with the message that `head` and `payload` make, closed by `}`. Built
 * in one piece, so that an event costs a socket one copy of the shared payload and no encoding.
 */
export function messageFrame(head: Buffer, payload: Buffer): Buffer {
  const length = head.length + payload.length + 1;
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  writeHeader(frame, length);
  head.copy(frame, headerLength);
  payload.copy(frame, headerLength + head.length);
  frame[frame.length - 1] = messageEnd;
  return frame;
}

/** The same for a message that is there as text. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  writeHeader(frame, length);
  frame.write(text, headerLength);
  return frame;
}

/**
 * Encodes texts to UTF-8 and remembers the last one: an event's payload is one string for all who are told of it, and they
 * are told in a row.
 */
export function createPayloadEncoder(): (payload: string) => Buffer {
  let last = "";
  let bytes = Buffer.alloc(0);
  return (payload) => {
    if (payload !== last) {
      last = payload;
      bytes = Buffer.from(payload);
    }
    return bytes;
  };
}

function writeHeader(frame: Buffer, length: number): void {
  frame[0] = 0x81;
  if (length < 126) {
    frame[1] = length;
  } else if (length < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
}

import { isUtf8 } from "node:buffer";

/** One line of a file, without its line feed (a carriage return before it stays). */
export type Line = {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Why the text cannot be trusted, or null. */
  readonly problem: string | null;
};

/** Longest line that is looked at, in bytes: a call with many long notes needs less. */
export const lineBytesMax = 1_048_576;

/**
 * The lines of a stream of bytes, in the groups that they arrive in. Memory stays flat whatever comes: of a line that is
 * longer than a mebibyte only its number and its problem are passed on. A byte order mark at the start is dropped.
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  bytesMax = lineBytesMax,
): AsyncGenerator<readonly Line[]> {
  let number = 0;
  let pieces: Buffer[] = [];
  let held = 0;
  let isTooLong = false;

  function hold(piece: Buffer): void {
    isTooLong ||= held + piece.length > bytesMax;
    if (isTooLong) {
      pieces = [];
      return;
    }
    pieces.push(piece);
    held += piece.length;
  }

  function take(): Line {
    const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
    const wasTooLong = isTooLong;
    pieces = [];
    held = 0;
    isTooLong = false;
    number += 1;
    if (wasTooLong) return { number, text: "", problem: `is longer than ${bytesMax} bytes` };
    const text = bytes.toString("utf8");
    const problem = isUtf8(bytes) ? null : "is not UTF-8 text; save the file as UTF-8";
    return { number, text: number === 1 ? text.replace(/^\uFEFF/, "") : text, problem };
  }

  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      hold(chunk.subarray(start, end));
      lines.push(take());
      start = end + 1;
    }
    if (start < chunk.length) hold(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (held > 0 || isTooLong) yield [take()];
}

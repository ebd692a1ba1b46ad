import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { DomainError } from "../../domain/errors.ts";
import { fileFailure } from "../failure.ts";

/** Bytes to import, opened and looked at. */
export type Input = {
  readonly format: ImportFormat;
  /** How many bytes there are, or null for a pipe. */
  readonly bytes: number | null;
  /** The bytes, once. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Lets go of it, read or not. */
  close(): Promise<void>;
};

export type ImportFormat = "csv" | "ndjson";

/**
 * Opens a file, or standard input for `-`. Without a format it goes by the name, then by the first character.
 * @throws DomainError NOT_FOUND, STORAGE_READ_ONLY (no right to read), BAD_USER_INPUT for compressed or UTF-16 content.
 */
export async function openInput(file: string, format: ImportFormat | undefined): Promise<Input> {
  let bytes: number | null = null;
  let source: AsyncIterable<Buffer> = process.stdin;
  if (file !== "-") {
    const handle = await openFile(file);
    bytes = await sizeOf(handle);
    source = createReadStream(file, { fd: handle, highWaterMark: 262_144 });
  }
  const iterator = source[Symbol.asyncIterator]();
  const close = async () => {
    await iterator.return?.();
  };
  try {
    const first = await firstChunk(iterator, file);
    return { format: format ?? formatOf(file, first), bytes, chunks: resumed(first, iterator), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, "r");
    if (!(await handle.stat()).isDirectory()) return handle;
    await handle.close();
  } catch (error) {
    throw fileFailure(error, file);
  }
  throw new DomainError("NOT_FOUND", `${file} is a folder, not a file.`);
}

async function sizeOf(handle: FileHandle): Promise<number | null> {
  const status = await handle.stat();
  return status.isFile() ? status.size : null;
}

async function firstChunk(iterator: AsyncIterator<Buffer>, file: string): Promise<Buffer> {
  const { value, done } = await iterator.next();
  const chunk = done === true ? Buffer.alloc(0) : value;
  const name = file === "-" ? "The input" : file;
  if (chunk[0] === 0x1f && chunk[1] === 0x8b) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `${name} is compressed; unpack it on the way: gunzip -c FILE | ringback import -`,
    );
  }
  if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)) {
    throw new DomainError("BAD_USER_INPUT", `${name} is UTF-16; save it as UTF-8.`);
  }
  return chunk;
}

function formatOf(file: string, first: Buffer): ImportFormat {
  if (/\.(csv|tsv|txt)$/i.test(file)) return "csv";
  if (/\.(ndjson|jsonl|json)$/i.test(file)) return "ndjson";
  return /^\uFEFF?\s*[{[]/.test(first.subarray(0, 1_024).toString("utf8")) ? "ndjson" : "csv";
}

async function* resumed(first: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
}

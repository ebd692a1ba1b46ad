import type { Writable } from "node:stream";

/** Frames sent in one turn leave in one system call, at most this many at a time. */
const corkedFramesMax = 64;

/**
 * The way out to one peer, bounded: what the kernel does not take waits in the socket's buffer, and {@link SendQueue.push}
 * says no once that holds too many bytes or too many frames. A frame for an empty buffer always goes, whatever its size.
 */
export class SendQueue {
  readonly #socket: Writable;
  readonly #bytesMax: number;
  readonly #framesMax: number;
  #written = 0;
  /** Where each frame that may still wait ends, counted in bytes written. */
  #ends: number[] = [];
  #corkedFrames = 0;
  #draining: Promise<void> | null = null;

  constructor(socket: Writable, bytesMax: number, framesMax: number) {
    this.#socket = socket;
    this.#bytesMax = bytesMax;
    this.#framesMax = framesMax;
  }

  /** Sends a whole frame; false, and nothing sent, when the peer is too far behind. */
  push(frame: Buffer): boolean {
    const waiting = this.#socket.writableLength;
    this.#forgetSent(waiting);
    if (waiting > 0 && (waiting + frame.length > this.#bytesMax || this.#ends.length >= this.#framesMax)) return false;
    this.#written += frame.length;
    this.#ends.push(this.#written);
    this.#cork();
    this.#socket.write(frame);
    return true;
  }

  /** A promise for the time when the peer has taken most of what waits, or null when it has already. */
  drained(): Promise<void> | null {
    if (!this.#socket.writableNeedDrain || this.#socket.destroyed) return null;
    this.#draining ??= new Promise((resolve) => {
      const done = () => {
        this.#socket.off("drain", done).off("close", done);
        this.#draining = null;
        resolve();
      };
      this.#socket.on("drain", done).on("close", done);
    });
    return this.#draining;
  }

  #forgetSent(waiting: number): void {
    if (waiting === 0) {
      this.#ends.length = 0;
      return;
    }
    const sent = this.#written - waiting;
    let count = 0;
    while (count < this.#ends.length && (this.#ends[count] ?? 0) <= sent) count += 1;
    if (count > 0) this.#ends.splice(0, count);
  }

  #cork(): void {
    if (this.#corkedFrames === corkedFramesMax) {
      this.#socket.uncork();
      this.#socket.cork();
      this.#corkedFrames = 0;
    } else if (this.#corkedFrames === 0) {
      this.#socket.cork();
      process.nextTick(() => {
        this.#corkedFrames = 0;
        this.#socket.uncork();
      });
    }
    this.#corkedFrames += 1;
  }
}

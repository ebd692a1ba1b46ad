import type { Writable } from "node:stream";

/** Frames sent in one turn leave in one system call, at most this many at a time. */
const corkedFramesMax = 64;

/** The queues that hold back frames of this turn: one look at its end for all of them. */
let corked: SendQueue[] = [];

function uncorkAll(): void {
  const queues = corked;
  corked = [];
  for (const queue of queues) queue.uncork();
}

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

  /** Lets go of what was held back to leave together: its turn is over. */
  uncork(): void {
    this.#corkedFrames = 0;
    this.#socket.uncork();
    // Nearly always the kernel takes it at once, and nothing is left to be counted.
    if (this.#socket.writableLength === 0) this.#forgetAll();
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
      this.#forgetAll();
      return;
    }
    const sent = this.#written - waiting;
    let count = 0;
    while (count < this.#ends.length && (this.#ends[count] ?? 0) <= sent) count += 1;
    if (count > 0) this.#ends.splice(0, count);
  }

  #forgetAll(): void {
    // Cutting an array frees its memory, which the next frame would ask for again.
    if (this.#ends.length === 1) this.#ends.pop();
    else if (this.#ends.length > 0) this.#ends.length = 0;
  }

  #cork(): void {
    if (this.#corkedFrames === corkedFramesMax) {
      this.#socket.uncork();
      this.#socket.cork();
      this.#corkedFrames = 0;
    } else if (this.#corkedFrames === 0) {
      this.#socket.cork();
      if (corked.push(this) === 1) process.nextTick(uncorkAll);
    }
    this.#corkedFrames += 1;
  }
}

/** Waits between attempts: `minMs` at first, twice as long each time up to `maxMs`, spread so that not all come back at once. */
export type Waits = { readonly minMs: number; readonly maxMs: number };

export function backoffMs(attempt: number, { minMs, maxMs }: Waits): number {
  return Math.min(maxMs, minMs * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** Resolves after so long, or as soon as the browser says that it is online again. @throws the signal's reason */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const page = globalThis as Partial<EventTarget>;
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end);
    page.addEventListener?.("online", end);
    function end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      page.removeEventListener?.("online", end);
      if (signal?.aborted === true) reject(signal.reason as Error);
      else resolve();
    }
  });
}

import { useEffect, useState } from "react";

/** False until what is drawn first has been painted: whatever is out of sight then need not keep it waiting. */
export function useAfterPaint(): boolean {
  const [isPainted, setIsPainted] = useState(() => document.hidden);
  useEffect(() => afterPaint(() => setIsPainted(true)), []);
  return isPainted;
}

/** The value as it was when the page was painted last: what follows from a change of it need not keep the change itself waiting. */
export function usePainted<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    return afterPaint(() => setPainted(value));
  }, [value]);
  return painted;
}

/** A page that is hidden before it could be painted is not painted; this much later nothing waits for it any more. */
const paintedByMs = 250;

/** Runs it once what has changed so far has been painted, or at once on a page that nobody sees; the way to call it off. */
export function afterPaint(run: () => void): () => void {
  if (document.hidden) {
    run();
    return () => undefined;
  }
  // A message that is sent right before a frame is drawn is handled right after it.
  const { port1, port2 } = new MessageChannel();
  const frame = requestAnimationFrame(() => port2.postMessage(null));
  const late = setTimeout(painted, paintedByMs);
  port1.addEventListener("message", painted);
  port1.start();
  return stop;

  function painted(): void {
    stop();
    run();
  }

  function stop(): void {
    clearTimeout(late);
    cancelAnimationFrame(frame);
    port1.close();
  }
}

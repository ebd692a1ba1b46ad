import { useEffect, useState } from "react";

/** False until what is drawn first has been painted: whatever is out of sight then need not keep it waiting. */
export function useAfterPaint(): boolean {
  // No frames are drawn of a page that nobody sees.
  const [isPainted, setIsPainted] = useState(() => document.hidden);
  useEffect(() => afterPaint(() => setIsPainted(true)), []);
  return isPainted;
}

/** The value as it was when the page was painted last: what follows from a change of it need not keep the change itself waiting. */
export function usePainted<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    const paint = () => setPainted(value);
    if (document.hidden) return paint();
    return afterPaint(paint);
  }, [value]);
  return painted;
}

function afterPaint(run: () => void): () => void {
  // A message that is sent right before a frame is drawn is handled right after it.
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", run);
  port1.start();
  const frame = requestAnimationFrame(() => port2.postMessage(null));
  return () => {
    cancelAnimationFrame(frame);
    port1.close();
  };
}

import { useEffect, useState } from "react";

/** False until what is drawn first has been painted: whatever is out of sight then need not keep it waiting. */
export function useAfterPaint(): boolean {
  // No frames are drawn of a page that nobody sees.
  const [isPainted, setIsPainted] = useState(() => document.hidden);
  useEffect(() => {
    // A message that is sent right before a frame is drawn is handled right after it.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => setIsPainted(true));
    port1.start();
    const frame = requestAnimationFrame(() => port2.postMessage(null));
    return () => {
      cancelAnimationFrame(frame);
      port1.close();
    };
  }, []);
  return isPainted;
}

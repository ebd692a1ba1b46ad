import { useEffect } from "react";
import { createStore } from "../lib/store.ts";
import { useStore } from "./use-store.ts";

/** News of others is gathered for so long before it is spoken. */
const newsMs = 10_000;

const spoken = createStore("");
let news: string[] = [];
let newsTimer: ReturnType<typeof setTimeout> | null = null;
let lastNewsAt = -Infinity;

/**
 * Says the result of what the person did, at once, to those who hear the page: `Archived 3 calls`. For sight there are toasts.
 */
export function announce(text: string): void {
  // The same text twice must be spoken twice.
  spoken.set(spoken.get() === text ? `${text}\u00a0` : text);
}

/** Says what others did, gathered: at once when it was quiet, then every ten seconds at most. */
export function announceNews(item: string): void {
  news.push(item);
  const wait = Math.max(0, lastNewsAt + newsMs - performance.now());
  newsTimer ??= setTimeout(speakNews, Math.max(wait, 300));
}

function speakNews(): void {
  newsTimer = null;
  lastNewsAt = performance.now();
  const counts = new Map<string, number>();
  for (const item of news) counts.set(item, (counts.get(item) ?? 0) + 1);
  news = [];
  announce([...counts].map(([item, count]) => (count === 1 ? item : `${item} (${count} times)`)).join(". "));
}

/** The hook form: `const announce = useAnnounce()`. */
export function useAnnounce(): (text: string) => void {
  return announce;
}

/** The one polite region of the page. */
export function StatusRegion() {
  const text = useStore(spoken);
  useEffect(() => {
    // Spoken text is not left behind to be found by reading on.
    if (text === "") return;
    const timer = setTimeout(() => spoken.set(""), 7_000);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}

import { useEffect } from "react";
import { createStore } from "../lib/store.ts";
import { afterPaint } from "./use-after-paint.ts";

/** What the parts of the page call it, the one that came last at the end. */
const titles = createStore<readonly { readonly text: string }[]>([]);
const count = createStore(0);

/** The app's icon with a red dot. */
const iconWithDot = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b6b54"/>' +
    '<path d="M9 12a7 7 0 0 1 14 0v8" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>' +
    '<circle cx="9" cy="20" r="3" fill="#fff"/><circle cx="23" cy="23" r="9" fill="#fff"/>' +
    '<circle cx="23" cy="23" r="7" fill="#c8322b"/></svg>',
)}`;

/** Names the tab while the component is there; of several, the one that came last. */
export function useTitle(text: string): void {
  useEffect(() => {
    const title = { text };
    titles.set([...titles.get(), title]);
    return () => titles.set(titles.get().filter((one) => one !== title));
  }, [text]);
}

/** A number before the title and a dot on the tab's icon, for who looks at other tabs; 0 for none. */
export function setTitleCount(next: number): void {
  count.set(next);
}

function draw(): void {
  const last = titles.get().at(-1);
  const prefix = count.get() > 0 ? `(${count.get()}) ` : "";
  document.title = last === undefined ? `${prefix}Ringback` : `${prefix}${last.text} · Ringback`;
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const href = count.get() > 0 ? iconWithDot : "/icon.svg";
  if (icon !== null && icon.getAttribute("href") !== href) icon.setAttribute("href", href);
}

/** The browser redraws its tab for each title: one is enough for a screen that goes and the one that comes, and neither waits for it. */
let isAsked = false;

function drawSoon(): void {
  if (isAsked) return;
  isAsked = true;
  afterPaint(() => {
    isAsked = false;
    draw();
  });
}

titles.follow(drawSoon);
count.follow(drawSoon);

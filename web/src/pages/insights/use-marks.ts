import { type FocusEvent, type KeyboardEvent, type MouseEvent, useState } from "react";

/**
 * The marks of a chart as one stop of the Tab key: arrows, Home and End move among them, row by row. Marks carry `data-mark`
 * with their number and the `tabIndex` of `tabIndexOf`. Also says which mark is looked at, by the pointer or the focus.
 */
export function useMarks(count: number, columns: number) {
  const [current, setCurrent] = useState(0);
  const [looked, setLooked] = useState<number | null>(null);
  const last = count - 1;
  const stop = Math.min(current, last);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = neighbour(event.key, stop, last, columns);
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-mark="${next}"]`)?.focus();
  };

  return {
    looked,
    tabIndexOf: (mark: number) => (mark === stop ? 0 : -1),
    /** For the element around the marks. */
    listeners: {
      onKeyDown,
      onFocus(event: FocusEvent<HTMLElement>) {
        const mark = markOf(event.target);
        if (mark !== null) setCurrent(mark);
        setLooked(mark);
      },
      onBlur: () => setLooked(null),
      onMouseOver: (event: MouseEvent<HTMLElement>) => setLooked(markOf(event.target)),
      onMouseLeave: () => setLooked(null),
    },
  };
}

function neighbour(key: string, at: number, last: number, columns: number): number | null {
  const start = at - (at % columns);
  const end = Math.min(start + columns - 1, last);
  switch (key) {
    case "ArrowLeft":
      return Math.max(start, at - 1);
    case "ArrowRight":
      return Math.min(end, at + 1);
    case "ArrowUp":
      return at - columns >= 0 ? at - columns : at;
    case "ArrowDown":
      return at + columns <= last ? at + columns : at;
    case "Home":
      return start;
    case "End":
      return end;
    default:
      return null;
  }
}

function markOf(target: EventTarget): number | null {
  const mark = target instanceof Element ? target.closest("[data-mark]")?.getAttribute("data-mark") : null;
  return mark === null || mark === undefined ? null : Number(mark);
}

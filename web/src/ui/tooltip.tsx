import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { shownKeys } from "./shown-keys.ts";
import { keys as keyboard } from "./use-keys.ts";
import { useStore } from "./use-store.ts";

type Side = "top" | "right" | "bottom" | "left";

/** The first one waits, for a pointer that only passes; the next ones come at once while one reads along. */
const waitMs = 400;
const alongMs = 300;
/** As long as a pointer may take from the button onto the tooltip. */
const leaveMs = 100;
const gap = 6;
const edge = 8;
let shownLastAt = -Infinity;

/**
 * Says in sight what a button does that only has an icon, with its key. The button still needs its `aria-label`. It stays while the
 * pointer is on either of the two, and goes with Escape.
 */
export function Tooltip({
  text,
  keys,
  side = "bottom",
  children,
}: {
  readonly text: string;
  readonly keys?: string;
  readonly side?: Side;
  readonly children: ReactNode;
}) {
  const [of, setOf] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const show = (element: Element | null, inMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOf(element), inMs);
  };
  const hide = (inMs: number) => {
    clearTimeout(timer.current);
    if (of === null) return;
    shownLastAt = performance.now();
    timer.current = setTimeout(() => setOf(null), inMs);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it has no box: it listens to what the button hears
    <span
      className="contents"
      onPointerEnter={({ currentTarget, pointerType }) => {
        if (pointerType === "touch") return;
        show(currentTarget.firstElementChild, performance.now() - shownLastAt < alongMs ? 0 : waitMs);
      }}
      onPointerLeave={() => hide(leaveMs)}
      onPointerDown={() => hide(0)}
      onFocus={({ currentTarget, target }) => {
        if (target.matches(":focus-visible")) show(currentTarget.firstElementChild, 0);
      }}
      onBlur={() => hide(0)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === "Escape") hide(0);
      }}
    >
      {children}
      {of !== null &&
        createPortal(
          <Shown of={of} side={side}>
            {text}
            {keys !== undefined && <ShownKeys keys={keys} />}
          </Shown>,
          document.querySelector("main") ?? document.body,
        )}
    </span>
  );
}

/** As the person has them now; in a part of its own, so that only a tooltip that is open asks. */
function ShownKeys({ keys }: { keys: string }) {
  const shown = shownKeys(keys, useStore(keyboard.bindings), useStore(keyboard.choices));
  return shown === null ? null : <kbd className="font-sans text-xs opacity-80">{shown}</kbd>;
}

function Shown({ of, side, children }: { of: Element; side: Side; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current === null) return;
    const { left, top } = placeOf(of.getBoundingClientRect(), box.current.getBoundingClientRect(), side);
    box.current.style.left = `${left}px`;
    box.current.style.top = `${top}px`;
  });
  return (
    <div
      ref={box}
      role="tooltip"
      className="fixed z-50 flex items-center gap-2 rounded-md bg-toast px-2 py-1 text-sm text-on-toast shadow-raised"
    >
      {children}
    </div>
  );
}

/** At the side of `of` where there is room, else at the other one; inside the window in any case. */
function placeOf(of: DOMRect, box: DOMRect, side: Side): { readonly left: number; readonly top: number } {
  const isBeside = side === "left" || side === "right";
  const [start, end, size, room] = isBeside
    ? [of.left, of.right, box.width, window.innerWidth]
    : [of.top, of.bottom, box.height, window.innerHeight];
  const before = start - gap - size;
  const after = end + gap;
  const isBefore = side === "left" || side === "top" ? before >= edge : after + size > room - edge;
  const along = isBefore ? before : after;
  const across = isBeside ? (of.top + of.bottom - box.height) / 2 : (of.left + of.right - box.width) / 2;
  const acrossMax = (isBeside ? window.innerHeight - box.height : window.innerWidth - box.width) - edge;
  const inside = Math.max(edge, Math.min(across, acrossMax));
  return isBeside ? { left: along, top: inside } : { left: inside, top: along };
}

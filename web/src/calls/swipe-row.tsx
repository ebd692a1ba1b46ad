import { type PointerEvent, type ReactNode, useRef } from "react";
import { Icon } from "../ui/icon.tsx";

/** How far a row is drawn aside before letting go does something. */
const farPx = 88;
/** Less than this is a tap, or the beginning of scrolling. */
const nearPx = 10;

/**
 * A row that a finger draws aside, to the left, to archive or restore its calls. There is a button for the same on the row. Scrolling up
 * and down stays the browser's.
 */
export function SwipeRow({
  isArchived,
  onSwipe,
  children,
}: {
  readonly isArchived: boolean;
  readonly onSwipe: () => void;
  readonly children: ReactNode;
}) {
  const row = useRef<HTMLDivElement>(null);
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const drawn = useRef(0);
  // Written to the element: a finger moves faster than a list is drawn.
  const draw = (px: number) => {
    drawn.current = px;
    if (row.current !== null) row.current.style.transform = px === 0 ? "" : `translateX(${-px}px)`;
  };
  const end = (isDone: boolean) => {
    from.current = null;
    const isFar = drawn.current >= farPx;
    draw(0);
    if (isDone && isFar) onSwipe();
  };
  return (
    <div
      className="relative h-full touch-pan-y overflow-hidden bg-accent"
      onPointerDown={({ pointerType, clientX, clientY }: PointerEvent) => {
        if (pointerType === "touch") from.current = { x: clientX, y: clientY };
      }}
      onPointerMove={({ clientX, clientY, pointerId, currentTarget }: PointerEvent<HTMLDivElement>) => {
        if (from.current === null) return;
        const [aside, along] = [from.current.x - clientX, Math.abs(from.current.y - clientY)];
        if (drawn.current === 0 && (aside < nearPx || along > aside)) return;
        if (drawn.current === 0) currentTarget.setPointerCapture(pointerId);
        draw(Math.max(1, Math.min(aside, 2 * farPx)));
      }}
      onPointerUp={() => end(true)}
      onPointerCancel={() => end(false)}
    >
      <span
        aria-hidden="true"
        className="absolute inset-y-0 right-4 flex items-center gap-2 text-sm font-semibold text-on-accent"
      >
        <Icon name={isArchived ? "restore" : "archive"} />
        {isArchived ? "Restore" : "Archive"}
      </span>
      <div ref={row} className="relative h-full bg-surface">
        {children}
      </div>
    </div>
  );
}

import { useVirtualizer, type Range, defaultRangeExtractor } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { dayLabel, withDayHeadings } from "../lib/days.ts";
import { countOf } from "../lib/format.ts";
import { useKeys } from "../ui/use-keys.ts";
import { toggleArchived } from "./call-actions.ts";
import { CallRow } from "./call-row.tsx";

const rowHeight = 44;
const phoneRowHeight = 60;
const headingHeight = 36;

/**
 * Calls by day, as many as there are: only what is in sight is drawn. One row has the focus and keeps it while others come and
 * go; when it leaves, the next one gets it.
 */
export function CallGrid({
  label,
  calls,
  hasMore,
  openId,
  onOpen,
  onMore,
  onTop,
}: {
  readonly label: string;
  readonly calls: readonly CallRowFragment[];
  readonly hasMore: boolean;
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onMore: () => void;
  /** Told whether the list is scrolled to its top. */
  readonly onTop: (isAtTop: boolean) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => withDayHeadings(calls), [calls]);
  const headings = useMemo(() => items.flatMap((item, at) => (item.kind === "day" ? [at] : [])), [items]);
  const isPhone = useIsPhone();
  const sticky = useRef(0);
  const rangeExtractor = useCallback(
    (range: Range) => {
      sticky.current = headings.findLast((at) => at <= range.startIndex) ?? 0;
      const shown = defaultRangeExtractor(range);
      return shown[0] !== undefined && sticky.current < shown[0] ? [sticky.current, ...shown] : shown;
    },
    [headings],
  );
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (items[at]?.kind === "day" ? headingHeight : isPhone ? phoneRowHeight : rowHeight),
    getItemKey: (at) => {
      const item = items[at];
      return item === undefined ? at : item.kind === "day" ? item.day : item.call.id;
    },
    overscan: 12,
    rangeExtractor: (range) => rangeExtractor(range),
    scrollPaddingStart: headingHeight,
  });
  useEffect(() => virtual.measure(), [virtual, isPhone]);

  const scrollTo = useCallback((index: number) => virtual.scrollToIndex(index, { align: "auto" }), [virtual]);
  const { focusId, moveBy, onFocus } = useRovingFocus({ calls, items, scroller, scrollTo });
  const focused = () => calls.find(({ id }) => id === focusId.current) ?? calls[0];
  const openFocused = () => {
    const call = focused();
    if (call !== undefined) onOpen(call.id);
  };
  const archive = () => {
    const call = calls.find(
      ({ id }) => id === (hasFocusIn(scroller.current) ? focusId.current : (openId ?? focusId.current)),
    );
    if (call !== undefined) void toggleArchived(call);
  };
  useKeys(
    [
      { keys: "j", label: "Next call", scope: "List", run: () => moveBy(1) },
      { keys: "k", label: "Previous call", scope: "List", run: () => moveBy(-1) },
      { keys: "o", label: "Open the call", scope: "List", run: () => openFocused() },
      { keys: "e", label: "Archive or restore", scope: "List", run: archive },
    ],
    calls.length > 0,
  );

  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const isNearEnd = last >= items.length - 20;
  useEffect(() => {
    if (isNearEnd && hasMore) onMore();
  }, [isNearEnd, hasMore, items.length, onMore]);

  const tabStop = calls.some(({ id }) => id === focusId.current) ? focusId.current : calls[0]?.id;
  const now = new Date();
  return (
    <div
      ref={scroller}
      onScroll={(event) => onTop(event.currentTarget.scrollTop < 8)}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain bg-surface"
    >
      <div
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={hasMore ? -1 : items.length}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") moveBy(1);
          else if (event.key === "ArrowUp") moveBy(-1);
          else if (event.key === "Home") moveBy(-Infinity);
          else if (event.key === "End") moveBy(Infinity);
          else return;
          event.preventDefault();
        }}
        className="relative w-full"
        style={{ height: virtual.getTotalSize() }}
      >
        {shown.map(({ index, key, start, size }) => {
          const item = items[index];
          if (item === undefined) return null;
          if (item.kind === "day") {
            const isSticky = index === sticky.current;
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 1}
                className="top-0 left-0 z-10 w-full border-b border-line bg-ground px-4"
                style={
                  isSticky
                    ? { position: "sticky", height: size }
                    : { position: "absolute", height: size, transform: `translateY(${start}px)` }
                }
              >
                <div role="gridcell" className="flex h-full items-center gap-2">
                  <h2 className="text-sm font-semibold">{dayLabel(item.day, now)}</h2>
                  <span className="tabular text-sm text-quiet">
                    {countOf(item.count, "call")}
                    {item.missedCount > 0 && ` · ${item.missedCount} missed`}
                  </span>
                </div>
              </div>
            );
          }
          return (
            <div
              key={key}
              role="presentation"
              className="absolute top-0 left-0 w-full"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              <CallRow
                call={item.call}
                isOpen={item.call.id === openId}
                isTabStop={item.call.id === tabStop}
                rowIndex={index + 1}
                onOpen={onOpen}
                onFocus={onFocus}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

type Items = ReturnType<typeof withDayHeadings<CallRowFragment>>;

function useRovingFocus({
  calls,
  items,
  scroller,
  scrollTo,
}: {
  readonly calls: readonly CallRowFragment[];
  readonly items: Items;
  readonly scroller: React.RefObject<HTMLDivElement | null>;
  readonly scrollTo: (index: number) => void;
}) {
  const focusId = useRef<string | undefined>(undefined);
  /** Where the focused call stood when the list was last drawn, for when it leaves. */
  const focusAt = useRef(0);
  const [, redraw] = useState(0);

  const focus = useCallback(
    (call: CallRowFragment | undefined) => {
      if (call === undefined) return;
      focusId.current = call.id;
      redraw((turn) => turn + 1);
      scrollTo(items.findIndex((item) => item.kind === "call" && item.call.id === call.id));
      // Drawn by then, also where it had to be scrolled to.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => rowOf(scroller.current, call.id)?.focus({ preventScroll: true })),
      );
    },
    [items, scrollTo, scroller],
  );

  useEffect(() => {
    const at = calls.findIndex(({ id }) => id === focusId.current);
    if (at !== -1) {
      focusAt.current = at;
      return;
    }
    if (focusId.current === undefined) return;
    const isLost = document.activeElement === document.body || document.activeElement === null;
    const next = calls[Math.min(focusAt.current, calls.length - 1)];
    focusId.current = next?.id;
    if (isLost) focus(next);
  }, [calls, focus]);

  const onFocus = useCallback((id: string) => {
    if (focusId.current === id) return;
    focusId.current = id;
    redraw((turn) => turn + 1);
  }, []);

  return {
    focusId,
    onFocus,
    moveBy: (step: number) => {
      const at = calls.findIndex(({ id }) => id === focusId.current);
      const isInList = hasFocusIn(scroller.current);
      const to =
        at === -1 || (!isInList && Math.abs(step) === 1 && at === 0 && step > 0 && focusId.current === undefined)
          ? 0
          : at + step;
      focus(calls[Math.max(0, Math.min(calls.length - 1, to))]);
    },
  };
}

function rowOf(scroller: HTMLElement | null, id: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-call="${id}"]`) ?? null;
}

function hasFocusIn(element: HTMLElement | null): boolean {
  return element?.contains(document.activeElement) === true;
}

const phone = matchMedia("(width < 44rem)");

function useIsPhone(): boolean {
  const [isPhone, setIsPhone] = useState(phone.matches);
  useEffect(() => {
    const onChange = () => setIsPhone(phone.matches);
    phone.addEventListener("change", onChange);
    return () => phone.removeEventListener("change", onChange);
  }, []);
  return isPhone;
}

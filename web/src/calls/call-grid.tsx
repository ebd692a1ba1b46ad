import { useVirtualizer, type Range, defaultRangeExtractor } from "@tanstack/react-virtual";
import {
  type ComponentProps,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { dayLabel, withDayHeadings } from "../lib/days.ts";
import { asFold, foldRepeats } from "../lib/folding.ts";
import { countOf } from "../lib/format.ts";
import { extended, stateOfGroup, toggled, withGroup } from "../lib/selection.ts";
import { useIsPhone } from "../ui/use-is-phone.ts";
import { useAfterPaint } from "../ui/use-after-paint.ts";
import { useKeys } from "../ui/use-keys.ts";
import { useStore } from "../ui/use-store.ts";
import { setArchived, targetOf } from "./call-actions.ts";
import { CallRow, SelectBox } from "./call-row.tsx";
import { tellReader, useCanWrite } from "./rights.ts";
import { selection } from "./selection.ts";
import { SwipeRow } from "./swipe-row.tsx";

const rowHeight = 44;
const phoneRowHeight = 60;
const headingHeight = 36;
/** Rows that are drawn above and below those in sight. */
const overscan = 12;

/**
 * Calls by day, as many as there are: only what is in sight is drawn. One row has the focus and keeps it while others come and
 * go; when it leaves, the next one gets it.
 */
export function CallGrid({
  label,
  calls,
  hasMore,
  canFetch,
  openId,
  search,
  onOpen,
  onMore,
  onTop,
  onNewerDay,
  isFolding,
  onArchive,
  onTag,
  onAssign,
  onUnread,
  focusOwed,
}: {
  readonly label: string;
  readonly calls: readonly CallRowFragment[];
  readonly hasMore: boolean;
  /** There are older calls, and nothing is on its way or in the way of fetching them. */
  readonly canFetch: boolean;
  readonly openId: string | undefined;
  /** What the list was searched for, to be marked in its rows. */
  readonly search: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onMore: () => void;
  /** Told whether the list is scrolled to its top. */
  readonly onTop: (isAtTop: boolean) => void;
  /** What leads on from the first day of the list, where there may be newer ones. */
  readonly onNewerDay?: (() => void) | undefined;
  /** Whether repeated calls are one row. */
  readonly isFolding: boolean;
  /** What keys do to the calls of the row that has the focus, or to those that are selected. */
  readonly onArchive: (calls: readonly CallRowFragment[]) => void;
  readonly onTag: (calls: readonly CallRowFragment[]) => void;
  readonly onAssign: (calls: readonly CallRowFragment[]) => void;
  readonly onUnread: (calls: readonly CallRowFragment[]) => void;
  /** Whether a list that had the focus went, so that the one in its place takes it over. */
  readonly focusOwed: RefObject<boolean>;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const folds = useMemo(
    () => (isFolding ? foldRepeats(calls, unfolded) : calls.map((call) => asFold(call))),
    [calls, isFolding, unfolded],
  );
  const rows = useMemo(() => folds.map(({ call }) => call), [folds]);
  const items = useMemo(() => withDayHeadings(folds), [folds]);
  const { ids: selectedIds } = useStore(selection);
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
  // The same ones as long as the items are: with others the places of all rows are reckoned anew, at each frame of a scroll.
  const estimateSize = useCallback(
    (at: number) => (items[at]?.kind === "day" ? headingHeight : isPhone ? phoneRowHeight : rowHeight),
    [items, isPhone],
  );
  const getItemKey = useCallback(
    (at: number) => {
      const item = items[at];
      return item === undefined ? at : item.kind === "day" ? item.day : item.call.id;
    },
    [items],
  );
  const isPainted = useAfterPaint();
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    overscan: isPainted ? overscan : 0,
    rangeExtractor: (range) => rangeExtractor(range),
    scrollPaddingStart: headingHeight,
  });
  useEffect(() => virtual.measure(), [virtual, isPhone]);

  // By what the list knows of its places: asking the browser would have it lay out everything at each key press.
  const scrollTo = useCallback(
    (index: number) => {
      const item = virtual.measurementsCache[index];
      const { scrollOffset, scrollRect } = virtual;
      if (item === undefined || scrollOffset === null || scrollRect === null || scroller.current === null) return;
      const top = item.start - headingHeight;
      const bottom = item.end - scrollRect.height;
      if (top < scrollOffset) scroller.current.scrollTop = top;
      else if (bottom > scrollOffset) scroller.current.scrollTop = bottom;
    },
    [virtual],
  );
  const { focusId, moveBy, focusOn, onFocus } = useRovingFocus({ calls: rows, items, scroller, scrollTo });
  useLayoutEffect(() => {
    const list = scroller.current;
    return () => {
      if (hasFocusIn(list)) focusOwed.current = true;
    };
  }, [focusOwed]);
  useEffect(() => {
    if (!focusOwed.current) return;
    focusOwed.current = false;
    if (isNowhere(scroller.current)) moveBy(0);
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies -- when it is drawn first
  }, []);
  const openFocused = () => {
    const call = rows.find(({ id }) => id === focusId.current) ?? rows[0];
    if (call !== undefined) onOpen(call.id);
  };
  /** The calls that an action is about: the row with the focus, or the open call while the focus is elsewhere. */
  const concerned = (): readonly CallRowFragment[] => {
    const id = hasFocusIn(scroller.current) ? focusId.current : (openId ?? focusId.current);
    const fold = folds.find(({ call, repeats }) => call.id === id || repeats.some((one) => one.id === id));
    return fold === undefined
      ? []
      : fold.call.id === id
        ? [fold.call, ...fold.repeats]
        : fold.repeats.filter((one) => one.id === id);
  };
  // What rows call stays the same, or every row in sight would be drawn anew whenever one call of the list changes.
  const newest = useRef({ calls, folds });
  useEffect(() => {
    newest.current = { calls, folds };
  }, [calls, folds]);
  const idsOf = useCallback((id: string | undefined) => {
    const fold = newest.current.folds.find(({ call }) => call.id === id);
    return fold === undefined ? [] : [fold.call.id, ...fold.repeats.map((one) => one.id)];
  }, []);
  const onSelect = useCallback(
    (id: string, isRange: boolean) => {
      const order = newest.current.calls.map((call) => call.id);
      const now = selection.get();
      const next = isRange
        ? extended(
            now.anchor === null && focusId.current !== undefined ? { ...now, anchor: focusId.current } : now,
            order,
            idsOf(id).at(-1) ?? id,
          )
        : toggled(now, idsOf(id));
      selection.set(isRange ? withGroup(next, idsOf(id), true) : next);
    },
    [focusId, idsOf],
  );
  const extendBy = (step: 1 | -1) => {
    const from = focusId.current ?? rows[0]?.id;
    if (from === undefined) return;
    if (!selection.get().ids.has(from))
      selection.set({ ...withGroup(selection.get(), idsOf(from), true), anchor: from });
    const to = rows[rows.findIndex(({ id }) => id === from) + step];
    moveBy(step);
    if (to !== undefined) onSelect(to.id, true);
  };
  const onFold = useCallback(
    (id: string) =>
      setUnfolded((before) => {
        const next = new Set(before);
        const { calls: all, folds: shownFolds } = newest.current;
        const isOpen = shownFolds.some(({ call, unfoldedCount }) => call.id === id && unfoldedCount > 0);
        if (!isOpen) return next.add(id);
        const at = all.findIndex((call) => call.id === id);
        const count = shownFolds.find(({ call }) => call.id === id)?.unfoldedCount ?? 0;
        for (const call of all.slice(at, at + count)) next.delete(call.id);
        return next;
      }),
    [],
  );
  const setFolded = (isFolded: boolean) => {
    const fold = folds.find(({ call }) => call.id === focusId.current);
    if (fold !== undefined && (isFolded ? fold.unfoldedCount > 0 : fold.repeats.length > 0)) onFold(fold.call.id);
  };
  const moveByDay = (step: 1 | -1) => {
    const days = items.flatMap((item) => (item.kind === "day" ? [item.ids] : []));
    const at = days.findIndex((ids) => focusId.current !== undefined && ids.includes(focusId.current));
    if (step === -1 && at <= 0 && onNewerDay !== undefined) return onNewerDay();
    const [to] = days[Math.max(0, Math.min(days.length - 1, at + step))] ?? [];
    if (to !== undefined) focusOn(to);
    // The last day that is here is perhaps not the last.
    if (step === 1 && at === days.length - 1 && canFetch) onMore();
  };
  const canWrite = useCanWrite();
  const write = (run: () => void) => (canWrite ? { run } : { run: tellReader, isUnlisted: true });
  useKeys(
    [
      { keys: "j", label: "Next call", scope: "List", run: () => moveBy(1) },
      { keys: "k", label: "Previous call", scope: "List", run: () => moveBy(-1) },
      { keys: "o", label: "Open the call", scope: "List", run: () => openFocused() },
      { keys: "]", label: "Next day of the list", scope: "List", run: () => moveByDay(1) },
      { keys: "[", label: "Previous day of the list", scope: "List", run: () => moveByDay(-1) },
      {
        keys: "x",
        label: "Select the call",
        scope: "Selection",
        run: () => {
          const id = focusId.current ?? rows[0]?.id;
          if (id !== undefined) onSelect(id, false);
        },
      },
      { keys: "Shift+j", label: "Select on to the next call", scope: "Selection", run: () => extendBy(1) },
      { keys: "Shift+k", label: "Select on to the call before", scope: "Selection", run: () => extendBy(-1) },
      { keys: "u", label: "Mark read or unread", scope: "Actions", run: () => onUnread(concerned()) },
      { keys: "e", label: "Archive or restore", scope: "Actions", ...write(() => onArchive(concerned())) },
    ],
    calls.length > 0,
  );
  // An open call has fields for these, which its keys go to, whichever of the two was drawn first.
  useKeys(
    [
      { keys: "t", label: "Tag", scope: "Actions", ...write(() => onTag(concerned())) },
      { keys: "a", label: "Assign", scope: "Actions", ...write(() => onAssign(concerned())) },
    ],
    calls.length > 0 && (openId === undefined || selectedIds.size > 0),
  );

  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const isNearEnd = last >= items.length - 20;
  useEffect(() => {
    if (isNearEnd && canFetch) onMore();
  }, [isNearEnd, canFetch, items.length, onMore]);

  const tabStop = rows.some(({ id }) => id === focusId.current) ? focusId.current : rows[0]?.id;
  const now = new Date();
  return (
    <div
      ref={scroller}
      onScroll={(event) => onTop(event.currentTarget.scrollTop < 8)}
      className="@container/list min-h-0 flex-1 overflow-y-auto overscroll-contain bg-surface"
    >
      <div
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-multiselectable="true"
        aria-rowcount={hasMore ? -1 : items.length}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && event.shiftKey) extendBy(1);
          else if (event.key === "ArrowUp" && event.shiftKey) extendBy(-1);
          else if (event.key === "ArrowDown") moveBy(1);
          else if (event.key === "ArrowUp") moveBy(-1);
          else if (event.key === "ArrowRight") setFolded(false);
          else if (event.key === "ArrowLeft") setFolded(true);
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
                className="top-0 left-0 z-10 w-full border-b border-line bg-ground pr-4 pl-2"
                style={
                  isSticky
                    ? { position: "sticky", height: size }
                    : { position: "absolute", height: size, transform: `translateY(${start}px)` }
                }
              >
                <div role="gridcell" className="flex h-full items-center gap-2">
                  <DayBox day={dayLabel(item.day, now)} ids={item.ids} selectedIds={selectedIds} />
                  <h2 className="shrink-0 text-sm font-semibold whitespace-nowrap">{dayLabel(item.day, now)}</h2>
                  <span className="tabular truncate text-sm text-quiet">
                    {countOf(item.ids.length, "call")}
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
              <RowGround
                isSwiped={isPhone && canWrite}
                isArchived={item.call.is_archived}
                onSwipe={() => void setArchived([item.call, ...item.repeats].map(targetOf), !item.call.is_archived)}
              >
                <CallRow
                  call={item.call}
                  repeats={item.repeats}
                  unfoldedCount={item.unfoldedCount}
                  isOpen={item.call.id === openId || item.repeats.some(({ id }) => id === openId)}
                  isSelected={selectedIds.has(item.call.id)}
                  isTabStop={item.call.id === tabStop}
                  canWrite={canWrite}
                  rowIndex={index + 1}
                  search={search}
                  onOpen={onOpen}
                  onFocus={onFocus}
                  onSelect={onSelect}
                  onFold={onFold}
                />
              </RowGround>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What a row lies on: with a finger it is drawn aside. */
function RowGround({ isSwiped, children, ...swipe }: ComponentProps<typeof SwipeRow> & { readonly isSwiped: boolean }) {
  return isSwiped ? <SwipeRow {...swipe}>{children}</SwipeRow> : children;
}

function DayBox({
  day,
  ids,
  selectedIds,
}: {
  readonly day: string;
  readonly ids: readonly string[];
  readonly selectedIds: ReadonlySet<string>;
}) {
  const state = stateOfGroup(selectedIds, ids);
  return (
    <SelectBox
      label={`Select the ${countOf(ids.length, "call")} of ${day}`}
      isSelected={state === "all"}
      isPartly={state === "some"}
      isTabStop
      onSelect={() => selection.set(withGroup(selection.get(), ids, state !== "all"))}
    />
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
  /** The list as it was drawn last: where a call that leaves it stood. */
  const before = useRef(calls);
  const [, redraw] = useState(0);

  const focus = useCallback(
    (call: CallRowFragment | undefined) => {
      if (call === undefined) return;
      focusId.current = call.id;
      redraw((turn) => turn + 1);
      scrollTo(items.findIndex((item) => item.kind === "call" && item.call.id === call.id));
      const row = rowOf(scroller.current, call.id);
      if (row !== null) {
        row.focus({ preventScroll: true });
        return;
      }
      // Drawn by then, where it has to be scrolled to. Who has gone elsewhere meanwhile, to write a note say, is left there.
      const focused = document.activeElement;
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (document.activeElement === focused || isNowhere(scroller.current))
            rowOf(scroller.current, call.id)?.focus({ preventScroll: true });
        }),
      );
    },
    [items, scrollTo, scroller],
  );

  useEffect(() => {
    const were = before.current;
    before.current = calls;
    const here = new Set(calls.map(({ id }) => id));
    if (focusId.current === undefined || here.has(focusId.current)) return;
    const at = were.findIndex(({ id }) => id === focusId.current);
    const isSameList = were.some(({ id }) => here.has(id));
    const next = isSameList ? (were.slice(at + 1).find(({ id }) => here.has(id)) ?? calls.at(-1)) : calls[0];
    focusId.current = next?.id;
    if (isNowhere(scroller.current)) focus(next);
  }, [calls, focus, scroller]);

  const onFocus = useCallback((id: string) => {
    if (focusId.current === id) return;
    focusId.current = id;
    redraw((turn) => turn + 1);
  }, []);

  return {
    focusId,
    onFocus,
    focusOn: (id: string) => focus(calls.find((call) => call.id === id)),
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

/** Whether no element has the focus, or none but the list itself or the page around it. */
function isNowhere(scroller: HTMLElement | null): boolean {
  const focused = document.activeElement;
  return focused === null || focused.matches("body, main") || focused === scroller?.firstElementChild;
}

function hasFocusIn(element: HTMLElement | null): boolean {
  return element?.contains(document.activeElement) === true;
}

import { Fragment, useSyncExternalStore } from "react";
import { callsLink } from "../../lib/calls-link.ts";
import { classNames } from "../../lib/class-names.ts";
import { countOf, formatCount } from "../../lib/format.ts";
import { type Days, largest, type Slot, strengthOf } from "../../lib/insights.ts";
import { Button } from "../../ui/button.tsx";
import { ChartCard } from "./chart-card.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { MarkLink } from "./mark-link.tsx";
import { nameOfHour, nameOfWeekday, shortWeekdayName } from "./names.ts";
import { useMarks } from "./use-marks.ts";

const strengths = ["heat-0", "heat-1", "heat-2", "heat-3", "heat-4"] as const;

/** Calls by day of the week and hour: each field has its number, and a ground that is the stronger the more they are. */
export function HeatMap({
  slots,
  days,
  line,
  asTable,
  ofMissed,
  onChoose,
}: {
  /** Days of the week, each with the same hours. */
  readonly slots: readonly (readonly Slot[])[];
  readonly days: Days;
  readonly line: string | undefined;
  readonly asTable: boolean;
  /** Whether the missed ones are shown instead of all. */
  readonly ofMissed: boolean;
  readonly onChoose: (heat: "missed" | undefined) => void;
}) {
  const isTall = useIsTall();
  const hours = slots[0]?.map(({ hour }) => hour) ?? [];
  // On a narrow screen hours go down and days across, so that a field stays as large as a finger.
  const rows = isTall ? hours.map((_, at) => slots.flatMap((day) => day[at] ?? [])) : slots;
  const columns = rows[0]?.length ?? 0;
  const cells = rows.flat();
  const marks = useMarks(cells.length, columns);
  const valueOf = (slot: Slot) => (ofMissed ? slot.missed : slot.count);
  const top = Math.max(...cells.map(valueOf));
  const linkOf = (slot: Slot, isMissed: boolean) => callsLink({ days, line, slot, isMissed });
  const looked = marks.looked === null ? undefined : cells[marks.looked];
  const title = ofMissed ? "When calls are missed" : "When calls come";
  return (
    <ChartCard
      title={title}
      summary={summaryOf(slots, valueOf, ofMissed)}
      readout={asTable ? null : looked === undefined ? "" : textOf(looked)}
      hint="Each field opens its calls."
      legend={
        <Button className="-my-1" size="sm" look="quiet" onClick={() => onChoose(ofMissed ? undefined : "missed")}>
          {ofMissed ? "Show all calls" : "Show missed calls"}
        </Button>
      }
    >
      {asTable ? (
        <FiguresTable
          caption={title}
          first="Hour"
          rows={slots.flat().flatMap((slot) =>
            slot.count === 0
              ? []
              : [
                  {
                    ...slot,
                    key: `${slot.weekday}-${slot.hour}`,
                    name: nameOfSlot(slot),
                    href: linkOf(slot, false),
                    missedHref: linkOf(slot, true),
                  },
                ],
          )}
        />
      ) : (
        <div
          role="group"
          aria-label={`${title}, one field for each hour`}
          className="tabular grid gap-0.5 text-2xs"
          style={{ gridTemplateColumns: `2.25rem repeat(${columns}, minmax(0, 1fr))` }}
          {...marks.listeners}
        >
          <span />
          {(rows[0] ?? []).map(({ weekday, hour }) => (
            <span key={isTall ? weekday : hour} aria-hidden="true" className="text-center text-quiet">
              {isTall ? shortWeekdayName(weekday) : twoDigits(hour)}
            </span>
          ))}
          {cells.map((slot, mark) => (
            <Fragment key={`${slot.weekday}-${slot.hour}`}>
              {mark % columns === 0 && (
                <span aria-hidden="true" className="self-center text-quiet">
                  {isTall ? `${twoDigits(slot.hour)}:00` : shortWeekdayName(slot.weekday)}
                </span>
              )}
              <MarkLink
                href={linkOf(slot, ofMissed)}
                data-mark={mark}
                tabIndex={marks.tabIndexOf(mark)}
                aria-label={textOf(slot)}
                className={classNames(
                  "grid h-7 place-items-center overflow-hidden rounded-sm hover:outline-2 hover:outline-focus",
                  strengths[strengthOf(valueOf(slot), top)],
                )}
              >
                {valueOf(slot) === 0 ? "" : compact.format(valueOf(slot))}
              </MarkLink>
            </Fragment>
          ))}
        </div>
      )}
    </ChartCard>
  );
}

const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });

function twoDigits(hour: number): string {
  return String(hour).padStart(2, "0");
}

function nameOfSlot({ weekday, hour }: Slot): string {
  return `${nameOfWeekday(weekday)} ${nameOfHour(hour)}`;
}

function textOf(slot: Slot): string {
  return `${nameOfSlot(slot)}: ${countOf(slot.count, "call")}, ${formatCount(slot.missed)} missed`;
}

function summaryOf(slots: readonly (readonly Slot[])[], valueOf: (slot: Slot) => number, ofMissed: boolean): string {
  const most = largest(slots.flat(), valueOf);
  if (most === null) return ofMissed ? "None was missed." : "No calls on these days.";
  const byDay = slots.map((day) => day.reduce((total, slot) => total + valueOf(slot), 0));
  const busiest = largest(
    byDay.map((count, at) => ({ weekday: at + 1, count })),
    ({ count }) => count,
  );
  return `Most on ${nameOfWeekday(busiest?.weekday ?? 1)}s (${formatCount(busiest?.count ?? 0)}); the fullest hour is ${nameOfSlot(most)} (${formatCount(valueOf(most))}).`;
}

const narrow = "(max-width: 44rem)";

function useIsTall(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = window.matchMedia(narrow);
      query.addEventListener("change", onChange);
      return () => query.removeEventListener("change", onChange);
    },
    () => window.matchMedia(narrow).matches,
  );
}

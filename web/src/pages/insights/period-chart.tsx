import { countOf, formatCount } from "../../lib/format.ts";
import { callsLink } from "../../lib/calls-link.ts";
import { axisMax, largest, type Period } from "../../lib/insights.ts";
import { ChartCard, Legend } from "./chart-card.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { MarkLink } from "./mark-link.tsx";
import { nameOfDays, shortDay } from "./names.ts";
import { useMarks } from "./use-marks.ts";

/** Calls of each day, or of each week: a bar each, its missed part at the foot. */
export function PeriodChart({
  periods,
  line,
  asTable,
}: {
  readonly periods: readonly Period[];
  readonly line: string | undefined;
  readonly asTable: boolean;
}) {
  const marks = useMarks(periods.length, periods.length);
  const isWeekly = periods.some(({ from, to }) => from !== to);
  const title = isWeekly ? "Calls by week" : "Calls by day";
  const top = axisMax(Math.max(...periods.map(({ count }) => count)));
  const looked = marks.looked === null ? undefined : periods[marks.looked];
  return (
    <ChartCard
      title={title}
      summary={summaryOf(periods, isWeekly)}
      readout={asTable ? null : looked === undefined ? "" : textOf(looked)}
      hint="Each bar opens its calls."
      legend={<Legend />}
    >
      {asTable ? (
        <FiguresTable
          caption={title}
          first={isWeekly ? "Week" : "Day"}
          rows={periods.map((period) => ({
            ...period,
            key: period.from,
            name: nameOfDays(period),
            href: callsLink({ days: period, line }),
            missedHref: callsLink({ days: period, line, isMissed: true }),
          }))}
        />
      ) : (
        <div className="flex gap-2">
          <div aria-hidden="true" className="tabular relative h-44 w-8 shrink-0 text-right text-2xs text-quiet">
            {[top, top / 2, 0].map((value) => (
              <span
                key={value}
                className="absolute right-0 -translate-y-1/2"
                style={{ top: `${100 - (100 * value) / top}%` }}
              >
                {formatCount(value)}
              </span>
            ))}
          </div>
          <div className="min-w-0 flex-1">
            <div className="relative h-44">
              {[0, 50, 100].map((part) => (
                <span
                  key={part}
                  aria-hidden="true"
                  className="absolute inset-x-0 border-t border-line"
                  style={{ top: `${part}%` }}
                />
              ))}
              <ul aria-label={`${title}, one bar each`} className="absolute inset-0 flex" {...marks.listeners}>
                {periods.map((period, index) => (
                  <li key={period.from} className="min-w-0 flex-1">
                    <Bar period={period} index={index} top={top} line={line} tabIndex={marks.tabIndexOf(index)} />
                  </li>
                ))}
              </ul>
            </div>
            <DayAxis periods={periods} />
          </div>
        </div>
      )}
    </ChartCard>
  );
}

function Bar({
  period,
  index,
  top,
  line,
  tabIndex,
}: {
  readonly period: Period;
  readonly index: number;
  readonly top: number;
  readonly line: string | undefined;
  readonly tabIndex: number;
}) {
  const { count, missed } = period;
  return (
    <MarkLink
      href={callsLink({ days: period, line })}
      data-mark={index}
      tabIndex={tabIndex}
      aria-label={textOf(period)}
      className="flex h-full flex-col justify-end rounded-t-sm px-px hover:bg-hover focus-visible:bg-hover"
    >
      <span className="mark-taken rounded-t-sm" style={{ height: `${(100 * (count - missed)) / top}%` }} />
      <span className="mark-missed" style={{ height: `${(100 * missed) / top}%` }} />
    </MarkLink>
  );
}

/** Steps between the days that are named: days in twos and weeks, weeks in fours and quarters. */
const labelSteps = [1, 2, 4, 7, 13, 14];
const labelsMax = 7;

/** Some of the days, each below its bar, so many that they do not touch. */
function DayAxis({ periods }: { periods: readonly Period[] }) {
  const step = labelSteps.find((one) => periods.length <= one * labelsMax) ?? periods.length;
  return (
    <div aria-hidden="true" className="mt-1.5 flex h-4 text-2xs text-quiet">
      {periods.map(({ from }, index) => (
        <span key={from} className="flex min-w-0 flex-1 justify-center whitespace-nowrap">
          {index % step === 0 && (
            <span className={index % (2 * step) === 0 ? undefined : "max-tablet:hidden"}>{shortDay(from)}</span>
          )}
        </span>
      ))}
    </div>
  );
}

function textOf(period: Period): string {
  return `${nameOfDays(period)}: ${countOf(period.count, "call")}, ${formatCount(period.missed)} missed`;
}

function summaryOf(periods: readonly Period[], isWeekly: boolean): string {
  const most = largest(periods, ({ count }) => count);
  if (most === null) return "No calls on these days.";
  const worst = largest(periods, ({ missed }) => missed);
  const total = periods.reduce((sum, { count }) => sum + count, 0);
  const average = formatCount(Math.round((10 * total) / periods.length) / 10);
  const missed =
    worst === null ? "None was missed." : `Most were missed on ${nameOfDays(worst)} (${formatCount(worst.missed)}).`;
  return `${average} a ${isWeekly ? "week" : "day"} on average, most on ${nameOfDays(most)} (${formatCount(most.count)}). ${
    isWeekly ? missed.replace("on ", "in the week ") : missed
  }`;
}

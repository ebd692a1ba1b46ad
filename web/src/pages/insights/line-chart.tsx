import { callsLink } from "../../lib/calls-link.ts";
import { countOf, formatCount, formatNumber } from "../../lib/format.ts";
import { type Days, type LineTally, shareOf } from "../../lib/insights.ts";
import { ChartCard } from "./chart-card.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { MarkLink } from "./mark-link.tsx";
import { useMarks } from "./use-marks.ts";

/** Bars that are drawn; the table has all lines. */
const barsMax = 8;

/** Calls of each line of ours, the largest first. */
export function LineChart({
  lines,
  days,
  asTable,
}: {
  readonly lines: readonly LineTally[];
  readonly days: Days;
  readonly asTable: boolean;
}) {
  const shown = lines.slice(0, barsMax);
  const marks = useMarks(shown.length, 1);
  const top = Math.max(1, ...lines.map(({ count }) => count));
  const looked = marks.looked === null ? undefined : shown[marks.looked];
  return (
    <ChartCard
      title="Calls by line"
      summary={summaryOf(lines)}
      readout={asTable ? null : looked === undefined ? "" : textOf(looked)}
      hint="Each line opens its calls."
    >
      {asTable ? (
        <FiguresTable
          caption="Calls by line"
          first="Line"
          rows={lines.map((tally) => ({
            ...tally,
            key: tally.line,
            name: nameOfLine(tally.line),
            href: callsLink({ days, line: tally.line }),
            missedHref: callsLink({ days, line: tally.line, isMissed: true }),
          }))}
        />
      ) : (
        <ul aria-label="Calls by line, one bar each" className="flex flex-col gap-1" {...marks.listeners}>
          {shown.map((tally, index) => (
            <li key={tally.line}>
              <MarkLink
                href={callsLink({ days, line: tally.line })}
                data-mark={index}
                tabIndex={marks.tabIndexOf(index)}
                className="block rounded-md px-2 py-1.5 -mx-2 hover:bg-hover"
              >
                <span className="tabular flex items-baseline gap-3 text-sm">
                  <bdi dir="ltr" className="min-w-0 flex-1 truncate">
                    {nameOfLine(tally.line)}
                  </bdi>
                  <span className="font-medium">
                    {formatCount(tally.count)}
                    <span className="sr-only"> calls, </span>
                  </span>
                  <span className="w-20 text-right text-xs text-quiet">
                    {tally.missed === 0 ? "none missed" : `${shareOf(tally.missed, tally.count)} missed`}
                  </span>
                </span>
                <span className="mt-1 flex h-2">
                  <span className="mark-missed rounded-l-sm" style={{ width: `${(100 * tally.missed) / top}%` }} />
                  <span
                    className="mark-taken rounded-r-sm"
                    style={{ width: `${(100 * (tally.count - tally.missed)) / top}%` }}
                  />
                </span>
              </MarkLink>
            </li>
          ))}
        </ul>
      )}
      {!asTable && lines.length > barsMax && (
        <p className="mt-2 text-sm text-quiet">{countOf(lines.length - barsMax, "smaller line")} in the table.</p>
      )}
    </ChartCard>
  );
}

/** How a line is shown. */
export function nameOfLine(line: string): string {
  return line === "" ? "No line" : formatNumber(line);
}

function textOf({ line, count, missed }: LineTally): string {
  return `${nameOfLine(line)}: ${countOf(count, "call")}, ${formatCount(missed)} missed`;
}

function summaryOf(lines: readonly LineTally[]): string {
  const [first] = lines;
  if (first === undefined) return "No calls on these days.";
  const total = lines.reduce((sum, { count }) => sum + count, 0);
  return `${countOf(lines.length, "line")}; ${nameOfLine(first.line)} has ${shareOf(first.count, total)} of the calls.`;
}

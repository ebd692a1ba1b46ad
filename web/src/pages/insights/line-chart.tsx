import { callsLink } from "../../lib/calls-link.ts";
import { countOf, formatNumber } from "../../lib/format.ts";
import { type Days, type LineTally, shareOf } from "../../lib/insights.ts";
import { RankedChart } from "./ranked-chart.tsx";

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
  return (
    <RankedChart
      title="Calls by line"
      noun="line"
      summary={summaryOf(lines)}
      asTable={asTable}
      rows={lines.map((tally) => ({
        ...tally,
        key: tally.line,
        name: nameOfLine(tally.line),
        href: callsLink({ days, line: tally.line }),
        missedHref: callsLink({ days, line: tally.line, isMissed: true }),
      }))}
    />
  );
}

/** How a line is shown. */
export function nameOfLine(line: string): string {
  return line === "" ? "No line" : formatNumber(line);
}

function summaryOf(lines: readonly LineTally[]): string {
  const [first] = lines;
  if (first === undefined) return "No calls on these days.";
  const total = lines.reduce((sum, { count }) => sum + count, 0);
  return `${countOf(lines.length, "line")}; ${nameOfLine(first.line)} has ${shareOf(first.count, total)} of the calls.`;
}

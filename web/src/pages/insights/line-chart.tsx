import { useLines } from "../../calls/lines.ts";
import { callsLink } from "../../lib/calls-link.ts";
import { countOf } from "../../lib/format.ts";
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
  const { nameOf } = useLines();
  return (
    <RankedChart
      title="Calls by line"
      noun="line"
      summary={summaryOf(lines, nameOf)}
      asTable={asTable}
      rows={lines.map((tally) => ({
        ...tally,
        key: tally.line,
        name: nameOf(tally.line),
        href: callsLink({ days, line: tally.line }),
        missedHref: callsLink({ days, line: tally.line, isMissed: true }),
      }))}
    />
  );
}

function summaryOf(lines: readonly LineTally[], nameOf: (line: string) => string): string {
  const [first] = lines;
  if (first === undefined) return "No calls on these days.";
  const total = lines.reduce((sum, { count }) => sum + count, 0);
  return `${countOf(lines.length, "line")}; ${nameOf(first.line)} has ${shareOf(first.count, total)} of the calls.`;
}

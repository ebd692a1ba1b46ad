import { countOf, formatCount } from "../../lib/format.ts";
import { shareOf, type Tally } from "../../lib/insights.ts";
import { ChartCard } from "./chart-card.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { MarkLink } from "./mark-link.tsx";
import { useMarks } from "./use-marks.ts";

/** Bars that are drawn; the table has all. */
const barsMax = 8;

export type Ranked = Tally & {
  readonly key: string;
  readonly name: string;
  readonly href: string;
  readonly missedHref: string;
};

/** A bar for each of something that calls belong to, the largest first, with what was missed of it. */
export function RankedChart({
  title,
  noun,
  summary,
  rows,
  asTable,
}: {
  readonly title: string;
  /** What one row is: `line`. */
  readonly noun: string;
  readonly summary: string;
  readonly rows: readonly Ranked[];
  readonly asTable: boolean;
}) {
  const shown = rows.slice(0, barsMax);
  const marks = useMarks(shown.length, 1);
  const top = Math.max(1, ...rows.map(({ count }) => count));
  const looked = marks.looked === null ? undefined : shown[marks.looked];
  return (
    <ChartCard
      title={title}
      summary={summary}
      readout={asTable ? null : looked === undefined ? "" : textOf(looked)}
      hint={`Each ${noun} opens its calls.`}
    >
      {asTable ? (
        <FiguresTable caption={title} first={noun.slice(0, 1).toUpperCase() + noun.slice(1)} rows={rows} />
      ) : (
        <ul aria-label={`${title}, one bar each`} className="flex flex-col gap-1" {...marks.listeners}>
          {shown.map(({ key, name, href, count, missed }, index) => (
            <li key={key}>
              <MarkLink
                href={href}
                data-mark={index}
                tabIndex={marks.tabIndexOf(index)}
                className="block rounded-md px-2 py-1.5 -mx-2 hover:bg-hover"
              >
                <span className="tabular flex items-baseline gap-3 text-sm">
                  <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
                  <span className="font-medium">
                    {formatCount(count)}
                    <span className="sr-only"> calls, </span>
                  </span>
                  <span className="w-20 text-right text-xs text-quiet">
                    {missed === 0 ? "none missed" : `${shareOf(missed, count)} missed`}
                  </span>
                </span>
                <span className="mt-1 flex h-2">
                  <span className="mark-missed rounded-l-sm" style={{ width: `${(100 * missed) / top}%` }} />
                  <span className="mark-taken rounded-r-sm" style={{ width: `${(100 * (count - missed)) / top}%` }} />
                </span>
              </MarkLink>
            </li>
          ))}
        </ul>
      )}
      {!asTable && rows.length > barsMax && (
        <p className="mt-2 text-sm text-quiet">{countOf(rows.length - barsMax, `smaller ${noun}`)} in the table.</p>
      )}
    </ChartCard>
  );
}

function textOf({ name, count, missed }: Ranked): string {
  return `${name}: ${countOf(count, "call")}, ${formatCount(missed)} missed`;
}

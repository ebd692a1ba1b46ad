import { formatCount } from "../../lib/format.ts";
import { shareOf, type Tally } from "../../lib/insights.ts";
import { MarkLink } from "./mark-link.tsx";

export type FiguresRow = Tally & {
  readonly key: string;
  readonly name: string;
  readonly href: string;
  readonly missedHref: string;
};

/** The figures of a chart as a table; its cells open the same lists as the marks. */
export function FiguresTable({
  caption,
  first,
  rows,
}: {
  readonly caption: string;
  /** The heading of the first column. */
  readonly first: string;
  readonly rows: readonly FiguresRow[];
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls can be scrolled by keyboard
    <div tabIndex={0} role="group" aria-label={caption} className="max-h-96 overflow-auto rounded-md">
      <table className="tabular w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-surface text-left text-xs text-quiet">
          <tr className="border-b border-line">
            <th scope="col" className="py-1.5 pr-2 font-medium">
              {first}
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              Calls
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              Missed
            </th>
            <th scope="col" className="py-1.5 pl-2 text-right font-medium">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, count, missed, href, missedHref }) => (
            <tr key={key} className="border-b border-line last:border-b-0">
              <th scope="row" className="py-1 pr-2 text-left font-normal">
                {name}
              </th>
              <td className="px-2 py-1 text-right">
                <Figure count={count} href={href} name={`${name}: ${formatCount(count)} calls`} />
              </td>
              <td className="px-2 py-1 text-right">
                <Figure count={missed} href={missedHref} name={`${name}: ${formatCount(missed)} missed`} />
              </td>
              <td className="py-1 pl-2 text-right text-quiet">{shareOf(missed, count) ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ count, href, name }: { count: number; href: string; name: string }) {
  if (count === 0) return <span className="inline-block h-6 leading-6 text-quiet">0</span>;
  return (
    <MarkLink
      href={href}
      aria-label={name}
      className="inline-block h-6 min-w-6 rounded-sm leading-6 underline decoration-line underline-offset-2 hover:decoration-current"
    >
      {formatCount(count)}
    </MarkLink>
  );
}

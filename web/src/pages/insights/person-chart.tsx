import { usePeople } from "../../calls/people.ts";
import { callsLink } from "../../lib/calls-link.ts";
import { countOf } from "../../lib/format.ts";
import { type Days, type LineTally, shareOf } from "../../lib/insights.ts";
import { RankedChart } from "./ranked-chart.tsx";

/** Calls by who takes care of them; nobody is one of them. */
export function PersonChart({
  people,
  days,
  line,
  asTable,
}: {
  /** By the id of the person, empty for nobody. */
  readonly people: readonly LineTally[];
  readonly days: Days;
  readonly line: string | undefined;
  readonly asTable: boolean;
}) {
  const known = usePeople();
  const nameOf = (id: string) =>
    id === "" ? "Nobody" : (known.find((one) => one.id === id)?.username ?? "Somebody who left");
  return (
    <RankedChart
      title="Calls by person"
      noun="person"
      summary={summaryOf(people, nameOf)}
      asTable={asTable}
      rows={people.map(({ line: id, count, missed }) => {
        const who = id === "" ? "nobody" : id;
        return {
          count,
          missed,
          key: who,
          name: nameOf(id),
          href: callsLink({ days, line, who }),
          missedHref: callsLink({ days, line, who, isMissed: true }),
        };
      })}
    />
  );
}

function summaryOf(people: readonly LineTally[], nameOf: (id: string) => string): string {
  const total = people.reduce((sum, { count }) => sum + count, 0);
  const first = people.find(({ line }) => line !== "");
  if (total === 0) return "No calls on these days.";
  if (first === undefined) return "Nobody takes care of any of these calls.";
  const share = `${nameOf(first.line)} takes care of ${shareOf(first.count, total)} of the calls`;
  const nobody = people.find(({ line }) => line === "")?.count ?? 0;
  return nobody === 0 ? `${share}.` : `${share}; ${countOf(nobody, "call")} of nobody.`;
}

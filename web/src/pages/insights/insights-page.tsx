import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { InsightsChartsDocument, InsightsFiguresDocument } from "../../api/insights.gen.ts";
import { live } from "../../api/live.ts";
import { countIsExact, daysAfter, daysBefore, daysOf, linesOf, periodsOf, slotsOf } from "../../lib/insights.ts";
import { type InsightsChange, readInsightsSearch } from "../../lib/insights-search.ts";
import { zoneNow } from "../../lib/zone.ts";
import { Button } from "../../ui/button.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { Choices } from "./choices.tsx";
import { filtersOf } from "./filters.ts";
import { HeatMap } from "./heat-map.tsx";
import { LineChart } from "./line-chart.tsx";
import { LoadingFigures } from "./loading-figures.tsx";
import { nameOfRange } from "./names.ts";
import { PeriodChart } from "./period-chart.tsx";
import { PersonChart } from "./person-chart.tsx";
import { Tiles } from "./tiles.tsx";
import { useToday } from "./use-today.ts";

/** Counts follow live changes, but no more often than this: each look costs the server as much as a few pages of calls. */
const followMs = 15_000;

/** How many calls there are, when, on which lines, and how many were missed. */
export function InsightsPage() {
  const search = useSearch({ from: "/shell/insights" });
  const navigate = useNavigate();
  const timeZone = zoneNow();
  const today = useToday(timeZone);
  const { name, from, to } = daysOf(search, today);
  const days = { from, to };
  const { line } = search;
  const asTable = search.as === "tables";

  const variables = filtersOf(days, line, timeZone);
  const [figures, fetchFigures] = useQuery({
    query: InsightsFiguresDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const [charts, fetchCharts] = useQuery({
    query: InsightsChartsDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const fetchAgain = () => {
    fetchFigures({ requestPolicy: "network-only" });
    fetchCharts({ requestPolicy: "network-only" });
  };
  useFollowing(fetchAgain);

  const go = (change: InsightsChange) =>
    void navigate({ to: "/insights", search: readInsightsSearch({ ...search, ...change }) });
  const later = daysAfter(days, today);
  const earlier = daysBefore(days);
  const toDays = (next: { readonly from: string; readonly to: string }) =>
    // The days that end today have their name, so that the link stays true tomorrow.
    go(next.to === today && name !== "custom" ? { from: undefined, to: undefined } : { ...next });
  useKeys([
    { keys: "[", label: "Earlier days", scope: "Insights", run: () => toDays(earlier) },
    { keys: "]", label: "Later days", scope: "Insights", run: () => later !== null && toDays(later) },
    { keys: "t", label: "Tables or charts", scope: "Insights", run: () => toggleTables() },
    { keys: "r", label: "Count again", scope: "Insights", run: fetchAgain },
  ]);
  const toggleTables = () => go({ as: asTable ? undefined : "tables" });

  const error = figures.error ?? charts.error;
  // What comes with an error has null for what there is none of.
  const counted =
    error === undefined && figures.data !== undefined && charts.data !== undefined
      ? { ...figures.data, ...charts.data }
      : null;
  const isBusy = figures.stale || charts.stale || figures.fetching || charts.fetching;
  return (
    <>
      <PageHeader title="Insights">
        <Button size="sm" onClick={toggleTables}>
          {asTable ? "Show charts" : "Show tables"}
        </Button>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-3 p-4">
          <Choices
            name={name}
            days={days}
            line={line}
            today={today}
            onChange={go}
            onEarlier={() => toDays(earlier)}
            onLater={later === null ? null : () => toDays(later)}
          />
          <p className="text-sm text-quiet">
            {nameOfRange(days)}, by the clocks of {timeZone.replaceAll("_", " ")}
          </p>
          {error !== undefined && counted === null ? (
            <Failure title="The calls could not be counted" failure={failureFrom(error)} onRetry={fetchAgain} />
          ) : counted === null ? (
            <LoadingFigures />
          ) : (
            <Counted isBusy={isBusy} isExact={countIsExact(Object.values(counted))}>
              <Tiles figures={counted} days={days} line={line} />
              {counted.days.groups.length === 0 ? (
                <NoCalls
                  hasLine={line !== undefined}
                  onAllLines={() => go({ line: undefined })}
                  onEarlier={() => toDays(earlier)}
                />
              ) : (
                <>
                  <PeriodChart
                    periods={periodsOf(days, counted.days.groups, counted.missedDays.groups)}
                    line={line}
                    asTable={asTable}
                  />
                  <div className="grid grid-cols-1 gap-3 xwide:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
                    <HeatMap
                      slots={slotsOf(counted.slots.groups, counted.missedSlots.groups)}
                      days={days}
                      line={line}
                      asTable={asTable}
                      ofMissed={search.heat === "missed"}
                      onChoose={(heat) => go({ heat })}
                    />
                    <div className="grid min-w-0 grid-cols-1 content-start gap-3 tablet:grid-cols-2 xwide:grid-cols-1">
                      <LineChart
                        lines={linesOf(counted.lines.groups, counted.missedLines.groups)}
                        days={days}
                        asTable={asTable}
                      />
                      <PersonChart
                        people={linesOf(counted.people.groups, counted.missedPeople.groups)}
                        days={days}
                        line={line}
                        asTable={asTable}
                      />
                    </div>
                  </div>
                </>
              )}
            </Counted>
          )}
        </div>
      </div>
    </>
  );
}

function Counted({ isBusy, isExact, children }: { isBusy: boolean; isExact: boolean; children: ReactNode }) {
  return (
    <div aria-busy={isBusy} className="flex flex-col gap-3">
      {!isExact && (
        <p className="rounded-md bg-warn-ground px-3 py-2 text-sm text-warn">
          So many calls lie in these days that not all of them were counted: each figure is the least it can be.
        </p>
      )}
      {children}
    </div>
  );
}

function NoCalls({
  hasLine,
  onAllLines,
  onEarlier,
}: {
  readonly hasLine: boolean;
  readonly onAllLines: () => void;
  readonly onEarlier: () => void;
}) {
  const action = hasLine ? (
    <Button onClick={onAllLines}>All lines</Button>
  ) : (
    <Button onClick={onEarlier}>Earlier days</Button>
  );
  return (
    <Empty icon="insights" title="No calls on these days" action={action}>
      {hasLine ? "The chosen line had none." : "Choose other days, or look again when calls have come in."}
    </Empty>
  );
}

/** Counts again some time after the first of the changes that came in since. */
function useFollowing(fetchAgain: () => void): void {
  const newest = useRef(fetchAgain);
  useEffect(() => {
    newest.current = fetchAgain;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        newest.current();
      }, followMs);
    };
    const stops = [live.onChange(soon), live.onGap(soon)];
    return () => {
      for (const stop of stops) stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
}

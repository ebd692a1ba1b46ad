import { type ReactNode } from "react";
import type { SourcePartsFragment } from "../../api/sources.gen.ts";
import { ago } from "../../lib/ago.ts";
import { classNames } from "../../lib/class-names.ts";
import { formatCount, formatInstant } from "../../lib/format.ts";
import { useNow } from "../../ui/use-now.ts";

/** Whether a source is alive: its last event, how much it sent lately, and how much of that was amiss. */
export function SourceFacts({ source }: { readonly source: SourcePartsFragment }) {
  const now = useNow();
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-4 pb-4 tablet:grid-cols-4">
      <Fact name="Last event">
        {source.lastEventAt === null ? (
          "Nothing yet"
        ) : (
          <time dateTime={source.lastEventAt} title={formatInstant(source.lastEventAt)}>
            {ago(source.lastEventAt, now)}
          </time>
        )}
      </Fact>
      <Fact name="Last hour">{formatCount(source.eventsLastHour)}</Fact>
      <Fact name="Last 24 hours">{formatCount(source.eventsLastDay)}</Fact>
      <Fact name="Errors, 24 hours" isBad={source.errorsLastDay > 0}>
        {formatCount(source.errorsLastDay)}
      </Fact>
    </dl>
  );
}

function Fact({ name, isBad = false, children }: { name: string; isBad?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs font-medium text-quiet">{name}</dt>
      <dd className={classNames("tabular mt-0.5 text-base font-semibold", isBad && "text-bad")}>{children}</dd>
    </div>
  );
}

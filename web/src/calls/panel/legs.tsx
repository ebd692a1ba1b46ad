import { formatInstant } from "../../lib/format.ts";
import { stepsOf } from "../../lib/history-text.ts";
import { PartFailure, Section } from "./section.tsx";
import type { Leg } from "./use-details.ts";

const seconds = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** How the call went, step by step, as its sources tell it. */
export function Legs({
  legs,
  kind,
  hasFailed,
  onRetry,
}: {
  readonly legs: readonly Leg[] | null;
  readonly kind: string;
  readonly hasFailed: boolean;
  readonly onRetry: () => void;
}) {
  if (legs === null && !hasFailed) return null;
  const told = (legs ?? []).map((leg) => ({ leg, steps: stepsOf(leg, kind) })).filter(({ steps }) => steps.length > 0);
  if (legs !== null && told.length === 0) return null;
  return (
    <Section title="How it went">
      {legs === null && <PartFailure what="How the call went" onRetry={onRetry} />}
      <div className="flex flex-col gap-4">
        {told.map(({ leg, steps }) => (
          <ol key={`${leg.sourceId} ${leg.startedAt}`}>
            {steps.map(({ at, text, length }, index) => (
              <li key={`${at} ${text}`} className="relative flex items-baseline gap-3 pb-3 last:pb-0">
                {index < steps.length - 1 && (
                  <span aria-hidden="true" className="absolute top-3 bottom-0 left-[calc(4.75rem+3px)] w-px bg-line" />
                )}
                <time dateTime={at} title={formatInstant(at)} className="tabular w-16 shrink-0 text-sm text-quiet">
                  {seconds.format(new Date(at))}
                </time>
                <span aria-hidden="true" className="relative size-2 shrink-0 self-center rounded-full bg-control" />
                <span className="min-w-0 text-base">{text}</span>
                {length !== null && <span className="tabular ml-auto text-sm text-quiet">{length}</span>}
              </li>
            ))}
          </ol>
        ))}
      </div>
    </Section>
  );
}

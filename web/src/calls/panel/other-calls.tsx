import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useQuery } from "urql";
import { CallsOfNumberDocument } from "../../api/panel.gen.ts";
import { dayLabel, dayOf } from "../../lib/days.ts";
import { countOf, formatTime } from "../../lib/format.ts";
import { CallKind } from "../call-kind.tsx";
import { PartFailure, Section } from "./section.tsx";
import { useRefetch } from "./use-refetch.ts";

const shownMax = 5;
/** Shorter ones are extensions and the like, which many numbers contain. */
const digitsMin = 4;

/** The newest of the other calls with this number, each a link to it; nothing where there is no number to go by. */
export function OtherCalls({ id, number }: { id: string; number: string | null }) {
  if (number === null || number.replaceAll(/\D/g, "").length < digitsMin) return null;
  return <OfNumber id={id} number={number} />;
}

function OfNumber({ id, number }: { id: string; number: string }) {
  const [now] = useState(() => new Date());
  const variables = useMemo(() => ({ number, first: shownMax + 1 }), [number]);
  const [{ data, error }, fetchAgain] = useQuery({
    query: CallsOfNumberDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const again = () => fetchAgain({ requestPolicy: "network-only" });
  useRefetch(error !== undefined, again);
  const others = (data?.calls.nodes ?? []).filter((call) => call.id !== id).slice(0, shownMax);
  const moreCount = (data?.calls.totalCount ?? 0) - 1 - others.length;
  if (data === undefined && error === undefined) return null;
  return (
    <Section title="Other calls with this number">
      {data === undefined && <PartFailure what="Other calls" onRetry={again} />}
      {data !== undefined && others.length === 0 && <p className="text-base text-quiet">This is the only one.</p>}
      <ul aria-label="Other calls with this number" className="-mx-2">
        {others.map((call) => (
          <li key={call.id}>
            <Link
              to="."
              search={(before: object) => ({ ...before, call: call.id })}
              className="flex min-h-8 items-center justify-between gap-3 rounded-md px-2 text-base hover:bg-hover"
            >
              <CallKind call={call} />
              <time dateTime={call.created_at} className="tabular shrink-0 text-sm text-quiet">
                {dayLabel(dayOf(call.created_at), now)}, {formatTime(call.created_at)}
              </time>
            </Link>
          </li>
        ))}
      </ul>
      {moreCount > 0 && <p className="mt-1 text-sm text-quiet">and {countOf(moreCount, "older call")}</p>}
    </Section>
  );
}

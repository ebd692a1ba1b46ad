import { useMemo, useState } from "react";
import { useQuery } from "urql";
import { RawDeliveriesDocument } from "../../api/panel.gen.ts";
import { formatInstant } from "../../lib/format.ts";
import { Skeleton, Waiting } from "../../ui/states.tsx";
import { useRefetch } from "./use-refetch.ts";
import { PartFailure } from "./section.tsx";

/** What sources sent about the call, as it came. For admins; fetched when it is opened. */
export function Raw({ id }: { id: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="border-t border-line px-5 py-4" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="text-sm font-semibold">What the phone system sent</summary>
      {isOpen && <Deliveries id={id} />}
    </details>
  );
}

function Deliveries({ id }: { id: string }) {
  const variables = useMemo(() => ({ id: Number(id) }), [id]);
  const [{ data, error }, fetchAgain] = useQuery({ query: RawDeliveriesDocument, variables });
  const again = () => fetchAgain({ requestPolicy: "network-only" });
  useRefetch(error !== undefined, again);
  const deliveries = data?.call?.rawDeliveries;
  if (error !== undefined) return <PartFailure what="What was sent" onRetry={again} />;
  if (data === undefined) {
    return (
      <Waiting what="what was sent">
        <Skeleton className="mt-3 h-24 w-full" />
      </Waiting>
    );
  }
  if (!deliveries || deliveries.length === 0)
    return <p className="mt-3 text-base text-quiet">Nothing is kept of it.</p>;
  return (
    <ol className="mt-3 flex flex-col gap-4">
      {deliveries.map((one) => (
        <li key={one.id}>
          <p className="mb-1 text-sm text-quiet">
            {formatInstant(one.receivedAt)} · {one.verdict.toLowerCase()}
            {one.reason !== null && ` · ${one.reason}`}
          </p>
          {one.body === null ? (
            <p className="text-sm text-quiet">Its body has been forgotten.</p>
          ) : (
            <pre
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must get to it
              tabIndex={0}
              aria-label="Body as it came"
              role="group"
              className="max-h-72 overflow-auto rounded-md bg-hover p-3 font-mono text-xs whitespace-pre-wrap break-all"
            >
              {readable(one.body)}
            </pre>
          )}
        </li>
      ))}
    </ol>
  );
}

/** JSON over several lines; anything else as it is. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { DeliveriesDocument, type DeliveryPartsFragment, type SourcePartsFragment } from "../../api/sources.gen.ts";
import { ago } from "../../lib/ago.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatSize, type Verdict, verdictNamed, verdicts } from "../../lib/verdicts.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Select } from "../../ui/field.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { useNow } from "../../ui/use-now.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { useRefreshing } from "../shell/use-refreshing.ts";
import { RemapAll } from "./remap-all.tsx";

/** What a source sent, newest first, with what became of it. */
export function Deliveries({
  source,
  verdict,
  onVerdict,
  onOpen,
}: {
  readonly source: SourcePartsFragment;
  readonly verdict: Verdict | null;
  readonly onVerdict: (verdict: Verdict | null) => void;
  readonly onOpen: (id: string) => void;
}) {
  const [asked, setAsked] = useState(0);
  const refresh = useCallback(() => setAsked((before) => before + 1), []);
  const version = `${asked} ${source.lastEventAt} ${source.eventsLastDay}`;
  useRefreshing(refresh);
  return (
    <div className="pb-10">
      <div className="flex flex-wrap items-end gap-3 p-4">
        <Select
          label="Show"
          className="w-44"
          value={verdict ?? ""}
          onChange={(event) => onVerdict(verdictNamed(event.target.value))}
        >
          <option value="">All deliveries</option>
          {Object.entries(verdicts).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </Select>
        <p className="min-w-0 flex-1 self-center pt-5 text-sm text-quiet max-tablet:hidden">
          {verdict !== null && verdicts[verdict].meaning}
        </p>
        <RemapAll source={source} onDone={refresh} />
      </div>
      <Page sourceId={source.id} verdict={verdict} after={null} version={version} onOpen={onOpen} />
    </div>
  );
}

/** A page, and below it the next one once it is asked for. So pages follow each other when newer deliveries push them down. */
function Page({
  sourceId,
  verdict,
  after,
  version,
  onOpen,
}: {
  readonly sourceId: string;
  readonly verdict: Verdict | null;
  readonly after: string | null;
  /** Another text fetches it again. */
  readonly version: string;
  readonly onOpen: (id: string) => void;
}) {
  const variables = useMemo(() => ({ sourceId, verdict, after }), [sourceId, verdict, after]);
  const [{ data, error }, fetchAgain] = useQuery({
    query: DeliveriesDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const [isMore, setIsMore] = useState(false);
  const fetched = useRef(version);
  useEffect(() => {
    if (fetched.current === version) return;
    fetched.current = version;
    fetchAgain({ requestPolicy: "network-only" });
  }, [version, fetchAgain]);

  if (data === undefined) {
    if (error === undefined) return <LoadingLines what="deliveries" />;
    const retry = () => fetchAgain({ requestPolicy: "network-only" });
    return <Failure title="The deliveries could not be fetched" failure={failureFrom(error)} onRetry={retry} />;
  }
  const { nodes, hasNextPage, endCursor } = data.deliveries;
  if (nodes.length === 0 && after === null) {
    return verdict === null ? (
      <Empty icon="sources" title="Nothing has come in yet">
        Follow the set-up, or send a test call to see the whole way work.
      </Empty>
    ) : (
      <Empty icon="check" title={`None: ${verdicts[verdict].label.toLowerCase()}`}>
        {verdicts[verdict].meaning} Nothing like that is kept of this source.
      </Empty>
    );
  }
  return (
    <>
      <ul aria-label={after === null ? "Deliveries" : "More deliveries"} className="border-t border-line bg-surface">
        {nodes.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} onOpen={onOpen} />
        ))}
      </ul>
      {hasNextPage &&
        (isMore ? (
          <Page sourceId={sourceId} verdict={verdict} after={endCursor} version={version} onOpen={onOpen} />
        ) : (
          <div className="p-4">
            <Button onClick={() => setIsMore(true)}>Show older ones</Button>
          </div>
        ))}
    </>
  );
}

function Row({ delivery, onOpen }: { delivery: DeliveryPartsFragment; onOpen: (id: string) => void }) {
  const now = useNow();
  const { label, tone, meaning } = verdicts[delivery.verdict];
  return (
    <li className="border-b border-line">
      <button
        type="button"
        onClick={() => onOpen(delivery.id)}
        className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 text-left text-base hover:bg-hover tablet:flex-nowrap"
      >
        <span className="w-28 shrink-0">
          <Chip tone={tone}>{label}</Chip>
        </span>
        <span className="order-last min-w-0 basis-full truncate text-soft tablet:order-none tablet:flex-1 tablet:basis-auto">
          {delivery.reason ?? meaning}
        </span>
        {delivery.isTest && <span className="text-sm text-quiet">Test</span>}
        <code className="min-w-0 max-w-44 truncate font-mono text-xs text-quiet max-wide:hidden">{delivery.key}</code>
        <span className="tabular w-16 shrink-0 text-right text-sm text-quiet max-tablet:hidden">
          {formatSize(delivery.size)}
        </span>
        <time
          dateTime={delivery.receivedAt}
          title={formatInstant(delivery.receivedAt)}
          className="tabular ml-auto w-28 shrink-0 text-right text-sm text-quiet"
        >
          {ago(delivery.receivedAt, now)}
        </time>
      </button>
    </li>
  );
}

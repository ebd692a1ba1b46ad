import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import {
  WebhookDeliveriesDocument,
  type WebhookDeliveryPartsFragment,
  type WebhookPartsFragment,
} from "../../api/webhooks.gen.ts";
import { ago } from "../../lib/ago.ts";
import { countOf, formatInstant } from "../../lib/format.ts";
import {
  attemptText,
  type DeliveryState,
  deliveryStateNamed,
  deliveryStates,
  toneOf,
  typeText,
} from "../../lib/webhooks.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Select } from "../../ui/field.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { useNow } from "../../ui/use-now.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { useRefreshing } from "../shell/use-refreshing.ts";
import { lookMs } from "./use-webhooks.ts";

/** What a webhook was told, newest first, and what came of it. */
export function WebhookLog({
  webhook,
  state,
  isCovered,
  onState,
  onOpen,
}: {
  readonly webhook: WebhookPartsFragment;
  readonly state: DeliveryState | null;
  /** Whether one of it is open before it. What was done there shows here afterwards. */
  readonly isCovered: boolean;
  readonly onState: (state: DeliveryState | null) => void;
  readonly onOpen: (id: string) => void;
}) {
  const [asked, setAsked] = useState(0);
  const refresh = useCallback(() => setAsked((before) => before + 1), []);
  useRefreshing(refresh, lookMs);
  const { lastDeliveredAt, failingSince, waiting, behind } = webhook;
  const version = [asked, lastDeliveredAt, failingSince, waiting, behind, isCovered].join(" ");
  return (
    <section aria-labelledby="webhook-log" className="mt-6">
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <h3 id="webhook-log" className="min-w-0 flex-1 text-base font-semibold">
          Deliveries
        </h3>
        <Select
          label="Show"
          className="w-44"
          value={state ?? ""}
          onChange={(event) => onState(deliveryStateNamed(event.target.value))}
        >
          <option value="">All deliveries</option>
          {Object.entries(deliveryStates).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      <Page webhookId={webhook.id} state={state} after={null} version={version} onOpen={onOpen} />
    </section>
  );
}

/** A page, and below it the next one once it is asked for. So pages follow each other when newer deliveries push them down. */
function Page({
  webhookId,
  state,
  after,
  version,
  onOpen,
}: {
  readonly webhookId: string;
  readonly state: DeliveryState | null;
  readonly after: string | null;
  /** Another text fetches it again. */
  readonly version: string;
  readonly onOpen: (id: string) => void;
}) {
  const variables = useMemo(() => ({ webhookId, state, after }), [webhookId, state, after]);
  const [{ data, error }, fetchAgain] = useQuery({
    query: WebhookDeliveriesDocument,
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
  const { nodes, hasNextPage, endCursor } = data.webhookDeliveries;
  if (nodes.length === 0 && after === null) {
    return state === null ? (
      <Empty icon="send" title="Nothing was sent yet">
        Each change that it is told of stands here with the answer. Send a test event to see the whole way work.
      </Empty>
    ) : (
      <Empty icon="check" title={`None: ${deliveryStates[state].label.toLowerCase()}`}>
        {deliveryStates[state].meaning} There is nothing like that.
      </Empty>
    );
  }
  return (
    <>
      <ul
        aria-label={after === null ? "Deliveries" : "More deliveries"}
        className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface not-first:mt-3"
      >
        {nodes.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} onOpen={onOpen} />
        ))}
      </ul>
      {hasNextPage &&
        (isMore ? (
          <Page webhookId={webhookId} state={state} after={endCursor} version={version} onOpen={onOpen} />
        ) : (
          <div className="py-4">
            <Button onClick={() => setIsMore(true)}>Show older ones</Button>
          </div>
        ))}
    </>
  );
}

function Row({ delivery, onOpen }: { delivery: WebhookDeliveryPartsFragment; onOpen: (id: string) => void }) {
  const now = useNow();
  const { id, type, state, createdAt, attempts, isTest } = delivery;
  const last = attempts.at(-1);
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(id)}
        className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 text-left text-base -outline-offset-2 hover:bg-hover tablet:flex-nowrap"
      >
        <span className="w-20 shrink-0">
          <Chip tone={toneOf(delivery)}>{deliveryStates[state].label}</Chip>
        </span>
        <span className="min-w-0 truncate font-medium tablet:w-40 tablet:shrink-0">
          {isTest ? "Test event" : typeText(type)}
        </span>
        <span className="order-last min-w-0 basis-full truncate text-sm text-quiet tablet:order-none tablet:flex-1 tablet:basis-auto">
          {attempts.length > 1 && `${countOf(attempts.length, "attempt")}, the last: `}
          {last === undefined ? "Not tried yet" : attemptText(last)}
        </span>
        <time
          dateTime={createdAt}
          title={formatInstant(createdAt)}
          className="tabular ml-auto shrink-0 text-right text-sm text-quiet"
        >
          {ago(createdAt, now)}
        </time>
      </button>
    </li>
  );
}

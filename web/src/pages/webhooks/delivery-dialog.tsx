import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { mutate } from "../../api/mutate.ts";
import {
  ResendWebhookDeliveryDocument,
  WebhookDeliveryDocument,
  type WebhookDeliveryQuery,
} from "../../api/webhooks.gen.ts";
import { until } from "../../lib/ago.ts";
import { countOf, formatCount, formatInstant } from "../../lib/format.ts";
import { readableBody } from "../../lib/verdicts.ts";
import { attemptText, deliveryStates, lookAgainMs, toneOf, typeText } from "../../lib/webhooks.ts";
import { announce } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { RawText } from "../../ui/raw-text.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useSubmit } from "../session/use-submit.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";

type Delivery = NonNullable<WebhookDeliveryQuery["webhookDelivery"]>;

/** Something that a webhook was told: its attempts with the answers, and its payload. What is on its way is looked at until it is through. */
export function DeliveryDialog({
  id,
  name,
  onClose,
}: {
  readonly id: string;
  /** That of the webhook. */
  readonly name: string;
  readonly onClose: () => void;
}) {
  const variables = useMemo(() => ({ id }), [id]);
  const [{ data, error }, fetchAgain] = useQuery({
    query: WebhookDeliveryDocument,
    variables,
    requestPolicy: "cache-and-network",
  });
  const now = useNow();
  const delivery = data?.webhookDelivery ?? null;
  const againMs = delivery === null ? null : lookAgainMs(delivery, now);
  useEffect(() => {
    if (againMs === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") fetchAgain({ requestPolicy: "network-only" });
    }, againMs);
    return () => clearInterval(timer);
  }, [againMs, fetchAgain]);
  useTelling(delivery);
  return (
    <Dialog
      title={delivery?.isTest === true ? `Test event for ${name}` : "Delivery"}
      width="max-w-2xl"
      onClose={onClose}
    >
      {data === undefined && error !== undefined ? (
        <Failure
          title="The delivery could not be fetched"
          failure={failureFrom(error)}
          onRetry={() => fetchAgain({ requestPolicy: "network-only" })}
        />
      ) : data === undefined ? (
        <LoadingLines what="the delivery" count={1} />
      ) : delivery === null ? (
        <Empty icon="search" title="No such delivery">
          It may have been forgotten by now, or the link is wrong.
        </Empty>
      ) : (
        <Loaded delivery={delivery} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** Says what came of a delivery that was on its way. */
function useTelling(delivery: Delivery | null): void {
  const before = useRef<Delivery | null>(null);
  useEffect(() => {
    const wasWaiting = before.current?.state === "WAITING";
    before.current = delivery;
    const last = delivery?.attempts.at(-1);
    if (delivery === null || delivery.state === "WAITING" || !wasWaiting || last === undefined) return;
    announce(`${deliveryStates[delivery.state].label}: ${attemptText(last)}`);
  }, [delivery]);
}

function Loaded({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const now = useNow();
  const { id, type, revision, state, createdAt, nextAttemptAt, attempts, payload, isTest } = delivery;
  const { label, meaning } = deliveryStates[state];
  const last = attempts.at(-1);
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    await mutate(ResendWebhookDeliveryDocument, { id });
    announce("It is sent again");
  });
  const copy = async () => {
    await navigator.clipboard.writeText(payload);
    showToast({ text: "Payload copied" });
  };
  return (
    <form onSubmit={onSubmit} className="mt-4">
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-y-2 text-base">
        <Fact name="State">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Chip tone={toneOf(delivery)}>{label}</Chip>
            <span>
              {state !== "WAITING"
                ? last === undefined
                  ? meaning
                  : attemptText(last)
                : nextAttemptAt === null || Date.parse(nextAttemptAt) <= now
                  ? "On its way…"
                  : `Tried again ${until(nextAttemptAt, now)}`}
            </span>
          </span>
        </Fact>
        <Fact name="About">
          {isTest ? "A test event" : typeText(type)}
          {revision !== null && <span className="text-quiet">, change {formatCount(revision)}</span>}
        </Fact>
        <Fact name="Made">
          <time dateTime={createdAt}>{formatInstant(createdAt)}</time>
        </Fact>
        <Fact name="Id">
          <code className="font-mono text-sm break-all">{id}</code>
        </Fact>
      </dl>
      {attempts.length > 0 && (
        <>
          <h3 className="mt-5 mb-1 text-sm font-medium text-soft">
            {countOf(attempts.length, "attempt")}
            {attempts.length > 1 && ", newest first"}
          </h3>
          <ol aria-label="Attempts" className="divide-y divide-line rounded-md border border-line">
            {attempts.toReversed().map((attempt, index) => (
              <li key={`${attempt.at} ${attempts.length - index}`} className="px-3 py-2 text-base">
                <p className={attempt.error === null ? "" : "text-bad"}>{attemptText(attempt)}</p>
                <time dateTime={attempt.at} className="text-sm text-quiet">
                  {formatInstant(attempt.at)}
                </time>
                {attempt.response !== null && attempt.response !== "" && (
                  <div className="mt-1.5">
                    <RawText label={`Answer ${attempts.length - index}`} text={attempt.response} className="max-h-32" />
                  </div>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      <h3 className="mt-5 mb-1 text-sm font-medium text-soft">Payload</h3>
      <RawText label="Payload" text={readableBody(payload)} className="max-h-[30vh]" />
      <p role="alert" className="mt-3 text-sm text-bad empty:hidden">
        {problem}
      </p>
      <DialogButtons>
        {"clipboard" in navigator && <Button onClick={() => void copy()}>Copy the payload</Button>}
        <Button type="submit" disabled={isRunning}>
          Send it again
        </Button>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogButtons>
    </form>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { useQuery } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { mutate } from "../../api/mutate.ts";
import { DeliveryBodyDocument, type DeliveryBodyQuery, RemapDeliveryDocument } from "../../api/sources.gen.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatSize, readableBody, verdicts } from "../../lib/verdicts.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { RawText } from "../../ui/raw-text.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";

/** One delivery with its body as it came, what became of it and why. */
export function DeliveryDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const variables = useMemo(() => ({ id }), [id]);
  const [{ data, error }, fetchAgain] = useQuery({ query: DeliveryBodyDocument, variables });
  return (
    <Dialog title="Delivery" width="max-w-2xl" onClose={onClose}>
      {error !== undefined ? (
        <Failure
          title="The delivery could not be fetched"
          failure={failureFrom(error)}
          onRetry={() => fetchAgain({ requestPolicy: "network-only" })}
        />
      ) : data === undefined ? (
        <LoadingLines what="the delivery" count={1} />
      ) : data.delivery === null ? (
        <Empty icon="search" title="No such delivery">
          It may have been forgotten by now, or the link is wrong.
        </Empty>
      ) : (
        <Loaded delivery={data.delivery} onClose={onClose} />
      )}
    </Dialog>
  );
}

type Delivery = NonNullable<DeliveryBodyQuery["delivery"]>;

function Loaded({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const { label, tone, meaning } = verdicts[delivery.verdict];
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const { remapDelivery } = await mutate(RemapDeliveryDocument, { id: delivery.id });
    showToast({ text: `Read again: ${verdicts[remapDelivery.verdict].label.toLowerCase()}` });
  });
  const copy = async (body: string) => {
    await navigator.clipboard.writeText(body);
    showToast({ text: "Body copied" });
  };
  return (
    <form onSubmit={onSubmit} className="mt-4">
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-y-2 text-base">
        <Fact name="Verdict">
          <Chip tone={tone}>{label}</Chip>
        </Fact>
        <Fact name="Reason">{delivery.reason ?? meaning}</Fact>
        <Fact name="Received">
          <time dateTime={delivery.receivedAt}>{formatInstant(delivery.receivedAt)}</time>
        </Fact>
        {delivery.key !== null && (
          <Fact name="Its own id">
            <code className="font-mono text-sm break-all">{delivery.key}</code>
          </Fact>
        )}
        {delivery.call !== null && (
          <Fact name="Call">
            <Link
              to="/$view"
              params={{ view: "all" }}
              search={{ call: delivery.call.id }}
              className="font-medium text-accent underline"
            >
              Open the call
            </Link>
          </Fact>
        )}
      </dl>
      <h3 className="mt-5 mb-1 text-sm font-medium text-soft">Body, {formatSize(delivery.size)}</h3>
      {delivery.body === null ? (
        <p className="rounded-md bg-hover px-3 py-2 text-base text-quiet">
          It has been forgotten: bodies are kept for as long as the operator says.
        </p>
      ) : (
        <RawText label="Body" text={readableBody(delivery.body)} />
      )}
      <p role="alert" className="mt-3 text-sm text-bad empty:hidden">
        {problem}
      </p>
      <DialogButtons>
        {delivery.body !== null && "clipboard" in navigator && (
          <Button onClick={() => void copy(delivery.body ?? "")}>Copy the body</Button>
        )}
        <Button type="submit" disabled={isRunning}>
          Read again
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

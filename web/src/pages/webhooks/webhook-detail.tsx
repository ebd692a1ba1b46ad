import { Link, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { WebhookPartsFragment } from "../../api/webhooks.gen.ts";
import { ago } from "../../lib/ago.ts";
import { formatCount, formatInstant } from "../../lib/format.ts";
import { deliveryStateNamed, kindsText, standingOf } from "../../lib/webhooks.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { useNow } from "../../ui/use-now.ts";
import { DeliveryDialog } from "./delivery-dialog.tsx";
import { useGoTo } from "./use-webhooks.ts";
import { sendTest, setPaused } from "./webhook-actions.ts";
import { WebhookLog } from "./webhook-log.tsx";
import { WebhookMenu } from "./webhook-menu.tsx";
import { adviceTones, waitingText } from "./webhook-row.tsx";

/** One webhook: how it is doing, what can be done about it, and what it was told. */
export function WebhookDetail({ webhook }: { readonly webhook: WebhookPartsFragment }) {
  const { state, delivery } = useSearch({ from: "/shell/settings" });
  const goTo = useGoTo();
  const shown = deliveryStateNamed(state);
  const place = { webhook: webhook.id, ...(shown === null ? {} : { state: shown.toLowerCase() }) };
  useKeys(
    [{ keys: "Escape", label: "Back to all webhooks", scope: "Webhook", run: () => goTo({}) }],
    delivery === undefined,
  );
  const { label, tone, advice } = standingOf(webhook);
  return (
    <div className="max-w-3xl px-4 pt-4">
      <Link
        to="/settings"
        search={{ section: "webhooks" }}
        className="inline-flex h-8 items-center gap-1 text-sm font-medium text-accent hover:underline"
      >
        <Icon name="back" />
        All webhooks
      </Link>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="min-w-0 truncate text-lg font-semibold">{webhook.name}</h2>
        <Chip tone={tone}>{label}</Chip>
        <span className="flex-1" />
        <Button onClick={() => void sendTest(webhook, (id) => goTo({ ...place, delivery: id }))}>
          <Icon name="send" />
          Send a test event
        </Button>
        <WebhookMenu webhook={webhook} />
      </div>
      <p className="mt-1 font-mono text-sm break-all text-quiet">{webhook.url}</p>
      {advice !== null && (
        <div className={`mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md px-3 py-2 ${adviceTones[tone]}`}>
          <p className="min-w-0 flex-1 basis-64 text-sm">{advice}</p>
          {webhook.state !== "ACTIVE" && <Button onClick={() => void setPaused(webhook, false)}>Resume</Button>}
        </div>
      )}
      <Facts webhook={webhook} />
      <WebhookLog
        key={`${shown}`}
        webhook={webhook}
        state={shown}
        isCovered={delivery !== undefined}
        onState={(next) => goTo({ webhook: webhook.id, ...(next === null ? {} : { state: next.toLowerCase() }) }, true)}
        onOpen={(id) => goTo({ ...place, delivery: id })}
      />
      {delivery !== undefined && (
        <DeliveryDialog key={delivery} id={delivery} name={webhook.name} onClose={() => goTo(place, true)} />
      )}
    </div>
  );
}

function Facts({ webhook }: { webhook: WebhookPartsFragment }) {
  const now = useNow();
  const { kinds, lastDeliveredAt, failingSince, waiting, behind } = webhook;
  return (
    <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 rounded-lg border border-line bg-surface p-4 tablet:grid-cols-4">
      <Fact name="Last delivered">
        {lastDeliveredAt === null ? "Nothing yet" : <Ago instant={lastDeliveredAt} now={now} />}
      </Fact>
      <Fact name="Failing since">{failingSince === null ? "–" : <Ago instant={failingSince} now={now} />}</Fact>
      <Fact name="Waiting">{waitingText(waiting)}</Fact>
      <Fact name="Changes to read">{formatCount(behind)}</Fact>
      <div className="col-span-full min-w-0">
        <dt className="text-xs font-medium text-quiet">Told of</dt>
        <dd className="mt-0.5 text-base">{kindsText(kinds)}</dd>
      </div>
    </dl>
  );
}

function Ago({ instant, now }: { instant: string; now: number }) {
  return (
    <time dateTime={instant} title={formatInstant(instant)}>
      {ago(instant, now)}
    </time>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs font-medium text-quiet">{name}</dt>
      <dd className="tabular mt-0.5 text-base font-semibold">{children}</dd>
    </div>
  );
}

import { useSearch } from "@tanstack/react-router";
import type { WebhookPartsFragment } from "../../api/webhooks.gen.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { Rows, Section } from "../settings/section.tsx";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { useGoTo, useWebhooks } from "./use-webhooks.ts";
import { WebhookDetail } from "./webhook-detail.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookRow } from "./webhook-row.tsx";

/** Where other programs are told of what happens: all webhooks, or one with its log. For admins. */
export function WebhooksSection() {
  const { webhook: id, add } = useSearch({ from: "/shell/settings" });
  const { webhooks, failure, refresh } = useWebhooks();
  const goTo = useGoTo();
  const isList = id === undefined;
  const onAdd = () => goTo({ add: "yes" });
  useKeys([{ keys: "n", label: "Add a webhook", scope: "Webhooks", run: onAdd }], isList);
  if (failure !== null) {
    return <Failure title="The webhooks could not be fetched" failure={failure} onRetry={refresh} />;
  }
  if (webhooks === null) return <LoadingLines what="Webhooks" />;
  const webhook = webhooks.find((one) => one.id === id);
  return (
    <>
      {isList ? (
        <AllWebhooks webhooks={webhooks} onAdd={onAdd} />
      ) : webhook === undefined ? (
        <Empty
          icon="search"
          title="No such webhook"
          action={<Button onClick={() => goTo({}, true)}>All webhooks</Button>}
        >
          It may have been deleted, or the link is wrong.
        </Empty>
      ) : (
        <WebhookDetail key={webhook.id} webhook={webhook} />
      )}
      {add !== undefined && (
        <WebhookForm
          webhook={null}
          onClose={() => goTo({}, true)}
          onDone={(added) => goTo({ webhook: added.id }, true)}
        />
      )}
    </>
  );
}

function AllWebhooks({
  webhooks,
  onAdd,
}: {
  readonly webhooks: readonly WebhookPartsFragment[];
  readonly onAdd: () => void;
}) {
  const add = (
    <Tooltip text="Add a webhook" keys="N">
      <Button look="primary" onClick={onAdd}>
        <Icon name="plus" />
        Add a webhook
      </Button>
    </Tooltip>
  );
  return (
    <Section
      title="Webhooks"
      lead={
        <>
          Other programs are told of what happens here, by signed requests as{" "}
          <a href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer" className="text-accent underline">
            Standard Webhooks
          </a>{" "}
          has them.
        </>
      }
      action={webhooks.length > 0 ? add : undefined}
    >
      {webhooks.length === 0 ? (
        <Empty icon="send" title="No other program is told of calls yet" action={add}>
          With a webhook your CRM, a chat or a script of yours hears of each new call, note or tag within a moment.
          Nothing is left out: what cannot be delivered is kept and tried again.
        </Empty>
      ) : (
        <Rows label="Webhooks">
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

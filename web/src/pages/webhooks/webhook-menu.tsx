import { useState } from "react";
import type { WebhookPartsFragment } from "../../api/webhooks.gen.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { useGoTo } from "./use-webhooks.ts";
import { sendTest, setPaused } from "./webhook-actions.ts";
import { WebhookForm } from "./webhook-form.tsx";

/** What is done with a webhook now and then. */
export function WebhookMenu({ webhook }: { readonly webhook: WebhookPartsFragment }) {
  const [open, setOpen] = useState<"edit" | "secret" | "delete" | null>(null);
  const goTo = useGoTo();
  const close = () => setOpen(null);
  const isActive = webhook.state === "ACTIVE";
  return (
    <>
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={`More for ${webhook.name}`}>
            <Icon name="more" />
          </Button>
        }
      >
        <MenuItem icon="note" onSelect={() => setOpen("edit")}>
          Edit
        </MenuItem>
        <MenuItem
          icon="send"
          onSelect={() => void sendTest(webhook, (delivery) => goTo({ webhook: webhook.id, delivery }))}
        >
          Send a test event
        </MenuItem>
        <MenuItem icon={isActive ? "pause" : "play"} onSelect={() => void setPaused(webhook, isActive)}>
          {isActive ? "Pause" : "Resume"}
        </MenuItem>
        <MenuItem icon="key" onSelect={() => setOpen("secret")}>
          Make a new secret
        </MenuItem>
        <MenuLine />
        <MenuItem icon="trash" onSelect={() => setOpen("delete")}>
          Delete
        </MenuItem>
      </Menu>
      {open === "edit" && <WebhookForm webhook={webhook} onClose={close} onDone={close} />}
      {open === "secret" && <SecretDialog webhook={webhook} onClose={close} />}
      {open === "delete" && <DeleteDialog webhook={webhook} onClose={close} onDeleted={() => goTo({}, true)} />}
    </>
  );
}

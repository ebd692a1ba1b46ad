import { mutate } from "../../api/mutate.ts";
import {
  PauseWebhookDocument,
  ResumeWebhookDocument,
  SendTestWebhookDocument,
  type WebhookPartsFragment,
} from "../../api/webhooks.gen.ts";
import { showToast } from "../../ui/toasts.tsx";
import { sayFailure } from "../shell/say-failure.ts";

type Named = Pick<WebhookPartsFragment, "id" | "name">;

/** Pauses a webhook, or goes on with one that is paused or disabled; with Undo. */
export async function setPaused(webhook: Named, isPaused: boolean): Promise<void> {
  const { id, name } = webhook;
  try {
    if (isPaused) await mutate(PauseWebhookDocument, { id });
    else await mutate(ResumeWebhookDocument, { id });
    showToast({
      text: isPaused ? `${name} is paused: what happens meanwhile is kept` : `${name} goes on where it stopped`,
      action: { label: "Undo", run: () => void setPaused(webhook, !isPaused) },
    });
  } catch (error) {
    const verb = isPaused ? "paused" : "resumed";
    sayFailure(`${name} could not be ${verb}`, error, () => void setPaused(webhook, isPaused));
  }
}

/** Sends a test event, and has it looked at. @param look is given the id of its delivery */
export async function sendTest(webhook: Named, look: (deliveryId: string) => void): Promise<void> {
  try {
    const { sendTestWebhook } = await mutate(SendTestWebhookDocument, { id: webhook.id });
    look(sendTestWebhook.id);
  } catch (error) {
    sayFailure("No test event could be sent", error, () => void sendTest(webhook, look));
  }
}

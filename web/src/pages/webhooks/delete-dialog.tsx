import { mutate } from "../../api/mutate.ts";
import { DeleteWebhookDocument, type WebhookPartsFragment } from "../../api/webhooks.gen.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";

/** Asks before a webhook goes with its log. */
export function DeleteDialog({
  webhook: { id, name },
  onClose,
  onDeleted,
}: {
  readonly webhook: WebhookPartsFragment;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    await mutate(DeleteWebhookDocument, { id });
    showToast({ text: `${name} is deleted` });
    onClose();
    onDeleted();
  });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action="Delete the webhook"
      problem={problem}
      isRunning={isRunning}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      Its receiver is told nothing more, and what waits is not sent. Its log goes with it. To stop it for a while, pause
      it instead.
    </ConfirmDialog>
  );
}

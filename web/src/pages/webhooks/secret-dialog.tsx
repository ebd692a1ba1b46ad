import { useState } from "react";
import { mutate } from "../../api/mutate.ts";
import { RotateWebhookSecretDocument, type WebhookPartsFragment } from "../../api/webhooks.gen.ts";
import { announce } from "../../ui/announce.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { ShownOnce } from "../shell/shown-once.tsx";

/** Gives a webhook a new secret, after a question; the one before signs beside it for a day. */
export function SecretDialog({
  webhook: { id, name },
  onClose,
}: {
  readonly webhook: WebhookPartsFragment;
  readonly onClose: () => void;
}) {
  const [secret, setSecret] = useState<string | null>(null);
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const { rotateWebhookSecret } = await mutate(RotateWebhookSecretDocument, { id });
    setSecret(rotateWebhookSecret.secret);
    announce("The new secret is made");
  });
  if (secret !== null) {
    return (
      <Dialog title={`New secret of ${name}`} onClose={onClose}>
        <ShownOnce
          label="Signing secret"
          value={secret}
          note="It is shown only now. Give it to the receiver within 24 hours: for so long the one before signs beside it."
          action="I have kept it"
          onDone={onClose}
        />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      title={`Make a new secret for ${name}?`}
      action="Make a new secret"
      problem={problem}
      isRunning={isRunning}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      Each request then carries two signatures for 24 hours, so that the receiver can change over at any time in
      between.
    </ConfirmDialog>
  );
}

import { useState } from "react";
import { mutate } from "../../api/mutate.ts";
import { RotateSourceKeyDocument, type SourcePartsFragment } from "../../api/sources.gen.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { announce } from "../../ui/announce.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { ShownOnce } from "../shell/shown-once.tsx";

/** Replaces the key of a source, after a question: the one before stops at once. */
export function NewKeyDialog({
  source,
  onClose,
}: {
  readonly source: SourcePartsFragment;
  readonly onClose: () => void;
}) {
  const [key, setKey] = useState<string | null>(null);
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const { rotateSourceKey } = await mutate(RotateSourceKeyDocument, { id: source.id });
    setKey(rotateSourceKey.key);
    announce("The new key is made");
  });
  if (key !== null) {
    return (
      <Dialog title={`New key of ${source.name}`} onClose={onClose}>
        <ShownOnce
          label="Key"
          value={key}
          note="It is shown only now. Put it into the phone system before you close this."
          action="I have kept it"
          onDone={onClose}
        />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      title={`Make a new key for ${source.name}?`}
      action="Make a new key"
      problem={problem}
      isRunning={isRunning}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      The key that it has{source.keyHint !== null && ` (it ends in ${source.keyHint})`} is refused from that moment on,
      until the phone system has the new one.
    </ConfirmDialog>
  );
}

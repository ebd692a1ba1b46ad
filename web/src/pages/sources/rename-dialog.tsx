import { useState } from "react";
import { mutate } from "../../api/mutate.ts";
import { RenameSourceDocument, type SourcePartsFragment } from "../../api/sources.gen.ts";
import { Button } from "../../ui/button.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";

export function RenameDialog({
  source,
  onClose,
}: {
  readonly source: SourcePartsFragment;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(source.name);
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    await mutate(RenameSourceDocument, { id: source.id, name: name.trim() });
    showToast({ text: `Renamed to ${name.trim()}` });
    onClose();
  });
  return (
    <Dialog title={`Rename ${source.name}`} onClose={onClose}>
      <form onSubmit={onSubmit} className="mt-4">
        <Field
          label="Name"
          required
          maxLength={100}
          value={name}
          problem={problem}
          onChange={(event) => setName(event.target.value)}
        />
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isRunning}>
            Rename
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

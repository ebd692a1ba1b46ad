import { Button } from "../../ui/button.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { CopyField } from "../../ui/copy-field.tsx";

/** A secret that is seen this once, and the button that says that it is kept elsewhere now. */
export function ShownOnce({
  label,
  value,
  note,
  action,
  onDone,
}: {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly action: string;
  readonly onDone: () => void;
}) {
  return (
    <div className="mt-4">
      <CopyField label={label} value={value} />
      <p className="mt-2 rounded-md bg-warn-ground px-3 py-2 text-sm text-warn">{note}</p>
      <DialogButtons>
        <Button look="primary" onClick={onDone}>
          {action}
        </Button>
      </DialogButtons>
    </div>
  );
}

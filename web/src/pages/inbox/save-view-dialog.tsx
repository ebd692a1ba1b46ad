import { type SubmitEvent, useState } from "react";
import { useMutation } from "urql";
import { failureFrom } from "../../api/failure.ts";
import { SaveViewDocument } from "../../api/inbox.gen.ts";
import { useCanWrite } from "../../calls/rights.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { showToast } from "../../ui/toasts.tsx";

/** Gives the list a name, by which it stands in the rail. */
export function SaveViewDialog({
  query,
  onSaved,
  onClose,
}: {
  readonly query: string;
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}) {
  const canWrite = useCanWrite();
  const [name, setName] = useState("");
  const [isShared, setIsShared] = useState(false);
  const [{ fetching, error }, save] = useMutation(SaveViewDocument);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { data } = await save({ name: name.trim(), query, shared: isShared });
    if (data === undefined) return;
    onClose();
    showToast({ text: `Saved the view ${data.saveView.name}` });
    onSaved(data.saveView.id);
  };
  return (
    <Dialog title="Save as a view" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="mt-4 flex flex-col gap-4">
        <Field
          label="Name of the view"
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          problem={error === undefined ? null : failureFrom(error).message}
          onChange={(event) => setName(event.target.value)}
        />
        {canWrite && (
          <label className="flex min-h-6 items-center gap-2 text-base">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={isShared}
              onChange={(event) => setIsShared(event.target.checked)}
            />
            Share it with the team
          </label>
        )}
        <div>
          <Button type="submit" look="primary" disabled={fetching || name.trim() === ""}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

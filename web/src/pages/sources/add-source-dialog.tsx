import { useState } from "react";
import { useClient } from "urql";
import { mutate } from "../../api/mutate.ts";
import { AddSourceDocument, type SourceKind, SourcesDocument } from "../../api/sources.gen.ts";
import { announce } from "../../ui/announce.tsx";
import { Button } from "../../ui/button.tsx";
import { DialogButtons } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { ShownOnce } from "../shell/shown-once.tsx";
import { kindLabels } from "./source-card.tsx";

type Made = { readonly id: string; readonly name: string; readonly key: string };

/** Name and format of a new phone system, then its key. */
export function AddSourceDialog({
  onClose,
  onDone,
}: {
  readonly onClose: () => void;
  /** Called with the new source's id when the key has been seen. */
  readonly onDone: (id: string) => void;
}) {
  const client = useClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<SourceKind>("GENERIC");
  const [made, setMade] = useState<Made | null>(null);
  const { isRunning, problem, onSubmit } = useSubmit(async () => {
    const { addSource } = await mutate(AddSourceDocument, { name: name.trim(), kind });
    await client.query(SourcesDocument, {}, { requestPolicy: "network-only" }).toPromise();
    setMade({ id: addSource.source.id, name: addSource.source.name, key: addSource.key });
    announce(`${addSource.source.name} is added`);
  });
  if (made !== null) {
    return (
      <Dialog
        title={`${made.name} is added`}
        description="This key is how it proves that it is the one. The next page says where to put it."
        onClose={() => onDone(made.id)}
      >
        <ShownOnce
          label="Key"
          value={made.key}
          note="It is shown only now. Copy it before you go on; if it is lost, make a new one."
          action="Go on to the set-up"
          onDone={() => onDone(made.id)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog title="Add a source" description="A phone system that sends its calls here." onClose={onClose}>
      <form onSubmit={onSubmit} className="mt-4 flex flex-col gap-4">
        <Field
          label="Name"
          required
          maxLength={100}
          placeholder="Front desk PBX"
          value={name}
          problem={problem}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label="Format"
          hint="How the system tells of its calls. Whatever can make an HTTP request can send JSON."
          value={kind}
          onChange={(event) => setKind(event.target.value as SourceKind)}
        >
          {Object.entries(kindLabels).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isRunning}>
            Add it
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

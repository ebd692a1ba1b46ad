import { type RefObject, useState } from "react";
import type { CallRowFragment } from "../../api/calls.gen.ts";
import { Chip } from "../../ui/chip.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { addTag, assign, removeTag } from "../note-actions.ts";
import { focusPanel } from "./focus-panel.ts";

const nobody = "";

type Person = { readonly id: string; readonly username: string };

/** Who takes care of the call, and what it is sorted under. */
export function Care({
  call: { id, assignee, tags },
  people,
  myId,
  assigneeField,
  tagField,
}: {
  readonly call: CallRowFragment;
  readonly people: readonly Person[];
  readonly myId: string | null;
  readonly assigneeField: RefObject<HTMLSelectElement | null>;
  readonly tagField: RefObject<HTMLInputElement | null>;
}) {
  const [tag, setTag] = useState("");
  const known = assignee === null || people.some((one) => one.id === assignee.id) ? people : [...people, assignee];
  const add = () => {
    const text = tag.trim();
    if (text === "") return;
    setTag("");
    void addTag(id, text);
  };
  return (
    <div className="grid grid-cols-2 gap-3 border-t border-line px-5 py-4">
      <Select
        ref={assigneeField}
        label="Assignee"
        value={assignee?.id ?? nobody}
        onChange={(event) => void assign(id, known.find((one) => one.id === event.target.value) ?? null)}
      >
        <option value={nobody}>Nobody</option>
        {known.map((one) => (
          <option key={one.id} value={one.id}>
            {one.id === myId ? `${one.username} (you)` : one.username}
          </option>
        ))}
      </Select>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Field
          ref={tagField}
          label="Add a tag"
          maxLength={50}
          value={tag}
          placeholder="Then Enter"
          autoComplete="off"
          enterKeyHint="done"
          onChange={(event) => setTag(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") focusPanel(event.currentTarget);
          }}
        />
      </form>
      {tags.length > 0 && (
        <ul aria-label="Tags" className="col-span-2 flex flex-wrap gap-1.5">
          {tags.map((one) => (
            <li key={one} className="max-w-full">
              <Chip onRemove={() => void removeTag(id, one)} removeLabel={`Remove the tag ${one}`}>
                <span className="truncate">{one}</span>
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

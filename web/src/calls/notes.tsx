import { type RefObject, useId, useState } from "react";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { TextArea } from "../ui/field.tsx";
import { useStore } from "../ui/use-store.ts";
import { addNote } from "./call-actions.ts";
import { draftOf } from "./drafts.ts";

/** The notes of a call, newest first, and the next one. */
export function Notes({ call, field }: { call: CallRowFragment; field: RefObject<HTMLTextAreaElement | null> }) {
  const heading = useId();
  const draft = draftOf(call.id);
  const text = useStore(draft);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async () => {
    if (text.trim() === "") return;
    setProblem(null);
    draft.set("");
    const failure = await addNote(call.id, text);
    if (failure === null) {
      announce("Note added");
      return;
    }
    // What was typed meanwhile stays in front of it.
    draft.set(draft.get() === "" ? text : `${draft.get()}\n${text}`);
    setProblem(`The note was not saved: ${failure.message}`);
  };
  return (
    <section aria-labelledby={heading} className="border-t border-line px-5 py-4">
      <h3 id={heading} className="mb-3 text-sm font-semibold">
        Notes
      </h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextArea
          ref={field}
          label="New note"
          rows={3}
          maxLength={10_000}
          value={text}
          problem={problem}
          placeholder="What was it about?"
          onChange={(event) => draft.set(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <div className="mt-2 flex items-center justify-between">
          <span className="text-xs text-quiet max-tablet:invisible">Ctrl+Enter sends</span>
          <Button type="submit" look="primary" disabled={text.trim() === ""}>
            Add note
          </Button>
        </div>
      </form>
      <ul aria-label="Notes, newest first" className="mt-4 flex flex-col gap-2">
        {call.notes.map(({ id, content }) => (
          <li key={id} className="rounded-md bg-hover px-3 py-2 text-base break-words whitespace-pre-wrap">
            {content}
          </li>
        ))}
      </ul>
      {call.notes.length === 0 && <p className="text-base text-quiet">No notes yet.</p>}
    </section>
  );
}

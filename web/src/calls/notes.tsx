import { type RefObject, useId, useRef, useState } from "react";
import { unsentNote } from "../api/cache.ts";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { outbox } from "../api/outbox.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { TextArea } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { useStore } from "../ui/use-store.ts";
import { addNote } from "./call-actions.ts";
import { draftOf } from "./drafts.ts";
import { deleteNote, editNote } from "./note-actions.ts";
import { tellWriting } from "./presence.ts";
import { Age } from "./panel/age.tsx";
import { focusPanel } from "./panel/focus-panel.ts";

type Note = CallRowFragment["notes"][number];

/** The notes of a call, newest first, and the next one. */
export function Notes({
  call,
  field,
  canWrite,
}: {
  readonly call: CallRowFragment;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly canWrite: boolean;
}) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="border-t border-line px-5 py-4">
      <h3 id={heading} className="mb-3 text-sm font-semibold">
        Notes
      </h3>
      {canWrite && <NewNote callId={call.id} field={field} />}
      <ul aria-label="Notes, newest first" className="flex flex-col gap-2">
        {call.notes.map((note) => (
          <OneNote key={note.id} call={call} note={note} canWrite={canWrite} />
        ))}
      </ul>
      {call.notes.length === 0 && <p className="text-base text-quiet">No notes yet.</p>}
    </section>
  );
}

function NewNote({ callId, field }: { callId: string; field: RefObject<HTMLTextAreaElement | null> }) {
  const draft = draftOf(callId);
  const text = useStore(draft);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async () => {
    if (text.trim() === "") return;
    setProblem(null);
    draft.set("");
    tellWriting(false);
    const failure = await addNote(callId, text);
    if (failure === null) {
      announce("Note added");
      return;
    }
    // What was typed meanwhile stays in front of it.
    draft.set(draft.get() === "" ? text : `${draft.get()}\n${text}`);
    setProblem(`The note was not saved: ${failure.message}`);
  };
  return (
    <form
      className="mb-4"
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
        onChange={(event) => {
          draft.set(event.target.value);
          tellWriting(event.target.value.trim() !== "");
        }}
        onBlur={() => tellWriting(false)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
          if (event.key === "Escape") focusPanel(event.currentTarget);
        }}
      />
      <div className="mt-2 flex items-center justify-between">
        <span className="text-xs text-quiet max-tablet:invisible">Ctrl+Enter sends</span>
        <Button type="submit" look="primary" disabled={text.trim() === ""}>
          Add note
        </Button>
      </div>
    </form>
  );
}

function OneNote({ call, note, canWrite }: { call: CallRowFragment; note: Note; canWrite: boolean }) {
  const [isEdited, setIsEdited] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  const onDone = () => {
    setIsEdited(false);
    requestAnimationFrame(() => editButton.current?.focus());
  };
  const isUnsent = note.id.startsWith(unsentNote);
  if (isEdited) return <EditedNote call={call} note={note} onDone={onDone} />;
  return (
    <li className="group/note rounded-md bg-hover px-3 py-2">
      <p className="text-base break-words whitespace-pre-wrap">{note.content}</p>
      <div className="mt-1 flex min-h-7 items-center gap-1.5 text-sm text-quiet">
        <span className="min-w-0 truncate">{note.author?.username ?? "Came with the call"}</span>
        <span aria-hidden="true">·</span>
        {isUnsent ? (
          <Unsent />
        ) : (
          <span className="shrink-0">
            {/* When it was written is not known then. */}
            {note.author === null && "received "}
            <Age at={note.createdAt} className="tabular" />
          </span>
        )}
        {note.editedAt !== null && <span className="shrink-0">· edited</span>}
        {canWrite && !isUnsent && (
          <span className="ml-auto flex shrink-0">
            <Button ref={editButton} look="quiet" size="sm" onClick={() => setIsEdited(true)}>
              Edit
              <span className="sr-only"> the note {startOf(note.content)}</span>
            </Button>
            <Button look="quiet" size="sm" onClick={() => void deleteNote(note.id)}>
              Delete
              <span className="sr-only"> the note {startOf(note.content)}</span>
            </Button>
          </span>
        )}
      </div>
    </li>
  );
}

function Unsent() {
  const isHeld = useStore(outbox.isHeld);
  if (!isHeld) return <span>Sending</span>;
  return (
    <span className="flex items-center gap-1 text-warn">
      <Icon name="alert" size={13} />
      Not sent yet
    </span>
  );
}

/**
 * A note while its text is changed: kept like a draft until it is saved or given up. When a colleague changes it meanwhile, both
 * texts are shown, and nothing is written before the person has decided.
 */
function EditedNote({ call, note, onDone }: { call: CallRowFragment; note: Note; onDone: () => void }) {
  const draft = draftOf(`note-${note.id}`);
  const [text, setText] = useState(() => (draft.get() === "" ? note.content : draft.get()));
  const isHeld = useStore(outbox.isHeld);
  const [before, setBefore] = useState(note.content);
  const [theirs, setTheirs] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const finish = () => {
    draft.set("");
    onDone();
  };
  const showTheirs = (content: string) => {
    setBefore(content);
    setTheirs(content);
    setProblem("A colleague changed this note meanwhile. Save again to replace their text, or cancel to keep it.");
  };
  const save = async () => {
    if (text.trim() === "" || isSaving) return;
    if (text === before) return finish();
    // What came in live is known to have changed; the revision says so only of what did not come in yet.
    if (note.content !== before) return showTheirs(note.content);
    setProblem(null);
    setIsSaving(true);
    const edit = await editNote(call, { id: note.id, before, content: text });
    setIsSaving(false);
    if (edit === "saved") {
      announce("Note saved");
      finish();
    } else if ("failure" in edit) setProblem(`The note was not saved: ${edit.failure.message}`);
    else if (edit.changed === null)
      setProblem("A colleague deleted this note meanwhile. Copy your text if you need it.");
    else showTheirs(edit.changed);
  };
  return (
    <li className="rounded-md bg-hover p-3">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextArea
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
          autoFocus
          label="Text of the note"
          rows={3}
          maxLength={10_000}
          value={text}
          problem={problem}
          readOnly={isSaving}
          onChange={(event) => {
            setText(event.target.value);
            draft.set(event.target.value);
            tellWriting(true);
          }}
          onBlur={() => tellWriting(false)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
            if (event.key === "Escape") finish();
            event.stopPropagation();
          }}
        />
        {theirs !== null && (
          <blockquote className="mt-2 border-l-2 border-line pl-3 text-base break-words whitespace-pre-wrap text-soft">
            {theirs}
          </blockquote>
        )}
        <div className="mt-2 flex justify-end gap-2">
          <Button look="quiet" onClick={finish}>
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={text.trim() === "" || isSaving}>
            {isSaving ? (isHeld ? "Not sent yet" : "Saving") : "Save"}
          </Button>
        </div>
      </form>
    </li>
  );
}

function startOf(content: string): string {
  return content.length > 30 ? `${content.slice(0, 30)}…` : content;
}

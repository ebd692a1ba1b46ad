import { type FormEvent, useRef, useState } from "react";
import { mutate } from "../../api/mutate.ts";
import { DeleteCallsOfNumberDocument } from "../../api/settings.gen.ts";
import { countOf } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useSubmit } from "../session/use-submit.ts";
import { Section } from "./section.tsx";

/** Deletes the calls of somebody who asks to be forgotten (GDPR, article 17). For admins. */
export function ForgetNumber() {
  const [number, setNumber] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const [deletedCount, setDeletedCount] = useState(0);
  const isStopped = useRef(false);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    isStopped.current = false;
    setDeletedCount(0);
    setAsked(number.trim());
  };
  const deleting = useSubmit(deleteAll, { BAD_USER_INPUT: "No call can have this number." });

  async function deleteAll(): Promise<void> {
    if (asked === null) return;
    let count = deletedCount;
    // The server deletes so many at a time: what is deleted stays so, whatever comes between.
    for (let hasMore = true; hasMore && !isStopped.current;) {
      const { deleteCallsOfNumber } = await mutate(DeleteCallsOfNumberDocument, { number: asked });
      hasMore = deleteCallsOfNumber.hasMore;
      count += deleteCallsOfNumber.deletedCount;
      setDeletedCount(count);
    }
    setAsked(null);
    if (!isStopped.current) setNumber("");
    showToast({ text: count === 0 ? `No call is with ${asked}` : `Deleted ${countOf(count, "call")} with ${asked}` });
  }

  const close = () => {
    isStopped.current = true;
    if (!deleting.isRunning) setAsked(null);
  };
  return (
    <Section
      title="Forget a number"
      lead="For somebody who asks that nothing is kept of them: deletes every call with their number."
    >
      <form onSubmit={ask} className="flex flex-col gap-5">
        <Field
          type="tel"
          label="Number"
          required
          maxLength={256}
          value={number}
          hint="As its calls have it, or with its country code. A contact of the number stays."
          onChange={(event) => setNumber(event.target.value)}
        />
        <div className="border-t border-line pt-4">
          <Button type="submit">Delete its calls</Button>
        </div>
      </form>
      {asked !== null && (
        <ConfirmDialog
          title={`Delete all calls with ${asked}?`}
          action="Delete"
          problem={deleting.problem}
          isRunning={deleting.isRunning}
          onSubmit={deleting.onSubmit}
          onClose={close}
        >
          {deletedCount === 0
            ? "They go with their notes, their history and all that sources sent of them, and do not come back. This cannot be undone."
            : `${countOf(deletedCount, "call is", "calls are")} deleted. More are on their way out; Cancel leaves the rest.`}
        </ConfirmDialog>
      )}
    </Section>
  );
}

import type { RequestFailure } from "../api/post.ts";
import type { Errand } from "../lib/outbox.ts";
import { showToast } from "../ui/toasts.tsx";
import { draftOf } from "./drafts.ts";

/** What was done on a page that is gone, and is refused now: said, and a note is put back where it was typed. */
export function putBackRefused({
  errand,
  failure,
}: {
  readonly errand: Errand;
  readonly failure: RequestFailure;
}): void {
  const note = errand.variables["input"] as { readonly activityId?: string; readonly content?: string } | undefined;
  if (note?.activityId !== undefined && note.content !== undefined) {
    const draft = draftOf(note.activityId);
    draft.set(draft.get() === "" ? note.content : `${draft.get()}\n${note.content}`);
    showToast({
      text: `A note that you wrote before could not be sent and is a draft of its call again: ${failure.message}`,
      isProblem: true,
    });
    return;
  }
  showToast({ text: `Something that you did before could not be sent: ${failure.message}`, isProblem: true });
}

import { followWhileLive } from "./follow.ts";
import { NamesChangedDocument } from "./live.gen.ts";

/** Called when names that calls show may have become others. Returns how to stop. */
export function onNamesChanged(listener: () => void): () => void {
  let known: number | null = null;
  return followWhileLive(NamesChangedDocument, ({ contactsChanged }) => {
    if (known !== null && contactsChanged > known) listener();
    known = contactsChanged;
  });
}

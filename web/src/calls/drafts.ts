import { createStoredText } from "../lib/stored.ts";
import type { Store } from "../lib/store.ts";

const drafts = new Map<string, Store<string>>();

/** The note that was begun on a call; kept by this browser until it is sent or emptied. */
export function draftOf(callId: string): Store<string> {
  const known = drafts.get(callId);
  if (known !== undefined) return known;
  const draft = createStoredText(`ringback-draft-${callId}`, "");
  drafts.set(callId, draft);
  return draft;
}

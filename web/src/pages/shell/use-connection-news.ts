import { useEffect } from "react";
import { client } from "../../api/client.ts";
import { live } from "../../api/live.ts";
import { outbox } from "../../api/outbox.ts";
import { putBackRefused } from "../../calls/unsent.ts";
import { countOf } from "../../lib/format.ts";
import { showToast } from "../../ui/toasts.tsx";

/** Says what a lost connection means for what the person does, and takes up what an earlier page could not send. */
export function useConnectionNews(userId: string): void {
  useEffect(() => void outbox.resume(client, userId), [userId]);
  useEffect(() => {
    let heldMax = 0;
    /** Says once that things are kept, and once that they went out, however often it was tried between. */
    const onWaiting = () => {
      const { length } = outbox.waiting.get();
      if (outbox.isHeld.get()) {
        if (heldMax === 0) {
          showToast({ text: "The server cannot be reached. What you do is kept here and sent when it can." });
        }
        heldMax = Math.max(heldMax, length);
      } else if (length === 0 && heldMax > 0) {
        showToast({ text: `Connected again: ${countOf(heldMax, "change")} sent.` });
        heldMax = 0;
      }
    };
    const stops = [
      live.onGap((reason) => {
        if (reason === "kept") return;
        showToast({ text: "You were away for longer than changes are kept: everything was fetched again." });
      }),
      outbox.onRefused(putBackRefused),
      outbox.isHeld.follow(onWaiting),
      outbox.waiting.follow(onWaiting),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

import { useEffect } from "react";
import { client } from "../api/client.ts";
import { askAgain, forget, keep } from "../api/kept.ts";
import { live, type LiveChange } from "../api/live.ts";
import { outbox } from "../api/outbox.ts";
import { listsToKeep } from "./call-list.ts";

/** Calls of lists that are kept. */
const callsMax = 2_000;
/** So long after a change what is shown is kept, and so often that it is still true. */
const afterMs = 5_000;
const stillTrueMs = 60_000;

/**
 * Keeps what is shown in this browser, as long as live changes say that it is true, so that it can be read without a server; and
 * has the server asked for all of it once that is there again. Once, by the shell.
 */
export function useKeeping(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isSoon = false;
    let deleted = new Set<string>();
    const keepNow = () => {
      isSoon = false;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(keepNow, stillTrueMs);
      if (live.connection.get().status !== "live") return;
      // What is done and not sent is shown already; it is shown again by itself when it is taken up.
      const isSettled = outbox.waiting.get().length === 0;
      const gone = deleted;
      deleted = new Set();
      void (gone.size === 0 ? Promise.resolve() : forget(gone)).then(() =>
        keep(isSettled ? listsToKeep(callsMax) : []),
      );
    };
    const keepSoon = () => {
      if (isSoon) return;
      isSoon = true;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => {
        // Not between two frames of somebody who scrolls, where the browser can tell.
        if ("requestIdleCallback" in window) requestIdleCallback(keepNow, { timeout: afterMs });
        else keepNow();
      }, afterMs);
    };
    const onConnection = () => {
      if (live.connection.get().status !== "live") return;
      if (askAgain(client)) live.tellGap("kept");
      keepSoon();
    };
    const onHidden = () => {
      if (document.visibilityState === "hidden") keepNow();
    };
    onConnection();
    document.addEventListener("visibilitychange", onHidden);
    const onChange = ({ kind, call }: LiveChange) => {
      if (kind === "CALL_DELETED") deleted.add(call.id);
      keepSoon();
    };
    const stops = [live.connection.follow(onConnection), live.onChange(onChange), outbox.waiting.follow(keepSoon)];
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      if (timer !== null) clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, []);
}

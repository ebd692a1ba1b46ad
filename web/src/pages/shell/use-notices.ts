import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { CallRowFragment } from "../../api/calls.gen.ts";
import { live } from "../../api/live.ts";
import { lineText, nameOf, otherNumber } from "../../calls/names.ts";
import { noticedLines, noticeOf } from "../../lib/notice.ts";
import { createStoredText } from "../../lib/stored.ts";

/** Calls that come in so close together are told as one. */
const gatherMs = 1_000;

/** Of which lines, as `noticedLines` reads it; this browser remembers. */
export const noticeLines = createStoredText("ringback-notice-lines", "");

/** Whether missed calls and voicemails are told by the system while nobody looks at the page; this browser remembers. */
export const notices = createStoredText("ringback-notices", "off");

/** Tells missed calls and voicemails that come in while the page is not looked at, where that is wanted and allowed. Once, by the shell. */
export function useNotices(): void {
  const navigate = useNavigate();
  const open = useRef<(callId: string) => void>(() => {});
  useEffect(() => {
    open.current = (callId) => void navigate({ to: "/$view", params: { view: "inbox" }, search: { call: callId } });
  });
  useEffect(() => {
    let gathered: CallRowFragment[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = () => {
      timer = null;
      const { title, body } = noticeOf(
        gathered.map((call) => ({
          type: call.call_type,
          name: nameOf(call),
          number: otherNumber(call),
          line: lineText(call),
        })),
      );
      const [first] = gathered;
      gathered = [];
      if (first === undefined) return;
      // Of several tabs, the last one's stays: they all tell the same.
      const notice = new Notification(title, { body, tag: `ringback-${first.id}`, icon: "/icon.svg" });
      notice.addEventListener("click", () => {
        window.focus();
        notice.close();
        open.current(first.id);
      });
    };
    const stop = live.onChange(({ kind, call }) => {
      const isWanted = kind === "CALL_LOGGED" && call.direction === "inbound" && call.call_type !== "answered";
      if (!isWanted || notices.get() !== "on" || document.hasFocus() || !mayTell()) return;
      if (noticedLines(noticeLines.get())?.includes(call.via) === false) return;
      gathered.push(call);
      timer ??= setTimeout(tell, gatherMs);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
}

function mayTell(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}

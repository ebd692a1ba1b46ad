import { useEffect } from "react";
import { keptAsOf } from "../../api/kept.ts";
import { dayLabel, dayOf } from "../../lib/days.ts";
import { formatTime } from "../../lib/format.ts";
import { announce } from "../../ui/announce.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useStore } from "../../ui/use-store.ts";

/** As long as what is shown is not the server's but what this browser kept: until when it is true. */
export function KeptNotice() {
  const asOfMs = useStore(keptAsOf);
  const text = asOfMs === null ? "" : `As of ${momentOf(asOfMs)}, offline`;
  useEffect(() => {
    if (text !== "") announce(text);
  }, [text]);
  if (asOfMs === null) return null;
  return (
    <div
      role="group"
      aria-label="Kept calls"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line bg-warn-ground px-4 py-1 text-base text-warn"
    >
      <Icon name="alert" size={14} />
      <span className="tabular font-medium">{text}</span>
      <span className="max-tablet:hidden">· What you do is kept here and sent when the server answers.</span>
    </div>
  );
}

/** The time of day, with the day where that is another one. */
function momentOf(ms: number): string {
  const day = dayOf(ms);
  const time = formatTime(new Date(ms).toISOString());
  return day === dayOf(Date.now()) ? time : `${dayLabel(day, new Date())}, ${time}`;
}

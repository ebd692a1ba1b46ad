import { useEffect, useState } from "react";
import { type Connection, live } from "../../api/live.ts";
import { classNames } from "../../lib/class-names.ts";
import { Tooltip } from "../../ui/tooltip.tsx";
import { useStore } from "../../ui/use-store.ts";

const colours = {
  connecting: "bg-control",
  live: "bg-accent",
  "catching-up": "bg-warn",
  reconnecting: "bg-warn",
  offline: "bg-bad",
} as const;

/** Whether what is shown is true now, in a few words. A button tries at once where something is to be tried. */
export function ConnectionState() {
  const state = useStore(live.connection);
  const text = useConnectionText(state);
  const canRetry = state.status === "reconnecting";
  return (
    <Tooltip text={text} side="right">
      <button
        type="button"
        aria-label={canRetry ? `${text}. Try now` : text}
        aria-disabled={!canRetry}
        onClick={() => canRetry && live.retryNow()}
        className="flex h-7 items-center justify-center gap-2 rounded-md px-2 text-sm text-quiet aria-disabled:cursor-default wide:justify-start"
      >
        <span aria-hidden="true" className={classNames("size-2 rounded-full", colours[state.status])} />
        <span className="tabular hidden wide:inline">{text}</span>
      </button>
    </Tooltip>
  );
}

/** The state as a text; it counts down where something is waited for. */
export function useConnectionText(state: Connection): string {
  const [now, setNow] = useState(Date.now);
  const isCounting = state.status === "reconnecting";
  useEffect(() => {
    if (!isCounting) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isCounting]);
  switch (state.status) {
    case "connecting":
      return "Connecting";
    case "live":
      return "Live";
    case "catching-up":
      return "Catching up";
    case "offline":
      return "Offline";
    case "reconnecting":
      return `Reconnecting in ${Math.max(0, Math.ceil((state.retryAtMs - now) / 1_000))} s`;
  }
}

import { useEffect, useState } from "react";
import { type Connection, live } from "../../api/live.ts";
import { outbox } from "../../api/outbox.ts";
import { classNames } from "../../lib/class-names.ts";
import { formatCount } from "../../lib/format.ts";
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
  const unsent = useUnsentCount();
  const all = unsent === 0 ? text : `${text} · ${unsent} to send`;
  return (
    <Tooltip text={all} side="right">
      <button
        type="button"
        aria-label={canRetry ? `${all}. Try now` : all}
        aria-disabled={!canRetry}
        onClick={() => canRetry && live.retryNow()}
        className="relative flex h-7 items-center justify-center gap-2 rounded-md px-2 text-sm text-quiet aria-disabled:cursor-default wide:justify-start"
      >
        <span aria-hidden="true" className={classNames("size-2 shrink-0 rounded-full", colours[state.status])} />
        <span className="tabular hidden truncate wide:inline">{all}</span>
        {unsent > 0 && (
          <span aria-hidden="true" className="tabular text-xs font-semibold text-warn wide:hidden">
            {unsent}
          </span>
        )}
      </button>
    </Tooltip>
  );
}

/** On a phone, where there is no rail: a strip, as long as something is not as it should be. */
export function ConnectionStrip() {
  const state = useStore(live.connection);
  const text = useConnectionText(state);
  const unsent = useUnsentCount();
  if ((state.status === "live" || state.status === "connecting") && unsent === 0) return null;
  return (
    <p
      data-strip
      className="flex h-7 shrink-0 items-center justify-center border-b border-line bg-warn-ground px-3 text-sm text-warn tablet:hidden"
    >
      {unsent === 0 ? text : `${text} · ${unsent} to send`}
    </p>
  );
}

/** How many things wait for the connection; what is on its way at this moment does not count. */
function useUnsentCount(): number {
  const isHeld = useStore(outbox.isHeld);
  const waiting = useStore(outbox.waiting);
  return isHeld ? waiting.length : 0;
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
      return state.count === 0 ? "Catching up" : `Catching up (${formatCount(state.count)})`;
    case "offline":
      return "Offline";
    case "reconnecting":
      return `Reconnecting in ${Math.max(0, Math.ceil((state.retryAtMs - now) / 1_000))} s`;
  }
}

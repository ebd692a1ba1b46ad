import { useEffect, useState } from "react";
import { agoText } from "../../lib/history-text.ts";
import { formatInstant } from "../../lib/format.ts";

/** How long ago something was, kept true while it is shown; the instant in full where it is pointed at. */
export function Age({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={formatInstant(at)} className={className}>
      {agoText(at, now)}
    </time>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

import { useState } from "react";
import { dayLabel } from "../../lib/days.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";

/** Says that the list does not begin with the newest call, and leads to those. */
export function DayStrip({
  day,
  onNewerDay,
  onNewest,
}: {
  readonly day: string;
  readonly onNewerDay: () => void;
  readonly onNewest: () => void;
}) {
  const [now] = useState(() => new Date());
  return (
    <div
      role="group"
      aria-label="Where the list begins"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-surface px-4 py-1"
    >
      <Icon name="calendar" className="text-quiet" />
      <span className="min-w-0 flex-1 text-base text-soft">
        From <span className="font-medium text-ink">{dayLabel(day, now)}</span> back
      </span>
      <Tooltip text="The day before it in the list" keys="[">
        <Button look="quiet" size="sm" onClick={onNewerDay}>
          <Icon name="up" size={14} />
          Newer day
        </Button>
      </Tooltip>
      <Button size="sm" onClick={onNewest}>
        Newest calls
      </Button>
    </div>
  );
}

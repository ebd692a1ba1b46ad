import { useLines } from "../../calls/lines.ts";
import { type Days, type RangeName, ranges } from "../../lib/insights.ts";
import type { InsightsChange } from "../../lib/insights-search.ts";
import { Button } from "../../ui/button.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";

/** Which days and which line are looked at. */
export function Choices({
  name,
  days: { from, to },
  line,
  today,
  onChange,
  onEarlier,
  onLater,
}: {
  readonly name: RangeName;
  readonly days: Days;
  readonly line: string | undefined;
  readonly today: string;
  readonly onChange: (change: InsightsChange) => void;
  readonly onEarlier: () => void;
  /** Null when there are no later days yet. */
  readonly onLater: (() => void) | null;
}) {
  const { lines, nameOf } = useLines();
  const known = line === undefined || lines.includes(line) ? lines : [line, ...lines];
  return (
    <div role="group" aria-label="What is counted" className="flex flex-wrap items-end gap-3">
      <Select
        label="Days"
        className="w-40"
        value={name}
        onChange={({ target: { value } }) =>
          onChange(
            value === "custom"
              ? { from, to }
              : { range: value === "28d" ? undefined : value, from: undefined, to: undefined },
          )
        }
      >
        {Object.entries(ranges).map(([range, { label }]) => (
          <option key={range} value={range}>
            {label}
          </option>
        ))}
        <option value="custom">Chosen days</option>
      </Select>
      {name === "custom" && (
        <>
          <Field
            label="From"
            type="date"
            className="w-40"
            value={from}
            max={to}
            required
            onChange={({ target: { value } }) => value !== "" && value <= to && onChange({ from: value, to })}
          />
          <Field
            label="To"
            type="date"
            className="w-40"
            value={to}
            min={from}
            max={today}
            required
            onChange={({ target: { value } }) => value >= from && onChange({ from, to: value })}
          />
        </>
      )}
      <span className="flex h-9 items-center gap-1">
        <Tooltip text="Earlier days" keys="[">
          <Button look="plain" size="icon" aria-label="Earlier days" onClick={onEarlier}>
            <Icon name="back" />
          </Button>
        </Tooltip>
        <Tooltip text="Later days" keys="]">
          <Button
            look="plain"
            size="icon"
            aria-label="Later days"
            aria-disabled={onLater === null}
            onClick={() => onLater?.()}
          >
            <Icon name="next" />
          </Button>
        </Tooltip>
      </span>
      <Select
        label="Line"
        className="w-48"
        value={line === undefined ? "all" : `line ${line}`}
        onChange={({ target: { value } }) =>
          onChange({ line: value === "all" ? undefined : value.slice("line ".length) })
        }
      >
        <option value="all">All lines</option>
        {known.map((one) => (
          <option key={one} value={`line ${one}`}>
            {nameOf(one)}
          </option>
        ))}
      </Select>
    </div>
  );
}

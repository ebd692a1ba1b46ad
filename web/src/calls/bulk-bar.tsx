import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { countOf, formatCount } from "../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { useStore } from "../ui/use-store.ts";
import { useCanWrite } from "./rights.ts";
import { bulkState, type BulkState, closeBulk, problemsShownMax } from "./bulk.ts";

/** What can be done to the calls that are selected; how far it has come; and what could not be done. */
export function BulkBar({
  count,
  allCount,
  isAll,
  isArchived,
  onAll,
  onArchive,
  onTag,
  onAssign,
  onExport,
  onClear,
}: {
  readonly count: number;
  /** How many calls the filter lets through, where that is known. */
  readonly allCount: number | null;
  readonly isAll: boolean;
  /** Whether all that are selected are archived, so that they can only be restored. */
  readonly isArchived: boolean;
  readonly onAll: () => void;
  readonly onArchive: (archived: boolean) => void;
  readonly onTag: () => void;
  readonly onAssign: () => void;
  /** Makes a file of them. */
  readonly onExport: () => void;
  readonly onClear: () => void;
}) {
  const run = useStore(bulkState);
  const canWrite = useCanWrite();
  if (run !== null) return <Run run={run} />;
  if (count === 0 && !isAll) return null;
  const verb = isArchived ? "Restore" : "Archive";
  const text = isAll
    ? allCount === null
      ? "All that match"
      : `All ${formatCount(allCount)} that match`
    : `${formatCount(count)} selected`;
  return (
    <div
      role="toolbar"
      aria-label="Selected calls"
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-selected px-4 py-1"
    >
      <span className="tabular text-base font-medium">{text}</span>
      {!isAll && (allCount === null || allCount > count) && (
        <Tooltip text="Select all that match" keys="Ctrl+A">
          <Button look="quiet" size="sm" className="text-accent" onClick={onAll}>
            {allCount === null ? "Select all that match" : `Select all ${formatCount(allCount)} matching`}
          </Button>
        </Tooltip>
      )}
      <span className="flex-1" />
      {canWrite && (
        <>
          <Tooltip text={verb} keys="E">
            <Button size="sm" onClick={() => onArchive(!isArchived)}>
              <Icon name={isArchived ? "restore" : "archive"} size={14} />
              {verb}
            </Button>
          </Tooltip>
          <Tooltip text="Tag" keys="T">
            <Button size="sm" onClick={onTag}>
              <Icon name="tag" size={14} />
              Tag
            </Button>
          </Tooltip>
          <Tooltip text="Assign" keys="A">
            <Button size="sm" onClick={onAssign}>
              <Icon name="person" size={14} />
              Assign
            </Button>
          </Tooltip>
        </>
      )}
      <Button size="sm" onClick={onExport}>
        <Icon name="download" size={14} />
        Export
      </Button>
      <Tooltip text="Select nothing" keys="Esc">
        <Button look="quiet" size="icon-sm" aria-label="Select nothing" onClick={onClear}>
          <Icon name="close" size={14} />
        </Button>
      </Tooltip>
    </div>
  );
}

function leftText(count: number): string {
  return `${countOf(count, "call")} left as ${count === 1 ? "it was" : "they were"}`;
}

/** Why, where it is the same for all; else each has its own in the list. */
function reasonOf(problems: BulkState["problems"]): string {
  const reasons = new Set(problems.map(({ problem }) => problem));
  return reasons.size === 1 ? `: ${[...reasons].join("")}` : ".";
}

function Run({ run: { text, doneCount, count, isRunning, problems, trouble, retry, stop } }: { run: BulkState }) {
  const [isShown, setIsShown] = useState(false);
  return (
    <div
      role="group"
      aria-label="Progress"
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-selected px-4 py-1"
    >
      {isRunning ? (
        <>
          <progress aria-label="Calls done" max={count} value={doneCount} className="h-1.5 w-32 accent-accent" />
          <span className="tabular text-base">
            {formatCount(doneCount)} of {formatCount(count)}
          </span>
          <span className="flex-1" />
          <Button size="sm" onClick={stop}>
            Stop
          </Button>
        </>
      ) : (
        <>
          <span className="text-base">
            {text}.{" "}
            <span className="text-bad">
              {trouble === null ? `${leftText(problems.length)}${reasonOf(problems)}` : `Then it stopped: ${trouble}`}
            </span>
          </span>
          <span className="flex-1" />
          {problems.length > 0 && (
            <Button size="sm" onClick={() => setIsShown(true)}>
              Show which
            </Button>
          )}
          <Button size="sm" onClick={retry}>
            Retry
          </Button>
          <Button look="quiet" size="icon-sm" aria-label="Dismiss" onClick={closeBulk}>
            <Icon name="close" size={14} />
          </Button>
        </>
      )}
      {isShown && (
        <Dialog title={leftText(problems.length)} onClose={() => setIsShown(false)}>
          <ul className="mt-3 flex max-h-80 flex-col gap-2 overflow-y-auto text-base">
            {problems.slice(0, problemsShownMax).map(({ id, name, problem }) => (
              <li key={id}>
                <Link
                  to="."
                  search={(before: object) => ({ ...before, call: id })}
                  onClick={() => setIsShown(false)}
                  className="tabular block rounded-md font-medium hover:underline"
                >
                  <bdi>{name === "" ? `Call ${id}` : name}</bdi>
                </Link>
                <span className="block text-sm text-quiet">{problem}</span>
              </li>
            ))}
          </ul>
          {problems.length > problemsShownMax && (
            <p className="mt-2 text-sm text-quiet">and {countOf(problems.length - problemsShownMax, "more call")}</p>
          )}
        </Dialog>
      )}
    </div>
  );
}

import { memo } from "react";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { classNames } from "../lib/class-names.ts";
import { countOf, formatDuration, formatInstant, formatNumber, formatTime, speakDuration } from "../lib/format.ts";
import { Icon } from "../ui/icon.tsx";
import { otherSide, toggleArchived } from "./call-actions.ts";
import { kindOf } from "./call-kind.tsx";

export type CallRowProps = {
  readonly call: CallRowFragment;
  readonly isOpen: boolean;
  /** The one row that Tab comes to. */
  readonly isTabStop: boolean;
  readonly rowIndex: number;
  readonly onOpen: (id: string) => void;
  readonly onFocus: (id: string) => void;
};

/** One line of the list. */
export const CallRow = memo(function CallRow({ call, isOpen, isTabStop, rowIndex, onOpen, onFocus }: CallRowProps) {
  const kind = kindOf(call);
  const number = formatNumber(otherSide(call));
  const isMissed = call.call_type === "missed" && call.direction === "inbound";
  const noteCount = call.notes.length;
  return (
    <div
      role="row"
      id={`call-${call.id}`}
      data-call={call.id}
      aria-rowindex={rowIndex}
      aria-selected={isOpen}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => onFocus(call.id)}
      onClick={() => onOpen(call.id)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget) onOpen(call.id);
      }}
      className={classNames(
        "group flex h-full cursor-default items-center gap-3 border-b border-line px-4 text-base -outline-offset-2",
        isOpen ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <span role="gridcell" className="flex shrink-0 items-center gap-2 tablet:w-28">
        <Icon name={kind.icon} className={kind.colour} />
        <span className={classNames("max-tablet:sr-only", isMissed ? "text-bad" : "text-soft")}>{kind.text}</span>
      </span>
      <span role="gridcell" className="flex min-w-0 flex-1 flex-col tablet:flex-row tablet:items-center tablet:gap-3">
        <bdi className={classNames("tabular truncate", isMissed ? "font-semibold" : "font-medium")}>{number}</bdi>
        <span className="min-w-0 flex-1 truncate text-sm text-quiet">
          {call.notes[0] === undefined ? <span className="tablet:hidden">{kind.text}</span> : call.notes[0].content}
        </span>
      </span>
      <span role="gridcell" className="flex w-9 items-center justify-end gap-1 text-sm text-quiet">
        {noteCount > 0 && (
          <>
            <Icon name="note" size={14} />
            <span className="tabular">{noteCount}</span>
            <span className="sr-only">{noteCount === 1 ? "note" : "notes"}</span>
          </>
        )}
      </span>
      <span role="gridcell" className="tabular hidden w-36 truncate text-sm text-quiet xwide:inline">
        <span className="sr-only">Line </span>
        <bdi>{formatNumber(call.via)}</bdi>
      </span>
      <span role="gridcell" className="tabular w-12 text-right text-sm text-quiet max-tablet:hidden">
        <span aria-hidden="true">{call.duration > 0 ? formatDuration(call.duration) : "–"}</span>
        <span className="sr-only">{call.duration > 0 ? speakDuration(call.duration) : "no talk"}</span>
      </span>
      <span role="gridcell" className="tabular w-11 text-right text-sm text-quiet">
        <time dateTime={call.created_at} title={formatInstant(call.created_at)}>
          {formatTime(call.created_at)}
        </time>
      </span>
      <span role="gridcell" className="-mr-2 flex w-8 justify-end">
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${call.is_archived ? "Restore" : "Archive"} the call with ${number}${noteCount > 0 ? `, ${countOf(noteCount, "note")}` : ""}`}
          onClick={(event) => {
            event.stopPropagation();
            void toggleArchived(call);
          }}
          className="grid size-8 place-items-center rounded-md text-quiet hover:bg-line hover:text-ink focus-visible:opacity-100 tablet:opacity-0 tablet:group-hover:opacity-100 tablet:group-focus:opacity-100"
        >
          <Icon name={call.is_archived ? "restore" : "archive"} />
        </button>
      </span>
    </div>
  );
});

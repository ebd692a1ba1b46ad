import { memo } from "react";
import type { CallRowFragment } from "../api/calls.gen.ts";
import { classNames } from "../lib/class-names.ts";
import { countOf, formatDuration, formatInstant, formatTime, speakDuration } from "../lib/format.ts";
import { Icon } from "../ui/icon.tsx";
import { Chip } from "../ui/chip.tsx";
import { Marked } from "../ui/marked.tsx";
import { setArchived, targetOf } from "./call-actions.ts";
import { kindOf } from "./call-kind.tsx";
import { lineText, nameOf, otherNumber } from "./names.ts";
import { ReturnMark } from "./return-mark.tsx";
import { PresenceDot } from "./presence-marks.tsx";
import { noteToShow } from "./note-to-show.ts";
import { useUnread } from "./unread.ts";

export type CallRowProps = {
  readonly call: CallRowFragment;
  /** Calls that the row also stands for. */
  readonly repeats: readonly CallRowFragment[];
  /** How many rows are folded out beneath, this one included; 0 where nothing is. */
  readonly unfoldedCount: number;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** The one row that Tab comes to. */
  readonly isTabStop: boolean;
  /** Whether the person may archive it. */
  readonly canWrite: boolean;
  readonly rowIndex: number;
  /** What the list was searched for. */
  readonly search: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onFocus: (id: string) => void;
  /** Selects the row or not; `isRange` all from where it was selected last. */
  readonly onSelect: (id: string, isRange: boolean) => void;
  readonly onFold: (id: string) => void;
};

/** One line of the list. */
export const CallRow = memo(function CallRow({
  call,
  repeats,
  unfoldedCount,
  isOpen,
  isSelected,
  isTabStop,
  canWrite,
  rowIndex,
  search,
  onOpen,
  onFocus,
  onSelect,
  onFold,
}: CallRowProps) {
  const kind = kindOf(call);
  const name = nameOf(call);
  const note = noteToShow(call, search);
  const isMissed = call.call_type === "missed" && call.direction === "inbound";
  const noteCount = call.notes.length;
  const isUnread = useUnread([call, ...repeats].map(({ id }) => id).join(" "));
  return (
    <div
      role="row"
      id={`call-${call.id}`}
      data-call={call.id}
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      aria-current={isOpen}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => onFocus(call.id)}
      onClick={(event) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) onSelect(call.id, event.shiftKey);
        else onOpen(call.id);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget) onOpen(call.id);
      }}
      className={classNames(
        "group relative flex h-full cursor-default items-center gap-2 border-b border-line pr-4 pl-2 text-base -outline-offset-2 tablet:gap-3",
        isOpen || isSelected ? "bg-selected" : "hover:bg-hover",
        isOpen && "shadow-[inset_2px_0_0_var(--color-accent)]",
      )}
    >
      <span role="gridcell" className="-mr-1 flex shrink-0">
        {isUnread && (
          <span className="absolute top-1/2 left-px -translate-y-1/2 text-lg leading-none text-accent">
            <span aria-hidden="true">•</span>
            <span className="sr-only">Unread</span>
          </span>
        )}
        <SelectBox
          label={`Select the call with ${name}`}
          isSelected={isSelected}
          isTabStop={false}
          onSelect={(isRange) => onSelect(call.id, isRange)}
        />
      </span>
      <span role="gridcell" className="flex shrink-0 items-center gap-2 tablet:@lg/list:w-28">
        <Icon name={kind.icon} className={kind.colour} />
        <span className={classNames("max-tablet:sr-only @max-lg/list:sr-only", isMissed ? "text-bad" : "text-soft")}>
          {kind.text}
        </span>
      </span>
      <span
        role="gridcell"
        className="@container flex min-w-0 flex-1 flex-col justify-center tablet:flex-row tablet:items-center tablet:justify-start tablet:gap-3"
      >
        <span
          className={classNames(
            "tabular truncate tablet:@lg/list:max-w-[70%] tablet:@lg/list:shrink-0",
            isUnread ? "font-bold" : "font-medium",
          )}
        >
          <bdi>
            <Marked text={name} search={search} />
          </bdi>
          {call.contact !== null && (
            <bdi className="ml-2 text-sm font-normal text-quiet max-tablet:sr-only">
              <Marked text={otherNumber(call)} search={search} />
            </bdi>
          )}
        </span>
        {/* The second line on a phone. */}
        <span className="flex min-w-0 items-center gap-2 tablet:contents">
          <span className="contents tablet:@max-md/list:hidden">
            <ReturnMark call={call} />
          </span>
          <PresenceDot callId={call.id} />
          <FoldButton count={repeats.length + 1} unfoldedCount={unfoldedCount} onFold={() => onFold(call.id)} />
          <span className="min-w-0 flex-1 truncate text-sm text-quiet">
            {note === null ? (
              <span className="tablet:hidden">{kind.text}</span>
            ) : (
              <Marked text={note} search={search} />
            )}
          </span>
        </span>
      </span>
      <span
        role="gridcell"
        className="flex min-w-0 shrink items-center gap-1.5 max-tablet:hidden empty:hidden @max-lg/list:hidden"
      >
        {call.tags.slice(0, 2).map((tag) => (
          <Chip key={tag}>
            <span className="sr-only">Tag </span>
            <span className="max-w-24 truncate">{tag}</span>
          </Chip>
        ))}
        {call.tags.length > 2 && (
          <span className="text-xs text-quiet" title={call.tags.slice(2).join(", ")}>
            +{call.tags.length - 2}
            <span className="sr-only"> tags</span>
          </span>
        )}
        {call.assignee !== null && <Assignee name={call.assignee.username} />}
      </span>
      <span
        role="gridcell"
        className="flex items-center justify-end gap-1 text-sm text-quiet empty:hidden tablet:@lg/list:w-9 tablet:@lg/list:empty:flex"
      >
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
        <bdi>{lineText(call)}</bdi>
      </span>
      <span
        role="gridcell"
        className="tabular w-12 text-right text-sm text-quiet max-tablet:hidden @max-lg/list:hidden"
      >
        <span aria-hidden="true">{call.duration > 0 ? formatDuration(call.duration) : "–"}</span>
        <span className="sr-only">{call.duration > 0 ? speakDuration(call.duration) : "no talk"}</span>
      </span>
      <span role="gridcell" className="tabular w-11 text-right text-sm text-quiet">
        <time dateTime={call.created_at} title={formatInstant(call.created_at)}>
          {formatTime(call.created_at)}
        </time>
      </span>
      {canWrite && (
        <span role="gridcell" className="-mr-2 flex w-8 justify-end tablet:@max-md/list:hidden">
          <button
            type="button"
            tabIndex={-1}
            aria-label={`${call.is_archived ? "Restore" : "Archive"} the call with ${name}${noteCount > 0 ? `, ${countOf(noteCount, "note")}` : ""}`}
            onClick={(event) => {
              event.stopPropagation();
              void setArchived([call, ...repeats].map(targetOf), !call.is_archived);
            }}
            className="grid size-8 place-items-center rounded-md text-quiet hover:bg-line hover:text-ink focus-visible:opacity-100 tablet:opacity-0 tablet:group-hover:opacity-100 tablet:group-focus:opacity-100"
          >
            <Icon name={call.is_archived ? "restore" : "archive"} />
          </button>
        </span>
      )}
    </div>
  );
});

/** A checkbox of the list: 24 px to hit, whatever it looks like. */
export function SelectBox({
  label,
  isSelected,
  isPartly = false,
  isTabStop,
  onSelect,
}: {
  readonly label: string;
  readonly isSelected: boolean;
  readonly isPartly?: boolean;
  readonly isTabStop: boolean;
  readonly onSelect: (isRange: boolean) => void;
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- keeps a click on the box from being one on the row
    <label className="grid size-7 place-items-center" onClick={(event) => event.stopPropagation()}>
      <span className="sr-only">{label}</span>
      <input
        type="checkbox"
        tabIndex={isTabStop ? 0 : -1}
        checked={isSelected}
        ref={(box) => {
          if (box !== null) box.indeterminate = isPartly;
        }}
        onChange={(event) => onSelect((event.nativeEvent as MouseEvent).shiftKey)}
        className="size-3.5 accent-accent"
      />
    </label>
  );
}

function FoldButton({
  count,
  unfoldedCount,
  onFold,
}: {
  readonly count: number;
  readonly unfoldedCount: number;
  readonly onFold: () => void;
}) {
  if (count === 1 && unfoldedCount === 0) return null;
  const isUnfolded = unfoldedCount > 0;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-expanded={isUnfolded}
      aria-label={isUnfolded ? `Fold these ${unfoldedCount} calls` : `${count} calls within 15 minutes, show each`}
      onClick={(event) => {
        event.stopPropagation();
        onFold();
      }}
      className="tabular inline-flex h-6 shrink-0 items-center gap-0.5 rounded-full bg-hover pr-1 pl-2 text-xs font-semibold text-soft hover:text-ink"
    >
      ×{isUnfolded ? unfoldedCount : count}
      <Icon name={isUnfolded ? "down" : "next"} size={12} />
    </button>
  );
}

function Assignee({ name }: { name: string }) {
  return (
    <span
      title={`${name} takes care of it`}
      className="grid size-6 shrink-0 place-items-center rounded-full bg-selected text-xs font-semibold text-accent"
    >
      <span aria-hidden="true">{name.slice(0, 1).toUpperCase()}</span>
      <span className="sr-only">{name} takes care of it</span>
    </span>
  );
}

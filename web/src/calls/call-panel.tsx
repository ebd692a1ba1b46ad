import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useQuery } from "urql";
import { type CallRowFragment, OneCallDocument } from "../api/calls.gen.ts";
import { failureFrom } from "../api/failure.ts";
import { formatDuration, formatInstant, formatNumber } from "../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Empty, Failure, Skeleton, Waiting } from "../ui/states.tsx";
import { showToast } from "../ui/toasts.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { useKeys } from "../ui/use-keys.ts";
import { otherSide, toggleArchived } from "./call-actions.ts";
import { CallKind } from "./call-kind.tsx";
import { Notes } from "./notes.tsx";

/** Everything about one call, beside the list; on a phone in its place. */
export function CallPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const variables = useMemo(() => ({ id: Number(id) }), [id]);
  const [{ data, error, stale }, fetchAgain] = useQuery({ query: OneCallDocument, variables });
  useKeys([{ keys: "Escape", label: "Close the call", scope: "Call", run: onClose }]);
  const call = data?.call ?? null;
  return (
    <section
      aria-label="Call"
      aria-busy={stale}
      className="fixed inset-0 z-20 flex flex-col overflow-y-auto bg-surface tablet:static tablet:z-auto tablet:w-96 tablet:shrink-0 tablet:border-l tablet:border-line xwide:w-108"
    >
      {call !== null && call.id === id ? (
        <Loaded key={id} call={call} onClose={onClose} />
      ) : (
        <>
          <PanelBar onClose={onClose} />
          {error !== undefined ? (
            <Failure title="The call could not be fetched" failure={failureFrom(error)} onRetry={() => fetchAgain()} />
          ) : data?.call === null ? (
            <Empty icon="search" title="No such call">
              It may have been removed, or the link is wrong.
            </Empty>
          ) : (
            <Waiting what="the call">
              <div className="flex flex-col gap-3 px-5 py-3">
                <Skeleton className="h-6 w-48" />
                <Skeleton className="h-4 w-32" />
                <Skeleton className="h-4 w-64" />
              </div>
            </Waiting>
          )}
        </>
      )}
    </section>
  );
}

function Loaded({ call, onClose }: { call: CallRowFragment; onClose: () => void }) {
  const noteField = useRef<HTMLTextAreaElement>(null);
  const number = otherSide(call);
  const copy = () => {
    void navigator.clipboard.writeText(number).then(() => showToast({ text: `Copied ${number}` }));
  };
  useKeys([
    { keys: "n", label: "Write a note", scope: "Call", run: () => noteField.current?.focus() },
    { keys: "c", label: "Copy the number", scope: "Call", run: copy },
  ]);
  useEffect(() => {
    document.title = `${formatNumber(number)} · Ringback`;
  }, [number]);
  const verb = call.is_archived ? "Restore" : "Archive";
  return (
    <>
      <PanelBar onClose={onClose}>
        <Tooltip text={verb} keys="E">
          <Button onClick={() => void toggleArchived(call)}>
            <Icon name={call.is_archived ? "restore" : "archive"} />
            {verb}
          </Button>
        </Tooltip>
      </PanelBar>
      <header className="px-5 pt-1 pb-4">
        <div className="flex items-center gap-2">
          <h2 className="tabular text-xl font-semibold tracking-tight">
            <bdi>{formatNumber(number)}</bdi>
          </h2>
          <Tooltip text="Copy the number" keys="C">
            <Button look="quiet" size="icon-sm" aria-label="Copy the number" onClick={copy}>
              <Icon name="copy" />
            </Button>
          </Tooltip>
        </div>
        <p className="mt-1 flex items-center gap-3 text-base text-soft">
          <CallKind call={call} />
          {call.is_archived && <span className="text-quiet">Archived</span>}
        </p>
      </header>
      <dl className="grid grid-cols-[6rem_1fr] gap-y-2 border-t border-line px-5 py-4 text-base">
        <Fact name="When">
          <time dateTime={call.created_at}>{formatInstant(call.created_at)}</time>
        </Fact>
        <Fact name={call.call_type === "answered" ? "Talk" : "Length"}>
          {call.duration > 0 ? formatDuration(call.duration) : "–"}
        </Fact>
        <Fact name="From">
          <bdi>{formatNumber(call.from)}</bdi>
        </Fact>
        <Fact name="To">
          <bdi>{formatNumber(call.to)}</bdi>
        </Fact>
        <Fact name="Line">
          <bdi>{formatNumber(call.via)}</bdi>
        </Fact>
      </dl>
      <Notes call={call} field={noteField} />
    </>
  );
}

function PanelBar({ onClose, children }: { onClose: () => void; children?: ReactNode }) {
  return (
    <div className="flex h-13 shrink-0 items-center gap-2 px-3">
      <Tooltip text="Close" keys="Esc">
        <Button look="quiet" size="icon" aria-label="Close the call" onClick={onClose}>
          <Icon name="close" className="max-tablet:hidden" />
          <Icon name="back" className="tablet:hidden" />
        </Button>
      </Tooltip>
      <span className="flex-1" />
      {children}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="tabular min-w-0">{children}</dd>
    </>
  );
}

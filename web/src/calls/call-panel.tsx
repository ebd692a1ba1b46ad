import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useQuery } from "urql";
import { type CallRowFragment, OneCallDocument } from "../api/calls.gen.ts";
import { deletedCalls } from "../api/deleted-calls.ts";
import { failureFrom } from "../api/failure.ts";
import { formatDuration, formatInstant } from "../lib/format.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Icon } from "../ui/icon.tsx";
import { Empty, Failure, Skeleton, Waiting } from "../ui/states.tsx";
import { showToast } from "../ui/toasts.tsx";
import { useTitle } from "../ui/title.ts";
import { useIsPhone } from "../ui/use-is-phone.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { useAfterPaint } from "../ui/use-after-paint.ts";
import { useKeys } from "../ui/use-keys.ts";
import { useStore } from "../ui/use-store.ts";
import { numberText } from "../lib/phone.ts";
import { lineText, otherSide } from "./names.ts";
import { CallKind } from "./call-kind.tsx";
import { setArchived } from "./note-actions.ts";
import { Notes } from "./notes.tsx";
import { Activity } from "./panel/activity.tsx";
import { Care } from "./panel/care.tsx";
import { ColleagueNews, tellWhoWasFaster } from "./panel/colleague-news.tsx";
import { Legs } from "./panel/legs.tsx";
import { OtherCalls } from "./panel/other-calls.tsx";
import { Raw } from "./panel/raw.tsx";
import { type NumberText, useDetails, useTeam } from "./panel/use-details.ts";
import { useWantedField } from "./field-wanted.ts";
import { readerText, useCanWrite } from "./rights.ts";
import { useBeingAt } from "./presence.ts";
import { PresenceLine } from "./presence-marks.tsx";
import { ReturnLine } from "./return-mark.tsx";
import { toggleUnread, useReading, useUnread } from "./unread.ts";
import { useRefetch } from "./panel/use-refetch.ts";

/** Everything about one call, beside the list; on a phone in its place. */
export function CallPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const variables = useMemo(() => ({ id: Number(id) }), [id]);
  const [{ data, error, stale }, fetchAgain] = useQuery({ query: OneCallDocument, variables });
  useRefetch(error !== undefined, () => fetchAgain({ requestPolicy: "network-only" }));
  useKeys([{ keys: "Escape", label: "Close the call", scope: "Call", run: onClose }]);
  const call = data?.call ?? null;
  const panel = useRef<HTMLElement>(null);
  const isPhone = useIsPhone();
  useEffect(() => {
    // It stands in the place of the list there.
    if (isPhone) panel.current?.focus();
  }, [isPhone]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label="Call"
      data-panel
      aria-busy={stale}
      className="fixed inset-0 top-(--strip) z-20 flex flex-col overflow-y-auto bg-surface outline-none tablet:absolute tablet:top-0 tablet:left-auto tablet:w-80 tablet:border-l tablet:border-line tablet:contain-[layout_paint_style] wide:w-96 xwide:w-108"
    >
      {call !== null && call.id === id ? (
        <Loaded key={id} call={call} onClose={onClose} />
      ) : (
        <>
          <PanelBar onClose={onClose} />
          {error !== undefined ? (
            <Failure title="The call could not be fetched" failure={failureFrom(error)} onRetry={() => fetchAgain()} />
          ) : data?.call === null ? (
            <Gone id={id} />
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

/** There is no call of this id: because it went just now, or for all that is known there never was one. */
function Gone({ id }: { id: string }) {
  const isDeleted = useStore(deletedCalls).has(id);
  useEffect(() => {
    if (isDeleted) announce("This call was deleted");
  }, [isDeleted]);
  if (!isDeleted) {
    return (
      <Empty icon="search" title="No such call">
        It may have been deleted, or the link is wrong.
      </Empty>
    );
  }
  return (
    <Empty icon="search" title="This call was deleted">
      Calls are kept only for so long, or the caller asked to be forgotten. Its notes are gone too.
    </Empty>
  );
}

function Loaded({ call, onClose }: { call: CallRowFragment; onClose: () => void }) {
  const noteField = useRef<HTMLTextAreaElement>(null);
  const assigneeField = useRef<HTMLSelectElement>(null);
  const tagField = useRef<HTMLInputElement>(null);
  const { me, people } = useTeam();
  const { details, hasFailed, again } = useDetails(call.id, call.revision);
  const { legs = null, contact = null } = details ?? {};
  const canWrite = useCanWrite();
  const isPainted = useAfterPaint();
  const myId = me?.id ?? null;
  const number = otherSide(call);
  const read = call.direction === "outbound" ? call.toNumber : call.fromNumber;
  const shown = numberText(number, read);
  const name = call.contact?.name ?? shown;
  const copy = () => {
    void navigator.clipboard.writeText(number).then(() => showToast({ text: `Copied ${number}` }));
  };
  const archive = () => void setArchived(call, () => void tellWhoWasFaster(call.id));
  useKeys([{ keys: "c", label: "Copy the number", scope: "Call", run: copy }]);
  useWantedField(call.id, { note: noteField, assignee: assigneeField, tag: tagField });
  useTitle(name);
  useBeingAt(call.id);
  useReading(call.id);
  const isUnread = useUnread(call.id);
  const verb = call.is_archived ? "Restore" : "Archive";
  const leg = legs?.find(({ missText }) => missText !== null) ?? legs?.[0];
  return (
    <>
      <PanelBar onClose={onClose}>
        {!call.is_archived && (
          <Tooltip text={isUnread ? "Mark read" : "Mark unread"} keys="U">
            <Button look="quiet" onClick={() => void toggleUnread([call.id])}>
              {isUnread ? "Mark read" : "Mark unread"}
            </Button>
          </Tooltip>
        )}
        {canWrite && (
          <Tooltip text={verb} keys="E">
            <Button onClick={archive}>
              <Icon name={call.is_archived ? "restore" : "archive"} />
              {verb}
            </Button>
          </Tooltip>
        )}
      </PanelBar>
      <PresenceLine callId={call.id} />
      <ColleagueNews callId={call.id} myId={myId} canWrite={canWrite} />
      <header className="px-5 pt-1 pb-4">
        <div className="flex items-center gap-2">
          <h2 className="tabular min-w-0 text-xl font-semibold tracking-tight break-words">
            <bdi>{name}</bdi>
          </h2>
          <Tooltip text="Copy the number" keys="C">
            <Button look="quiet" size="icon-sm" aria-label="Copy the number" onClick={copy}>
              <Icon name="copy" />
            </Button>
          </Tooltip>
        </div>
        {call.contact !== null && (
          <p className="tabular text-base text-soft">
            <bdi>{shown}</bdi>
            {contact !== null && contact.company !== null && ` · ${contact.company}`}
          </p>
        )}
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-base text-soft">
          <CallKind call={call} />
          {leg?.missText != null && <span>{leg.missText}</span>}
          {call.is_archived && <Chip>Archived</Chip>}
        </p>
      </header>
      <ReturnLine call={call} />
      {canWrite ? (
        <Care call={call} people={people} myId={myId} assigneeField={assigneeField} tagField={tagField} />
      ) : (
        <p className="border-t border-line px-5 py-3 text-sm text-quiet">{readerText}</p>
      )}
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-2 border-t border-line px-5 py-4 text-base">
        <Fact name="When">
          <time dateTime={call.created_at}>{formatInstant(call.created_at)}</time>
        </Fact>
        {leg?.ringTime != null && <Fact name="Rang">{formatDuration(leg.ringTime)}</Fact>}
        {leg?.talkTime != null ? (
          <Fact name="Talked">{formatDuration(leg.talkTime)}</Fact>
        ) : (
          <Fact name="Length">{call.duration > 0 ? formatDuration(call.duration) : "–"}</Fact>
        )}
        <Fact name="From">
          <AsItCame number={call.from} read={call.fromNumber} />
        </Fact>
        <Fact name="To">
          <AsItCame number={call.to} read={call.toNumber} />
        </Fact>
        <Fact name="Line">
          <bdi>{lineText(call)}</bdi>
        </Fact>
      </dl>
      <Notes call={call} field={noteField} canWrite={canWrite} />
      {isPainted && (
        <>
          <Legs legs={legs} kind={call.call_type} hasFailed={hasFailed} onRetry={again} />
          <OtherCalls id={call.id} number={read.e164 ?? (read.isWithheld ? null : number)} />
          <Activity id={call.id} revision={call.revision} myId={myId} />
          {me?.role === "ADMIN" && <Raw id={call.id} />}
        </>
      )}
    </>
  );
}

/** A number to read by, and as it came where that is another text. */
function AsItCame({ number, read }: { number: string; read: NumberText }) {
  const formatted = numberText(number, read);
  return (
    <>
      <bdi>{formatted}</bdi>
      {formatted !== number && (
        <span className="block text-sm text-quiet">
          as it came: <bdi>{number === "" ? "nothing" : number}</bdi>
        </span>
      )}
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

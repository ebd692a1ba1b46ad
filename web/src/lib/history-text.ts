import { formatDuration } from "./format.ts";
import { inZone } from "./zone.ts";

/** What the history of a call says of one change. */
export type PastChange = {
  readonly kind: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly tag: string | null;
  readonly assignee: string | null;
  readonly assigneeBefore: string | null;
  readonly undoes: number | null;
};

/** A change as a plain sentence, such as `Sam archived the call`. @param myId whose own changes are told with You */
export function sentenceOf(change: PastChange, myId: string | null): string {
  const { kind, actor } = change;
  const who =
    actor.id !== null && actor.id === myId
      ? "You"
      : (actor.name ?? (actor.kind === "SOURCE" ? "A phone system that was removed" : "Ringback"));
  const text = `${who} ${doneBy(change)}`;
  return change.undoes === null || kind === "NOTE_RESTORED" ? text : `${text} (undone)`;
}

function doneBy({ kind, tag, assignee, assigneeBefore }: PastChange): string {
  switch (kind) {
    case "CALL_LOGGED":
      return "sent the call";
    case "CALL_UPDATED":
      return "told more about the call";
    case "CALL_ARCHIVED":
      return "archived the call";
    case "CALL_UNARCHIVED":
      return "restored the call";
    case "NOTE_ADDED":
      return "added a note";
    case "NOTE_EDITED":
      return "edited a note";
    case "NOTE_DELETED":
      return "deleted a note";
    case "NOTE_RESTORED":
      return "brought a note back";
    case "TAG_ADDED":
      return `added the tag ${tag ?? ""}`.trimEnd();
    case "TAG_REMOVED":
      return `removed the tag ${tag ?? ""}`.trimEnd();
    case "CALL_ASSIGNED":
      return assignee === null ? "assigned the call" : `assigned the call to ${assignee}`;
    case "CALL_RETURNED":
      return "found that the call was returned";
    case "CALL_UNRETURNED":
      return "found that nobody has called back yet";
    case "CALL_DELETED":
      return "deleted the call";
    case "CALL_UNASSIGNED":
      return assigneeBefore === null ? "unassigned the call" : `took the call from ${assigneeBefore}`;
    default:
      // A server that is newer than this page.
      return "changed the call";
  }
}

const thisYear = inZone({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const anyYear = inZone({
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const daysToldMax = 6;

/**
 * How long ago something was, from seconds to days: `5 s ago`, `3 min ago`, `2 h ago`, `4 days ago`. What is older, as imported
 * notes mostly are, is told by its date and time.
 */
export function agoText(instant: string, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(instant)) / 1_000));
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  if (days <= daysToldMax) return `${days} days ago`;
  const [then, now] = [new Date(instant), new Date(nowMs)];
  return (then.getFullYear() === now.getFullYear() ? thisYear : anyYear).format(then);
}

/** What a source told of how a call went. */
export type Leg = {
  readonly startedAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly ringTime: number | null;
  readonly talkTime: number | null;
  readonly missText: string | null;
};

export type LegStep = { readonly at: string; readonly text: string; readonly length: string | null };

/** The steps of a leg in order; what the source did not say is left out. */
export function stepsOf(leg: Leg, kind: "answered" | "missed" | "voicemail" | (string & {})): readonly LegStep[] {
  const { startedAt, answeredAt, endedAt, ringTime, talkTime } = leg;
  // Answered, but the source did not say when.
  const wasHeardRinging = ringTime !== null || kind !== "answered";
  const length = (ms: number | null) => (ms === null ? null : formatDuration(ms));
  const end =
    kind === "voicemail"
      ? "Ended, with a message"
      : (leg.missText ?? (kind === "missed" ? "Nobody answered" : "Ended"));
  return [
    ...(startedAt === null
      ? []
      : [{ at: startedAt, text: wasHeardRinging ? "Rang" : "Began", length: length(ringTime) }]),
    ...(answeredAt === null ? [] : [{ at: answeredAt, text: "Answered", length: length(talkTime) }]),
    ...(endedAt === null ? [] : [{ at: endedAt, text: end.slice(0, 1).toUpperCase() + end.slice(1), length: null }]),
  ];
}

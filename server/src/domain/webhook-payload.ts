import type { Call } from "./call.ts";
import { type Change, type Cursor, formatCursor } from "./change.ts";
import { type NewWebhookDelivery, ownTypes, type Webhook } from "./webhook.ts";

/** Grows when something in `data` is taken away or means something else; what is added leaves it as it is. */
const version = 1;

/** Bodies are at most this long in bytes: the specification of Standard Webhooks asks for less than 20 kB. */
const payloadBytesMax = 20_000;
/** A note that is cut to this many characters leaves room for the rest of a body, even where JSON takes six bytes for each. */
const noteLengthCut = 2_000;

/** What tells a webhook of a change. Its id follows from the webhook and the place in the log, so that whoever makes it makes the same. */
export function deliveryOfChange(webhook: Webhook, change: Change, epoch: string, nowMs: number): NewWebhookDelivery {
  const whole = payloadOfChange(change, epoch, false);
  const payload = byteLength(whole) <= payloadBytesMax ? whole : payloadOfChange(change, epoch, true);
  const { kind: type, revision } = change;
  const callId = type === "call.deleted" ? null : change.call.id;
  const id = deliveryId(webhook, { epoch, revision });
  return { id, type, revision, callId, createdAtMs: nowMs, isTest: false, payload };
}

/** What tells it that changes are missing: those after its cursor, up to and with `revision`, are no longer kept. */
export function deliveryOfGap(webhook: Webhook, { epoch, revision }: Cursor, nowMs: number): NewWebhookDelivery {
  const data = { version, after: webhook.cursor, revision, cursor: formatCursor({ epoch, revision }) };
  const payload = body(ownTypes.gap, nowMs, data);
  const id = deliveryId(webhook, { epoch, revision });
  return { id, type: ownTypes.gap, revision, callId: null, createdAtMs: nowMs, isTest: false, payload };
}

export function testDelivery({ id, name }: Webhook, uniqueId: string, nowMs: number): NewWebhookDelivery {
  const payload = body(ownTypes.test, nowMs, { version, webhook: { id, name } });
  const nothing = { revision: null, callId: null };
  return { id: `msg_${plain(uniqueId)}`, type: ownTypes.test, ...nothing, createdAtMs: nowMs, isTest: true, payload };
}

/** A history that was replaced has another epoch, so that its revisions are not taken for those of before. */
function deliveryId({ id }: Webhook, { epoch, revision }: Cursor): string {
  return `msg_${plain(id)}_${epoch}_${revision}`;
}

function plain(uuid: string): string {
  return uuid.replaceAll("-", "");
}

function payloadOfChange(change: Change, epoch: string, isCut: boolean): string {
  const { kind, revision, atMs, actor, actorName, altered, undoes, call } = change;
  const noteId = altered?.part === "note" ? altered.noteId : null;
  const note = call.notes.find(({ id }) => id === noteId) ?? null;
  const data = {
    version,
    revision,
    cursor: formatCursor({ epoch, revision }),
    actor: { kind: actor.kind, id: actor.kind === "system" ? null : actor.id, name: actorName },
    call: kind === "call.deleted" ? { id: String(call.id), revision } : callData(call, isCut),
    note: note && { id: String(note.id), author: note.author, content: isCut ? cut(note.content) : note.content },
    noteId: noteId === null ? null : String(noteId),
    tag: altered?.part === "tag" ? altered.tag : null,
    assigneeBefore: altered?.part === "assignee" ? altered.before : null,
    undoes,
    isCut,
  };
  return body(kind, atMs, data);
}

/** A call in the spelling of the API, without its notes. */
function callData(call: Call, isCut: boolean) {
  const text = (whole: string) => (isCut ? whole.slice(0, 100).toWellFormed() : whole);
  return {
    id: String(call.id),
    direction: call.direction,
    from: text(call.from),
    to: text(call.to),
    via: text(call.via),
    duration: call.durationMs,
    call_type: call.callType,
    is_archived: call.isArchived,
    created_at: isoTime(call.createdAtMs),
    tags: call.tags,
    assignee: call.assignee,
    unreturned: call.returned === "waiting",
    revision: call.revision,
  };
}

function body(type: string, atMs: number, data: object): string {
  return JSON.stringify({ type, timestamp: isoTime(atMs), data });
}

/** Not within a character of two units. */
function cut(text: string): string {
  return text.slice(0, noteLengthCut).replace(/[\ud800-\udbff]$/, "");
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

import { textOf } from "./search-params.ts";
import { hourFilter, isInHour } from "./week-hours.ts";
import { belongsIn, type Matched, type ViewName } from "./views.ts";
import { zoneNow } from "./zone.ts";
import { addDays, isDay, startOfDay } from "./zoned-days.ts";

/** What narrows a list down, as the URL writes it: lists joined by commas, lengths in seconds, days as `2026-11-22`. */
export type CallQuery = {
  /** A number, or words of notes and names, as typed. */
  readonly q?: string;
  readonly type?: string;
  readonly direction?: string;
  readonly line?: string;
  readonly archived?: string;
  readonly from?: string;
  readonly to?: string;
  /** An hour of the week, such as `1-09`. */
  readonly hour?: string;
  readonly min?: string;
  readonly max?: string;
  readonly notes?: string;
  readonly tag?: string;
  /** `me`, `nobody` or the id of a user. */
  readonly who?: string;
  /** Whether somebody still has to call back: `yes` or `no`. */
  readonly unreturned?: string;
  /** Whether the person has yet to look at it: `yes` or `no`. */
  readonly unread?: string;
};

export type QueryField = keyof CallQuery;

/** What a query looks at of a call. */
export type Queried = Matched & {
  readonly direction: string;
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly duration: number;
  readonly created_at: string;
  readonly notes: readonly { readonly content: string }[];
  readonly tags: readonly string[];
};

/** All that can narrow a list down, in the order of the chips. */
export const queryFields = [
  "q",
  "type",
  "unreturned",
  "unread",
  "direction",
  "line",
  "who",
  "tag",
  "archived",
  "from",
  "to",
  "hour",
  "min",
  "max",
  "notes",
] as const satisfies readonly QueryField[];

/** The query that the search part of a URL holds; what it does not know is left out. */
export function queryOf(search: Readonly<Record<string, unknown>>): CallQuery {
  return Object.assign({}, ...queryFields.map((field) => textOf(search, field))) as CallQuery;
}

/** Whether nothing narrows the list down. */
export function isEmptyQuery(query: CallQuery): boolean {
  return queryFields.every((field) => query[field] === undefined);
}

/** The query as one text, equal for equal queries. */
export function queryText(query: CallQuery): string {
  return new URLSearchParams(
    queryFields.flatMap((field) => (query[field] === undefined ? [] : [[field, query[field]]])),
  ).toString();
}

/** The query that a text holds, as `queryText` writes it. */
export function queryFromText(text: string): CallQuery {
  return queryOf(Object.fromEntries(new URLSearchParams(text)));
}

/** The same list as a query of all calls, for a saved view, which has no place in the rail to say the rest. */
export function asQueryOfAll(view: ViewName, query: CallQuery): CallQuery {
  const open = { archived: "no", ...query };
  switch (view) {
    case "all":
      return query;
    case "archived":
      return { ...query, archived: "yes" };
    case "missed":
    case "voicemail":
      return { ...open, type: view };
    case "callback":
      return { ...open, unreturned: "yes" };
    case "unread":
      return { ...open, unread: "yes" };
    case "mine":
      return { ...open, who: "me" };
    case "unassigned":
      return { ...open, who: "nobody" };
    case "inbox":
      return open;
  }
}

/** Whether a text is searched as a number: nothing but digits and what is written between them, four digits at least. */
export function isNumberSearch(text: string): boolean {
  return /^[+\d\s()./-]+$/.test(text) && digitsOf(text).length >= 4;
}

/** The parts of a value that is a list. */
export function listOfValues(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split(",").filter((part) => part !== "");
}

type Direction = "inbound" | "outbound";
type Type = "answered" | "missed" | "voicemail";

/** What the server is asked to let through, in the shape of its `CallFilter`. */
export type ServerFilter = {
  ids?: readonly string[];
  archived?: boolean;
  unreturned?: boolean;
  unread?: boolean;
  type?: readonly Type[];
  direction?: readonly Direction[];
  line?: readonly string[];
  created?: { readonly from?: string; readonly before?: string };
  duration?: { readonly min?: number; readonly max?: number };
  hasNotes?: boolean;
  tag?: readonly string[];
  assignee?: readonly (string | null)[];
  number?: string;
  text?: string;
  and?: readonly ServerFilter[];
  or?: readonly ServerFilter[];
};

/** The filter of a list. @param me the id of who looks */
export function filterOf(view: ViewName, query: CallQuery, me: string): ServerFilter {
  const { q, type, unreturned, unread, direction, line, archived, from, to, min, max, notes, tag, who } = query;
  const types = listOfValues(type).filter((one): one is Type => ["answered", "missed", "voicemail"].includes(one));
  const directions = listOfValues(direction).filter((one): one is Direction => ["inbound", "outbound"].includes(one));
  const { from: since, before } = instantsOf(from, to);
  const own: ServerFilter = {
    ...(archived !== undefined && { archived: archived === "yes" }),
    ...(unreturned !== undefined && { unreturned: unreturned === "yes" }),
    ...(unread !== undefined && { unread: unread === "yes" }),
    ...(types.length > 0 && { type: types }),
    ...(directions.length > 0 && { direction: directions }),
    ...(line !== undefined && { line: listOfValues(line) }),
    ...((since !== null || before !== null) && {
      created: { ...(since !== null && { from: since }), ...(before !== null && { before }) },
    }),
    ...((isLength(min) || isLength(max)) && {
      duration: {
        ...(isLength(min) && { min: Number(min) * 1_000 }),
        ...(isLength(max) && { max: Number(max) * 1_000 }),
      },
    }),
    ...hourFilter(query),
    ...(notes !== undefined && { hasNotes: notes === "yes" }),
    ...(tag !== undefined && { tag: listOfValues(tag) }),
    ...(who !== undefined && { assignee: [who === "nobody" ? null : who === "me" ? me : who] }),
    ...(q !== undefined && (isNumberSearch(q) ? { number: q } : { text: q })),
  };
  if (view === "all") return own;
  const standing: ServerFilter = { archived: view === "archived" };
  if (view === "missed" || view === "voicemail") standing.type = [view];
  if (view === "callback") standing.unreturned = true;
  if (view === "unread") standing.unread = true;
  if (view === "mine") standing.assignee = [me];
  if (view === "unassigned") standing.assignee = [null];
  const isDoubled = (["archived", "type", "assignee", "unreturned", "unread"] as const).some(
    (field) => own[field] !== undefined && standing[field] !== undefined,
  );
  return isDoubled ? { and: [standing, own] } : { ...own, ...standing };
}

function isLength(seconds: string | undefined): boolean {
  return seconds !== undefined && Number(seconds) >= 0;
}

/**
 * Whether the call is in the view and passes the query. What comes in was not read yet; what was read stays until the list is fetched
 * again, as a list of unread calls that lost each one that is opened would be hard to go through.
 * @param me the id of who looks
 */
export function matches(view: ViewName, query: CallQuery, call: Queried, me: string): boolean {
  return query.unread !== "no" && stillMatches(view, query, call, me) && matchesFixed(query, call);
}

/** The same for a call that did when it was fetched: only what people change is looked at. */
export function stillMatches(view: ViewName, query: CallQuery, call: Queried, me: string): boolean {
  const { archived, unreturned, notes, tag, who } = query;
  if (!belongsIn(view, call, me)) return false;
  if (archived !== undefined && call.is_archived !== (archived === "yes")) return false;
  if (unreturned !== undefined && call.unreturned !== (unreturned === "yes")) return false;
  if (notes !== undefined && call.notes.length > 0 !== (notes === "yes")) return false;
  if (tag !== undefined && !listOfValues(tag).some((one) => call.tags.includes(one))) return false;
  if (who === undefined) return true;
  return who === "nobody" ? call.assignee === null : call.assignee?.id === (who === "me" ? me : who);
}

function matchesFixed(query: CallQuery, call: Queried): boolean {
  const { q, type, direction, line, from, to, min, max } = query;
  const isOneOf = (values: string | undefined, value: string) =>
    values === undefined || listOfValues(values).includes(value);
  const { from: since, before } = instantsOf(from, to);
  return (
    isOneOf(type, call.call_type) &&
    isOneOf(direction, call.direction) &&
    isOneOf(line, call.via) &&
    (since === null || call.created_at >= since) &&
    (before === null || call.created_at < before) &&
    isInHour(query.hour, call.created_at) &&
    (min === undefined || call.duration >= Number(min) * 1_000) &&
    (max === undefined || call.duration <= Number(max) * 1_000) &&
    (q === undefined || isFoundBy(q, call))
  );
}

function isFoundBy(text: string, { from, to, notes }: Queried): boolean {
  if (isNumberSearch(text)) {
    const digits = digitsOf(text).replace(/^0+/, "");
    return digitsOf(from).includes(digits) || digitsOf(to).includes(digits);
  }
  return notes.some(({ content }) => hasWords(content, text));
}

/** Whether a text has, for each word that is searched for, one that begins with it. */
export function hasWords(text: string, search: string): boolean {
  const own = wordsOf(text);
  return wordsOf(search).every((word) => own.some((one) => one.startsWith(word)));
}

/** The instants between which a span of days lies where the person is: the first of it, and the first after it. */
export function instantsOf(
  from: string | undefined,
  to: string | undefined,
): { readonly from: string | null; readonly before: string | null } {
  return { from: startOf(from, 0), before: startOf(to, 1) };
}

function startOf(day: string | undefined, daysLater: number): string | null {
  return isDay(day) ? startOfDay(zoneNow(), addDays(day, daysLater)).toISOString() : null;
}

/** The first instant after a day where the person is: where a list that begins with that day begins. Null for what is no day. */
export function endOf(day: string | undefined): string | null {
  return startOf(day, 1);
}

/** The same list from a day back: calls that were made later are left out. @param day as `2026-11-22`; all of it where it is none */
export function upTo(filter: ServerFilter, day: string | undefined): ServerFilter {
  const end = endOf(day);
  if (end === null) return filter;
  const { created } = filter;
  const before = created?.before !== undefined && created.before < end ? created.before : end;
  return { ...filter, created: { ...created, before } };
}

/** What of the same list was made after a day. */
export function after(filter: ServerFilter, day: string): ServerFilter {
  const from = endOf(day);
  return from === null ? filter : { and: [filter, { created: { from } }] };
}

/** What one condition takes of them at most. */
const idsMax = 1_000;

/** Lets through the calls with these ids, however many they are. */
export function filterOfIds(ids: readonly string[]): ServerFilter {
  if (ids.length <= idsMax) return { ids };
  const parts = Math.ceil(ids.length / idsMax);
  return { or: Array.from({ length: parts }, (_, at) => ({ ids: ids.slice(at * idsMax, (at + 1) * idsMax) })) };
}

/** The digits of a text. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

/** The words of a text as they are compared: without case and accents. */
export function wordsOf(text: string): readonly string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

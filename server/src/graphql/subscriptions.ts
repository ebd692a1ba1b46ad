import {
  type FieldNode,
  type ExecutionResult,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  type ValidatedSubscriptionArgs,
  executeSubscriptionEvent,
  getArgumentValues,
  validateSubscriptionArgs,
} from "graphql";
import { setTimeout as later } from "node:timers/promises";
import { requireScope } from "../domain/authorisation.ts";
import { readCallId } from "../domain/call-id.ts";
import { concerns } from "../domain/change-filter.ts";
import { type CallFilterInput, readCallFilter } from "../domain/read-filter.ts";
import { type Change, type Cursor, formatCursor, isPersonsKind, parseCursor } from "../domain/change.ts";
import type { Directory } from "../domain/call-names.ts";
import type { ContactWatch } from "../domain/contact-watch.ts";
import { DomainError } from "../domain/errors.ts";
import type { CallFilter } from "../domain/filter.ts";
import { nobody, type OtherEnd } from "../domain/other-end.ts";
import type { ChangeFeed, Following, Log } from "../domain/ports.ts";
import type { Presence, PresenceDesk } from "../domain/presence.ts";
import type { Unread } from "../domain/unread.ts";
import type { Awaitable } from "../domain/storage.ts";
import type { Principal } from "../domain/workspace.ts";
import { type Answering, maskedErrors, resultEntries } from "./answers.ts";
import { followContacts, type NamesContext, namesContext } from "./contact-subscription.ts";
import type { LiveSubscription, SubscriptionSink } from "./core.ts";
import { type PreparedDocument, type PreparedOperation, entriesOf } from "./documents.ts";
import { createInOrder } from "./in-order.ts";
import { limits } from "./limits.ts";
import { createPresencePayloads, followPresence } from "./presence-subscription.ts";
import { createProgress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { changeKinds } from "./change-kinds.ts";
import type { ChangeEvent } from "./resolver-context.ts";
import { followUnread } from "./unread-subscription.ts";
import { type Variables, canonicalJson } from "./variables.ts";

/** What a group keeps of its last payloads, so that subscribers a little apart in the log still share the execution. */
const payloadsKept = { count: 256, characters: 1 << 20 };

export type SubscriptionStart = {
  readonly document: PreparedDocument;
  readonly operation: PreparedOperation;
  readonly variables: Variables;
  readonly principal: Principal;
  /** A cursor as the client sent it, or undefined or null. */
  readonly resumeFrom: unknown;
  /** See `GraphqlCore.subscribe`. */
  readonly lastSeen?: string | undefined;
  readonly answering: Answering;
  readonly sink: SubscriptionSink;
};

/** Subscribers who get the same bytes: one workspace and epoch, document, operation and set of variables. */
type Group = {
  members: number;
  /**
   * What the members are told of changes, null for one that the group does not follow: at once where the database answers so. Asked
   * again for the same changes in the same turn, it is the same answer.
   */
  readonly told: (changes: readonly Change[]) => Awaitable<readonly (Told | null)[]>;
  /** The payload that tells how far the log was followed, where the operation shows that. */
  readonly progress: (cursor: string) => string;
};

/** A payload and the place in the log that a subscriber has come to with it. */
type Told = { readonly text: string; readonly cursor: string };

/**
 * Live results of subscriptions. Every subscriber follows the change feed on its own, so that resuming and live delivery are
 * one thing without a seam; what a change looks like is executed and encoded once per group, as one string for all.
 */
export function createSubscriptions(deps: {
  readonly schema: GraphQLSchema;
  readonly changeFeed: ChangeFeed;
  readonly directory: Directory;
  readonly contactWatch: ContactWatch;
  readonly presence: PresenceDesk;
  readonly unread: Unread;
  readonly log: Log;
  /** The longest that a subscriber is not told of changes that it is not shown. Default 1,000 ms. */
  readonly progressMs?: number;
}) {
  const { schema, changeFeed, directory, contactWatch, presence, unread, log, progressMs = 1_000 } = deps;
  const groups = new Map<string, Group>();
  const presencePayload = createPresencePayloads();

  return {
    /**
     * Resolves once every change committed from then on (or after the cursor) is sure to reach the sink.
     * @throws Refusal, DomainError RESUME_GAP, BAD_USER_INPUT, FORBIDDEN. Nothing has reached the sink then.
     */
    async start(starting: SubscriptionStart): Promise<LiveSubscription> {
      const { principal, sink } = starting;
      requireScope(principal, "read");
      const context = namesContext(directory, principal.workspaceId);
      const args = validatedArgs(schema, starting, context);
      const field = rootField(args, args.operation.selectionSet)?.name.value;
      if (field === "presence") {
        const { document, operation, variables } = starting;
        const key = canonicalJson([document.hash, operation.name, variables]);
        const payload = (rows: readonly Presence[], cursor: string) =>
          withCursor(
            presencePayload(rows, key, () => encoded(args, { presence: rows }, cursor, log)),
            cursor,
          );
        return followPresence({ changeFeed, presence }, principal, sink, payload);
      }
      if (field === "contactsChanged") {
        const payload = (contactsChanged: number, cursor: string) =>
          encodedResult(args, { contactsChanged }, cursor, log);
        return followContacts({ changeFeed, contactWatch }, principal.workspaceId, sink, payload);
      }
      if (field === "unreadChanged") {
        const payload = (unreadChanged: readonly string[] | null, cursor: string) =>
          encodedResult(args, { unreadChanged }, cursor, log);
        return followUnread(unread, principal, sink, payload);
      }
      const view = viewOf(args);
      return followChanges(starting, view, (epoch) => enter(starting, args, view, context, epoch));
    },

    /** How many groups have somebody in them. */
    get groupCount(): number {
      return groups.size;
    },
  };

  /**
   * Follows the log for one subscriber. What it takes to execute belongs to the group, so nothing of it is kept here: thousands of
   * these are held open.
   */
  async function followChanges(
    { principal, answering, sink, lastSeen, resumeFrom }: SubscriptionStart,
    { after, showsProgress }: View,
    enterAt: (epoch: string) => Entered,
  ): Promise<LiveSubscription> {
    let isOver = false;
    let following: Following | null = null;
    let entered: Entered | null = null;
    const early: (readonly Change[])[] = [];
    // Who is not told of one change is not told of the next: a client comes back for it by the cursor of the last one.
    const inOrder = createInOrder(failed);
    const progress = showsProgress || sink.position !== undefined ? createProgress(progressMs, tellPosition) : null;

    try {
      following = await changeFeed.follow(principal.workspaceId, resumePoint(lastSeen, after, resumeFrom), {
        changes: deliver,
        failed,
        drained: () => inOrder.taken?.then(() => sink.drained?.() ?? undefined) ?? sink.drained?.() ?? null,
      });
    } catch (error) {
      end();
      throw error;
    }
    if (isOver) following.stop();
    else {
      entered = enterAt(following.start.epoch);
      if (progress !== null) tellPosition(following.start.revision);
      for (const changes of early.splice(0)) deliver(changes);
    }
    return { stop: () => void end() };

    function deliver(changes: readonly Change[]): void {
      if (entered === null) {
        if (!isOver) early.push(changes);
        return;
      }
      const told = entered.group.told(changes);
      if (inOrder.taken === null && !(told instanceof Promise)) tell(changes, told);
      else inOrder.take(told, (told) => tell(changes, told));
    }

    function tell(changes: readonly Change[], told: readonly (Told | null)[]): void {
      for (const [at, one] of told.entries()) {
        if (isOver) return;
        if (one === null) progress?.passed(changes[at]?.revision ?? 0);
        else {
          progress?.told();
          sink.next(one.text, one.cursor);
        }
      }
    }

    function failed(error: unknown): void {
      if (end()) sink.error(JSON.stringify(resultEntries(answering, error)));
    }

    function tellPosition(revision: number): void {
      if (isOver || entered === null) return;
      const { epoch, group } = entered;
      const cursor = formatCursor({ epoch, revision });
      inOrder.take(cursor, () => {
        if (isOver) return;
        if (showsProgress) sink.next(group.progress(cursor), cursor);
        else sink.position?.(cursor);
      });
    }

    function end(): boolean {
      if (isOver) return false;
      isOver = true;
      progress?.told();
      following?.stop();
      entered?.leave();
      return true;
    }
  }

  function enter(
    { document, operation, variables, principal: { workspaceId } }: SubscriptionStart,
    args: ValidatedSubscriptionArgs,
    view: View,
    context: NamesContext,
    epoch: string,
  ): Entered {
    const key = canonicalJson([workspaceId, epoch, document.hash, operation.name, variables]);
    const known = groups.get(key);
    const group = known ?? createGroup(args, view, epoch, log, context, othersIn(workspaceId, view));
    group.members += 1;
    if (known === undefined) groups.set(key, group);
    return { epoch, group, leave: () => leave(key, group) };
  }

  function leave(key: string, group: Group): void {
    group.members -= 1;
    if (group.members === 0) groups.delete(key);
  }

  function othersIn(workspaceId: number, { filter }: View): OtherEnds {
    return (changes) => directory.otherEndsFor(filter, workspaceId, callsOf(changes));
  }
}

/** A subscriber's place in its group. */
type Entered = { readonly epoch: string; readonly group: Group; leave(): void };

/** The other ends of the calls of changes, as far as the group's filter asks for them. */
type OtherEnds = (changes: readonly Change[]) => Awaitable<ReadonlyMap<number, OtherEnd>>;

/** A failure at once is one like any other. */
function answered<T>(ask: () => Awaitable<T>): Awaitable<T> {
  try {
    return ask();
  } catch (error) {
    return Promise.reject(error);
  }
}

function isAtHand(text: Awaitable<string | null>): text is string | null {
  return !(text instanceof Promise);
}

function createGroup(
  args: ValidatedSubscriptionArgs,
  { follows }: View,
  epoch: string,
  log: Log,
  context: NamesContext,
  othersOf: OtherEnds,
): Group {
  const payload = sharedPayloads(args, follows, epoch, log, context);
  let progress: Told = { cursor: "", text: "" };
  let asked: { readonly changes: readonly Change[]; readonly told: ReturnType<Group["told"]> } | null = null;
  return {
    members: 0,
    told(changes) {
      // The log hands the same changes to everybody who is up to date.
      if (asked?.changes !== changes) {
        asked = { changes, told: answered(() => toldOf(changes)) };
        setImmediate(() => (asked = null));
      }
      return asked.told;
    },
    progress(cursor) {
      if (progress.cursor !== cursor) {
        const changeStream = { __typename: "ChangeProgress", cursor };
        progress = { cursor, text: encodedResult(args, { changeStream }, cursor, log) };
      }
      return progress.text;
    },
  };

  function toldOf(changes: readonly Change[]): ReturnType<Group["told"]> {
    const others = othersOf(changes);
    return others instanceof Promise ? others.then(written) : written(others);

    function written(found: ReadonlyMap<number, OtherEnd>): ReturnType<Group["told"]> {
      const texts = changes.map((change) => payload(change, found.get(change.call.id) ?? nobody));
      if (texts.every(isAtHand)) return texts.map(told);
      return Promise.all(texts.map(async (text, at) => told(await text, at)));
    }

    function told(text: string | null, at: number): Told | null {
      return text === null ? null : { text, cursor: formatCursor({ epoch, revision: changes[at]?.revision ?? 0 }) };
    }
  }
}

/**
 * The payloads of one group: each change is executed once, and its text kept for whoever comes a little later. What the database
 * is asked for is shared by those who are told in the same turn, and no longer, since it may have altered then.
 */
function sharedPayloads(
  args: ValidatedSubscriptionArgs,
  follows: View["follows"],
  epoch: string,
  log: Log,
  context: NamesContext,
): (change: Change, other: OtherEnd) => Awaitable<string | null> {
  const kept = new Map<number, string>();
  const asked = new Map<number, Promise<string>>();
  let characters = 0;
  let stamp = context.stamp();
  return (change, other) => {
    if (!follows(change, other)) return null;
    const current = context.stamp();
    if (current !== stamp) {
      // Names have altered since: who comes later is not told the old ones.
      kept.clear();
      characters = 0;
      stamp = current;
    }
    const known = kept.get(change.revision) ?? asked.get(change.revision);
    if (known !== undefined) return known;
    const cursor = formatCursor({ epoch, revision: change.revision });
    const text = encodedEvent(args, { change, cursor }, log);
    if (typeof text !== "string") {
      asked.set(change.revision, text);
      setImmediate(() => asked.delete(change.revision));
      return text;
    }
    kept.set(change.revision, text);
    characters += text.length;
    for (const [revision, old] of kept) {
      if (kept.size <= payloadsKept.count && characters <= payloadsKept.characters) break;
      kept.delete(revision);
      characters -= old.length;
    }
    return text;
  };
}

function encodedEvent(args: ValidatedSubscriptionArgs, event: ChangeEvent, log: Log): Awaitable<string> {
  const { call } = event.change;
  const { cursor } = event;
  const changeStream = { __typename: "Change", ...event };
  const rootValue = { onUpdateCall: call, onUpdatedCall: call, changes: event, changeStream };
  const execute = () => executeSubscriptionEvent({ ...args, rootValue });
  const result = execute();
  if (!(result instanceof Promise)) return withCursor(textOf(result, cursor, log), cursor);
  return untilAnswered(result, execute).then((answered) => withCursor(textOf(answered, cursor, log), cursor));
}

/** A change is told whole: while the database is away that is asked for a part of it, it is asked again. */
async function untilAnswered(
  result: Promise<ExecutionResult>,
  execute: () => Awaitable<ExecutionResult>,
): Promise<ExecutionResult> {
  for (let answer = await result; ; answer = await execute()) {
    const isAway = answer.errors?.some(({ originalError: error }) => error instanceof DomainError && isPassing(error));
    if (isAway !== true) return answer;
    // oxlint-disable-next-line no-await-in-loop -- before it is asked again
    await later(againMs, undefined, { ref: false });
  }
}

function isPassing({ code }: DomainError): boolean {
  return code === "UNAVAILABLE" || code === "OVERLOADED";
}

/** Before a database that was away is asked again, in milliseconds. */
const againMs = 250;

function encodedResult(args: ValidatedSubscriptionArgs, rootValue: object, cursor: string, log: Log): string {
  return withCursor(encoded(args, rootValue, cursor, log), cursor);
}

/** @param text a JSON object that is not empty. */
function withCursor(text: string, cursor: string): string {
  return `${text.slice(0, -1)},"extensions":${JSON.stringify({ cursor })}}`;
}

function encoded(args: ValidatedSubscriptionArgs, rootValue: object, cursor: string, log: Log): string {
  const result = executeSubscriptionEvent({ ...args, rootValue });
  if (result instanceof Promise) throw new TypeError("What is told here is at hand, so that it needs no order.");
  return textOf(result, cursor, log);
}

function textOf({ data = null, errors }: ExecutionResult, cursor: string, log: Log): string {
  if (errors === undefined) return JSON.stringify({ data });
  return JSON.stringify({ errors: maskedErrors({ log, requestId: `change ${cursor}` }, errors), data });
}

function validatedArgs(
  schema: GraphQLSchema,
  starting: SubscriptionStart,
  contextValue: NamesContext,
): ValidatedSubscriptionArgs {
  const args = validateSubscriptionArgs({
    schema,
    document: starting.document.document,
    operationName: starting.operation.name,
    variableValues: starting.variables,
    contextValue,
    options: { maxCoercionErrors: limits.errors },
  });
  if (!("schema" in args)) throw new Refusal(entriesOf(args, "BAD_USER_INPUT"));
  return args;
}

type View = {
  /** @param other as the filter sees the call of the change. */
  readonly follows: (change: Change, other: OtherEnd) => boolean;
  readonly filter: CallFilter | null;
  /** The cursor of the argument `after`. */
  readonly after: unknown;
  /** Whether its results tell how far the log was followed. */
  readonly showsProgress: boolean;
};

/** Which changes the operation's one root field shows. @throws DomainError BAD_USER_INPUT */
function viewOf(args: ValidatedSubscriptionArgs): View {
  const field = rootField(args, args.operation.selectionSet);
  const definition = field && args.schema.getSubscriptionType()?.getFields()[field.name.value];
  if (field === null || definition == null) throw new TypeError("A valid subscription has one field of the schema.");
  const given = getArgumentValues(definition, field, args.variableValues);
  const { after } = given;
  if (definition.name === "changes") return { ...letThrough(given), after, showsProgress: false };
  if (definition.name === "changeStream") return { ...letThrough(given), after, showsProgress: true };
  const documented = { filter: null, after: null, showsProgress: false };
  if (definition.name === "onUpdateCall" || given["id"] == null) return { follows: isPersonsChange, ...documented };
  const callId = readCallId(given["id"]);
  return { follows: (change) => change.call.id === callId && isPersonsChange(change), ...documented };
}

/** @throws DomainError BAD_USER_INPUT for a filter that is none. */
function letThrough({ kinds, filter: given }: Readonly<Record<string, unknown>>): Pick<View, "follows" | "filter"> {
  const wanted = Array.isArray(kinds) ? new Set<unknown>(kinds) : null;
  const filter = readCallFilter(given as CallFilterInput | null | undefined);
  return {
    filter,
    follows: (change, other) =>
      (wanted === null || wanted.has(changeKinds[change.kind])) && (filter === null || concerns(filter, change, other)),
  };
}

function callsOf(changes: readonly Change[]) {
  return changes.map(({ call }) => call);
}

/** What the documented API announces: archiving, restoring and notes, and whatever else people do to calls. */
function isPersonsChange({ kind }: Change): boolean {
  return isPersonsKind(kind);
}

function rootField(args: ValidatedSubscriptionArgs, { selections }: SelectionSetNode): FieldNode | null {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) return selection;
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : args.fragments[selection.name.value]?.definition;
    const field = inner && rootField(args, inner.selectionSet);
    if (field) return field;
  }
  return null;
}

/** The spellings mean the same: what the transport was handed back is newest. @throws DomainError BAD_USER_INPUT */
function resumePoint(lastSeen: unknown, argument: unknown, extension: unknown): Cursor | null {
  const given = lastSeen ?? argument ?? extension;
  return given == null ? null : parseCursor(given);
}

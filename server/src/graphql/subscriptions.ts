import {
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  type ValidatedSubscriptionArgs,
  executeSubscriptionEvent,
  getArgumentValues,
  validateSubscriptionArgs,
} from "graphql";
import { readCallId } from "../domain/call-id.ts";
import { type Change, type Cursor, formatCursor, isPersonsKind, parseCursor } from "../domain/change.ts";
import type { ChangeFeed, Following, Log } from "../domain/ports.ts";
import type { Principal } from "../domain/workspace.ts";
import { type Answering, maskedErrors, resultEntries } from "./answers.ts";
import type { LiveSubscription, SubscriptionSink } from "./core.ts";
import { type PreparedDocument, type PreparedOperation, entriesOf } from "./documents.ts";
import { limits } from "./limits.ts";
import { Refusal } from "./refusal.ts";
import type { ChangeEvent } from "./resolver-context.ts";
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
  readonly answering: Answering;
  readonly sink: SubscriptionSink;
};

/** Subscribers who get the same bytes: one workspace and epoch, document, operation and set of variables. */
type Group = {
  members: number;
  /** The payload for a change, or null when the group does not follow it. */
  readonly payload: (change: Change) => string | null;
};

/**
 * Live results of subscriptions. Every subscriber follows the change feed on its own, so that resuming and live delivery are
 * one thing without a seam; what a change looks like is executed and encoded once per group, as one string for all.
 */
export function createSubscriptions(deps: {
  readonly schema: GraphQLSchema;
  readonly changeFeed: ChangeFeed;
  readonly log: Log;
}) {
  const { schema, changeFeed, log } = deps;
  const groups = new Map<string, Group>();

  return {
    /**
     * Resolves once every change committed from then on (or after the cursor) is sure to reach the sink.
     * @throws Refusal, DomainError RESUME_GAP, BAD_USER_INPUT. Nothing has reached the sink then.
     */
    async start(starting: SubscriptionStart): Promise<LiveSubscription> {
      const { principal, answering, sink } = starting;
      const args = validatedArgs(schema, starting);
      const view = viewOf(args);
      const after = resumePoint(starting.resumeFrom, view.after);
      let isOver = false;
      let following: Following | null = null;
      let leave: (() => void) | null = null;
      let payload: Group["payload"] | null = null;
      const early: (readonly Change[])[] = [];

      // With a cursor the epoch is known at once; without one only the feed can tell it.
      if (after !== null) enter(after.epoch);
      try {
        following = await changeFeed.follow(principal.workspaceId, after, {
          changes: deliver,
          failed(error) {
            if (end()) sink.error(JSON.stringify(resultEntries(answering, error)));
          },
          drained: () => sink.drained?.() ?? null,
        });
      } catch (error) {
        end();
        throw error;
      }
      if (isOver) following.stop();
      else if (payload === null) {
        enter(following.start.epoch);
        for (const changes of early.splice(0)) deliver(changes);
      }
      return { stop: () => void end() };

      function enter(epoch: string): void {
        const { document, operation, variables } = starting;
        const key = canonicalJson([principal.workspaceId, epoch, document.hash, operation.name, variables]);
        const group = groups.get(key) ?? { members: 0, payload: sharedPayloads(args, view.follows, epoch, log) };
        group.members += 1;
        groups.set(key, group);
        payload = group.payload;
        leave = () => {
          group.members -= 1;
          if (group.members === 0) groups.delete(key);
        };
      }

      function deliver(changes: readonly Change[]): void {
        if (payload === null) {
          if (!isOver) early.push(changes);
          return;
        }
        for (const change of changes) {
          if (isOver) return;
          const text = payload(change);
          if (text !== null) sink.next(text);
        }
      }

      function end(): boolean {
        if (isOver) return false;
        isOver = true;
        following?.stop();
        leave?.();
        return true;
      }
    },

    /** How many groups have somebody in them. */
    get groupCount(): number {
      return groups.size;
    },
  };
}

/** The payloads of one group: each change is executed once, and its text kept for whoever comes a little later. */
function sharedPayloads(
  args: ValidatedSubscriptionArgs,
  follows: (change: Change) => boolean,
  epoch: string,
  log: Log,
): Group["payload"] {
  const kept = new Map<number, string>();
  let characters = 0;
  return (change) => {
    if (!follows(change)) return null;
    const known = kept.get(change.revision);
    if (known !== undefined) return known;
    const cursor = formatCursor({ epoch, revision: change.revision });
    const text = encodedEvent(args, { change, cursor }, log);
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

function encodedEvent(args: ValidatedSubscriptionArgs, event: ChangeEvent, log: Log): string {
  const { call } = event.change;
  const rootValue = { onUpdateCall: call, onUpdatedCall: call, changes: event };
  const result = executeSubscriptionEvent({ ...args, rootValue });
  // Everything below the root of a subscription is at hand, which keeps delivery in the order of the log.
  if (result instanceof Promise) throw new TypeError("A resolver below Subscription answered later.");
  const { cursor } = event;
  const data = result.data ?? null;
  if (result.errors === undefined) return JSON.stringify({ data, extensions: { cursor } });
  const errors = maskedErrors({ log, requestId: `change ${cursor}` }, result.errors);
  return JSON.stringify({ errors, data, extensions: { cursor } });
}

function validatedArgs(schema: GraphQLSchema, starting: SubscriptionStart): ValidatedSubscriptionArgs {
  const args = validateSubscriptionArgs({
    schema,
    document: starting.document.document,
    operationName: starting.operation.name,
    variableValues: starting.variables,
    options: { maxCoercionErrors: limits.errors },
  });
  if (!("schema" in args)) throw new Refusal(entriesOf(args, "BAD_USER_INPUT"));
  return args;
}

type View = {
  readonly follows: (change: Change) => boolean;
  /** The cursor of the argument `after`. */
  readonly after: unknown;
};

/** Which changes the operation's one root field shows. @throws DomainError BAD_USER_INPUT */
function viewOf(args: ValidatedSubscriptionArgs): View {
  const field = rootField(args, args.operation.selectionSet);
  const definition = field && args.schema.getSubscriptionType()?.getFields()[field.name.value];
  if (field === null || definition == null) throw new TypeError("A valid subscription has one field of the schema.");
  const given = getArgumentValues(definition, field, args.variableValues);
  if (definition.name === "changes") return { follows: () => true, after: given["after"] };
  if (definition.name === "onUpdateCall" || given["id"] == null) return { follows: isPersonsChange, after: null };
  const callId = readCallId(given["id"]);
  return { follows: (change) => change.call.id === callId && isPersonsChange(change), after: null };
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

/** Both spellings mean the same; the argument is the documented one of `changes`. @throws DomainError BAD_USER_INPUT */
function resumePoint(extension: unknown, argument: unknown): Cursor | null {
  const given = argument ?? extension;
  return given == null ? null : parseCursor(given);
}

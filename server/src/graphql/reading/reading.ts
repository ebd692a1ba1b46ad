import { andThen } from "../../domain/awaitable.ts";
import type { Call } from "../../domain/call.ts";
import { readCallId } from "../../domain/call-id.ts";
import type { Cursor } from "../../domain/change.ts";
import type { Inbox } from "../../domain/inbox.ts";
import { readPageWindow } from "../../domain/page.ts";
import type { Awaitable, Storage } from "../../domain/storage.ts";
import type { Principal } from "../../domain/workspace.ts";
import type { PreparedDocument, PreparedOperation } from "../documents.ts";
import type { Variables } from "../variables.ts";
import { createCallTexts } from "./call-texts.ts";
import { type ByteText, byteText } from "./byte-text.ts";
import { createKept } from "./kept.ts";
import type { ObjectText } from "./object-text.ts";
import { type Plan, type Planner, type Root, answerText, createPlanner } from "./plan.ts";
import type { Value } from "./values.ts";

export type ReadingRequest = {
  readonly document: PreparedDocument;
  readonly operation: PreparedOperation;
  readonly variables: Variables;
  readonly principal: Principal;
};

/**
 * Answers queries that a {@link Plan} can be made for, from what was written before as far as it still holds. An answer shows
 * at least every write that was acknowledged before it was asked for, by this process or another one on the same database:
 * the workspace's revision is read for each. Null means that the library is to execute the operation, which has done nothing so far.
 */
export type Reading = {
  /** The complete response map as JSON. @throws what storage throws, RangeError */
  answer(request: ReadingRequest): Awaitable<ByteText | null>;
};

/** Of texts of calls and of whole answers. At 100,000 calls with their usual fields the texts take about 90 MB as counted. */
export const keptBytesMax = { calls: 96 << 20, answers: 16 << 20 } as const;

/** Of the keys of answers that were made once. */
const askedBytesMax = 1 << 20;

/** How often a page is put together anew when a commit came in between. */
const attemptsMax = 3;

type Answered = { readonly cursor: Cursor; readonly text: ByteText };

export function createReading({
  storage,
  inbox,
  bytesMax = keptBytesMax,
}: {
  readonly storage: {
    readonly calls: Pick<Storage["calls"], "places" | "some">;
    readonly changes: Pick<Storage["changes"], "head" | "changedCalls">;
  };
  readonly inbox: Pick<Inbox, "readable">;
  readonly bytesMax?: { readonly calls: number; readonly answers: number };
}): Reading {
  const { calls, changes } = storage;
  const planners = new WeakMap<PreparedOperation, Planner>();
  const texts = createCallTexts(changes, bytesMax.calls);
  const answers = createKept<Answered>(bytesMax.answers).shelf<string>();
  const asked = createKept<true>(askedBytesMax).shelf<string>();
  const views = createViews();

  return {
    answer({ document, operation, variables, principal }) {
      let planner = planners.get(operation);
      if (planner === undefined) {
        planner = createPlanner(operation, document.document);
        planners.set(operation, planner);
      }
      const planned = planner(variables);
      if (planned === null) return null;
      const workspaceId = inbox.readable(principal);
      const { plan, values } = planned;
      return andThen(changes.head(workspaceId), (head) => answerAt(head, plan, values, workspaceId, principal));
    },
  };

  /** The answer as of `head` or later. The same text again, while the workspace stands where they were made. */
  function answerAt(
    head: Cursor,
    plan: Plan,
    values: readonly Value[],
    workspaceId: number,
    principal: Principal,
  ): Awaitable<ByteText | null> {
    // Single calls are put together from their texts; whole answers would keep each of them twice.
    if (!plan.hasPages) {
      if (texts.isAt(workspaceId, head)) return answerOfCalls(plan, values, workspaceId, principal);
      return writeAnswer(head, plan, values, workspaceId, principal);
    }
    const key = `${plan.id} ${JSON.stringify(values)} ${views.of(principal, plan)}`;
    const kept = answers.get(key);
    if (kept !== undefined && kept.cursor.revision === head.revision && kept.cursor.epoch === head.epoch) {
      return kept.text;
    }
    return andThen(writeAnswer(head, plan, values, workspaceId, principal), (text) => {
      // One that is asked for the first time may be the last: most places of a long list are.
      if (asked.get(key) === undefined) asked.set(key, true, 0);
      // Made at `head` or later. Whoever finds the workspace at `head` again knows that there was nothing later.
      else if (text !== null) answers.set(key, { cursor: head, text }, text.length);
      return text;
    });
  }

  /** At once where storage answers at once: no turn of the event loop and no timer for a single call. */
  function answerOfCalls(
    { roots }: Plan,
    values: readonly Value[],
    workspaceId: number,
    principal: Principal,
  ): Awaitable<ByteText | null> {
    const written: ByteText[] = [];
    const late: Promise<void>[] = [];
    for (const [at, root] of roots.entries()) {
      if (root.kind === "page") return null;
      const text = textOf(root, values, workspaceId, principal);
      if (text instanceof Promise) late.push(text.then((text) => void (written[at] = text)));
      else written[at] = text;
    }
    if (late.length === 0) return answerText(roots, written);
    return Promise.all(late).then(() => answerText(roots, written));
  }

  function textOf(
    root: Exclude<Root, { kind: "page" }>,
    values: readonly Value[],
    workspaceId: number,
    principal: Principal,
  ): Awaitable<ByteText> {
    if (root.kind === "text") return root.text;
    if (root.kind === "me") return byteText(root.text.of(principal));
    const callId = readCallId(root.id(values));
    if (callId === null) return byteText("null");
    return texts.get(workspaceId, callId, root.selection) ?? newCallText(callId, root.selection, workspaceId);
  }

  function writeAnswer(
    head: Cursor,
    { roots }: Plan,
    values: readonly Value[],
    workspaceId: number,
    principal: Principal,
  ): Awaitable<ByteText | null> {
    const written: ByteText[] = [];
    return andThen(texts.follow(workspaceId, head), writeNext);

    function writeNext(): Awaitable<ByteText | null> {
      const root = roots[written.length];
      if (root === undefined) return answerText(roots, written);
      const text =
        root.kind === "page" ? pageText(root, head, values, workspaceId) : textOf(root, values, workspaceId, principal);
      return andThen<ByteText | null, ByteText | null>(text, (text) => {
        if (text === null) return null;
        written.push(text);
        return writeNext();
      });
    }
  }

  function newCallText(callId: number, selection: ObjectText<Call>, workspaceId: number): Awaitable<ByteText> {
    return andThen(calls.some(workspaceId, [callId]), ({ calls: [call], revision }) =>
      call === undefined ? byteText("null") : texts.make(workspaceId, revision, call, selection),
    );
  }

  /** A page of one moment: places and texts of the same revision, or null when commits came in between again and again. */
  function pageText(
    root: Extract<Root, { kind: "page" }>,
    head: Cursor,
    values: readonly Value[],
    workspaceId: number,
  ): Awaitable<ByteText | null> {
    const { offset, limit, isCapped } = readPageWindow(numberOf(root.offset(values)), numberOf(root.limit(values)));
    return isCapped ? null : attempt(1);

    function attempt(count: number): Awaitable<ByteText | null> {
      const again = () => (count < attemptsMax ? attempt(count + 1) : null);
      return andThen(calls.places(workspaceId, offset, limit), ({ callIds, totalCount, revision }) => {
        const place = { epoch: head.epoch, revision };
        return andThen(texts.follow(workspaceId, place), () => {
          if (!texts.isAt(workspaceId, place)) return again();
          return andThen(nodeTexts(root.selections, callIds, revision, workspaceId), (nodes) => {
            if (nodes === null) return again();
            const hasNextPage = offset + callIds.length < totalCount;
            // Its own part is names and numbers.
            return root.text.of({ nodes, totalCount, hasNextPage }) as ByteText;
          });
        });
      });
    }
  }

  /** The texts of these calls as they were at `revision`; null when that is past. */
  function nodeTexts(
    selections: readonly ObjectText<Call>[],
    callIds: readonly number[],
    revision: number,
    workspaceId: number,
  ): Awaitable<readonly (readonly ByteText[])[] | null> {
    const found = selections.map((selection) => callIds.map((callId) => texts.get(workspaceId, callId, selection)));
    const missing = callIds.filter((_, at) => found.some((of) => of[at] === undefined));
    if (missing.length === 0) return found as readonly (readonly ByteText[])[];
    return andThen(calls.some(workspaceId, missing), (read) => {
      if (read.revision !== revision || read.calls.length !== missing.length) return null;
      const byId = new Map(read.calls.map((call) => [call.id, call]));
      return selections.map((selection, which) =>
        callIds.map(
          (callId, at) => found[which]?.[at] ?? texts.make(workspaceId, revision, byId.get(callId) as Call, selection),
        ),
      );
    });
  }
}

/**
 * What of a principal decides which answer is the right one, as a text. Everything but who it is by name, and that too where the
 * answer shows it: whatever is added to a principal later keeps answers apart until it is named here. Written once for each.
 */
function createViews() {
  const kept = new WeakMap<Principal, { readonly own: string; readonly shared: string }>();
  return {
    of(principal: Principal, { showsUser }: Plan): string {
      let views = kept.get(principal);
      if (views === undefined) {
        const { userId, username, sessionId: _sessionId, expiresAtMs: _expiresAtMs, ...view } = principal;
        views = { own: JSON.stringify({ userId, username, ...view }), shared: JSON.stringify(view) };
        kept.set(principal, views);
      }
      return showsUser ? views.own : views.shared;
    },
  };
}

function numberOf(value: Value): number | null | undefined {
  if (typeof value === "number" || value === null || value === undefined) return value;
  throw new RangeError("This is no number.");
}

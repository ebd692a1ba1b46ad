import type { CombinedError } from "@urql/core";
import { allCalls } from "../api/call-pages.ts";
import { AddNoteDocument, type CallRowFragment } from "../api/calls.gen.ts";
import { client } from "../api/client.ts";
import { failureFrom } from "../api/failure.ts";
import {
  ArchiveMatchingDocument,
  AssignMatchingDocument,
  type CallOutcome,
  SetCallsArchivedDocument,
  SetCallsAssigneeDocument,
  SetCallsTagDocument,
  TagMatchingDocument,
  UndoChangeDocument,
  UndoChangesDocument,
} from "../api/inbox.gen.ts";
import { CallHistoryDocument } from "../api/panel.gen.ts";
import { RequestFailure } from "../api/post.ts";
import { session } from "../api/session.ts";
import { agoText, sentenceOf } from "../lib/history-text.ts";
import { showToast } from "../ui/toasts.tsx";
import {
  type About,
  type BulkAction,
  type MatchingAction,
  type MatchingStep,
  type Outcome,
  problemsShownMax,
  run,
  type Target,
} from "./bulk.ts";
import { nameOf } from "./names.ts";
import type { Person } from "./people.ts";

/** A call as actions name it. */
export function targetOf(call: CallRowFragment): Target {
  return { id: call.id, name: nameOf(call) };
}

/** Archives or restores calls: at once to see, with progress where they are many, and Undo. */
export function setArchived(about: About, archived: boolean): Promise<void> {
  return run(about, archiving(archived));
}

/** Puts a tag on calls, or takes it off; likewise. */
export function setTag(about: About, tag: string, present: boolean): Promise<void> {
  return run(about, tagging(tag, present));
}

/** Gives calls to somebody to take care of, or to nobody; likewise. */
export function assign(about: About, person: Person | null): Promise<void> {
  return run(about, assigning(person));
}

/** Adds a note, at once to see. Why not, when the server refuses; the note is gone again then. */
export async function addNote(callId: string, content: string): Promise<RequestFailure | null> {
  const { error } = await client.mutation(AddNoteDocument, { input: { activityId: callId, content } }).toPromise();
  return error === undefined ? null : failureFrom(error);
}

/** Takes back what one change did, by its revision. */
export async function undoChange(revision: number): Promise<void> {
  const { error } = await client.mutation(UndoChangeDocument, { revision }).toPromise();
  if (error === undefined) showToast({ text: "Undone" });
  else showToast({ text: `It could not be undone: ${failureFrom(error).message}`, isProblem: true });
}

function archiving(archived: boolean): MatchingAction {
  return {
    done: archived ? "Archived" : "Restored",
    failed: archived ? "archived" : "restored",
    async send(targets) {
      const { data, error } = await client
        .mutation(SetCallsArchivedDocument, { ids: idsOf(targets), archived })
        .toPromise();
      return outcomesOf(targets, data?.setCallsArchived, error);
    },
    async step(filter, after) {
      const { data, error } = await client.mutation(ArchiveMatchingDocument, { filter, after, archived }).toPromise();
      return stepOf(data?.setCallsArchived, error);
    },
    wasSoAlready: (target) => void tellWhoWasFaster(target, archived),
    undo: {
      ...undoing,
      // Of many by the opposite, which is seen at once.
      send: (targets) => (targets.length === 1 ? undoing : archiving(!archived)).send(targets),
    },
  };
}

function tagging(tag: string, present: boolean): MatchingAction {
  return {
    done: present ? `Tagged “${tag}”:` : `Tag “${tag}” taken off:`,
    failed: present ? "tagged" : "changed",
    async send(targets) {
      const { data, error } = await client
        .mutation(SetCallsTagDocument, { ids: idsOf(targets), tag, present })
        .toPromise();
      return outcomesOf(targets, data?.setCallsTag, error);
    },
    async step(filter, after) {
      const { data, error } = await client.mutation(TagMatchingDocument, { filter, after, tag, present }).toPromise();
      return stepOf(data?.setCallsTag, error);
    },
    undo: undoing,
  };
}

function assigning(person: Person | null): MatchingAction {
  const userId = person?.id ?? null;
  return {
    done: person === null ? "Given to nobody:" : `Given to ${person.username}:`,
    failed: "assigned",
    async send(targets) {
      const { data, error } = await client
        .mutation(SetCallsAssigneeDocument, { ids: idsOf(targets), userId })
        .toPromise();
      return outcomesOf(targets, data?.setCallsAssignee, error);
    },
    async step(filter, after) {
      const { data, error } = await client.mutation(AssignMatchingDocument, { filter, after, userId }).toPromise();
      return stepOf(data?.setCallsAssignee, error);
    },
    undo: undoing,
  };
}

/** Says which colleague archived or restored the call a moment ago, with a way to take that back; leaving it alone keeps it. */
async function tellWhoWasFaster({ id, name }: Target, archived: boolean): Promise<void> {
  const { data } = await client
    .query(CallHistoryDocument, { id: Number(id), first: 10 }, { requestPolicy: "network-only" })
    .toPromise();
  const kind = archived ? "CALL_ARCHIVED" : "CALL_UNARCHIVED";
  const change = data?.call?.history.nodes.find((one) => one.kind === kind);
  const state = session.state.get();
  if (change === undefined || ("user" in state && change.actor.id === state.user.id)) return;
  const past = { ...change, assignee: null, assigneeBefore: null };
  showToast({
    text: `${sentenceOf(past, null)} with ${name} ${agoText(change.at, Date.now())}`,
    action: { label: "Undo theirs", run: () => void undoChange(change.revision) },
  });
}

/** Takes back what the changes of the calls did, each exactly that. */
const undoing: BulkAction = {
  done: "Undone:",
  failed: "put back",
  async send(targets) {
    const revisions = targets.map(({ revision = 0 }) => revision);
    const { data, error } = await client.mutation(UndoChangesDocument, { revisions }).toPromise();
    if (error !== undefined) return refused(targets, failureFrom(error));
    const results = data?.undoChanges.results ?? [];
    const problems = results.map(({ outcome }) =>
      outcome === "CONFLICT" ? "Somebody altered the same thing again since." : problemOf(outcome),
    );
    const names = await namesOf(targets.filter(({ name }, at) => name === "" && problems[at] !== null));
    return targets.map(({ id, name }, at) => ({
      id,
      name: name || (names.get(id) ?? ""),
      revision: results[at]?.call?.revision ?? null,
      problem: problems[at] ?? null,
    }));
  },
};

/** What a mutation of many calls answers, as far as it is needed here. */
type Answer = {
  readonly results: readonly {
    readonly id: string;
    readonly outcome: CallOutcome;
    readonly call: { readonly revision: number } | null;
  }[];
};

function outcomesOf(
  targets: readonly Target[],
  answer: Answer | undefined,
  error: CombinedError | undefined,
): readonly Outcome[] {
  if (error !== undefined) return refused(targets, failureFrom(error));
  return answer === undefined ? [] : outcomesIn(answer);
}

function outcomesIn({ results }: Answer, names: ReadonlyMap<string, string> = new Map()): readonly Outcome[] {
  return results.map(({ id, outcome, call }) => ({
    id,
    name: names.get(id) ?? "",
    revision: outcome === "CHANGED" ? (call?.revision ?? null) : null,
    problem: problemOf(outcome),
    isSoAlready: outcome === "UNCHANGED",
  }));
}

async function stepOf(
  answer: (Answer & { readonly hasMore: boolean; readonly endCursor: string | null }) | undefined,
  error: CombinedError | undefined,
): Promise<MatchingStep> {
  if (answer === undefined || error !== undefined) return { failure: failureFrom(error).message };
  const names = await namesOf(answer.results.filter(({ outcome }) => problemOf(outcome) !== null));
  return {
    outcomes: outcomesIn(answer, names),
    next: answer.hasMore ? answer.endCursor : null,
    isToRepeat: answer.results.some(({ outcome }) => outcome === "CONFLICT"),
  };
}

function problemOf(outcome: CallOutcome): string | null {
  switch (outcome) {
    case "NOT_FOUND":
      return "There is no such call any more.";
    case "CONFLICT":
      return "Somebody altered it meanwhile.";
    case "TOO_MANY_TAGS":
      return "It has as many tags as a call can have.";
    case "CHANGED":
    case "UNCHANGED":
      return null;
  }
}

/** What calls are called that were not fetched to be shown; those of them that there are, as far as the server answers. */
async function namesOf(calls: readonly { readonly id: string }[]): Promise<ReadonlyMap<string, string>> {
  if (calls.length === 0) return new Map();
  try {
    const found = await allCalls({ ids: idsOf(calls.slice(0, problemsShownMax)) });
    return new Map(found.map((call) => [call.id, nameOf(call)]));
  } catch (failure) {
    if (!(failure instanceof RequestFailure)) throw failure;
    return new Map();
  }
}

function idsOf(calls: readonly { readonly id: string }[]): readonly string[] {
  return calls.map(({ id }) => id);
}

function refused(targets: readonly Target[], { message }: RequestFailure): readonly Outcome[] {
  return targets.map(({ id }) => ({ id, revision: null, problem: message }));
}

import { AddNoteDocument, type CallRowFragment } from "../api/calls.gen.ts";
import { client } from "../api/client.ts";
import { failureFrom } from "../api/failure.ts";
import {
  AddTagDocument,
  ArchiveMatchingDocument,
  AssignCallDocument,
  RemoveTagDocument,
  SetCallsArchivedDocument,
  UndoChangeDocument,
} from "../api/inbox.gen.ts";
import type { RequestFailure } from "../api/post.ts";
import { showToast } from "../ui/toasts.tsx";
import type { ServerFilter } from "../lib/call-query.ts";
import { agoText, sentenceOf } from "../lib/history-text.ts";
import { session } from "../api/session.ts";
import { CallHistoryDocument } from "../api/panel.gen.ts";
import { runBulk, type BulkAction, type Outcome, runMatching, type Target } from "./bulk.ts";
import { nameOf } from "./names.ts";
import type { Person } from "./people.ts";

/** A call as actions name it. */
export function targetOf(call: CallRowFragment): Target {
  return { id: call.id, name: nameOf(call) };
}

/** Archives the call, or restores it: at once to see, with Undo; back as it was, and said so, when the server refuses. */
export function toggleArchived(call: CallRowFragment): Promise<void> {
  return setArchived([targetOf(call)], !call.is_archived);
}

/** Archives or restores calls, as many as there are, with Undo. */
export function setArchived(targets: readonly Target[], archived: boolean): Promise<void> {
  return runBulk(targets, archiving(archived));
}

/** Archives or restores all calls that a filter lets through, with progress and Undo. @param count how many, as far as that is known */
export function setMatchingArchived(filter: ServerFilter, archived: boolean, count: number | null): Promise<void> {
  return runMatching(count, {
    done: archived ? "Archived" : "Restored",
    async step() {
      const { data, error } = await client.mutation(ArchiveMatchingDocument, { filter, archived }).toPromise();
      if (data === undefined || error !== undefined) return { failure: failureFrom(error).message };
      const { results, hasMore } = data.setCallsArchived;
      const changed = results.flatMap(({ id, outcome, call }) =>
        outcome === "CHANGED" ? [{ id, name: "", ...(call !== null && { revision: call.revision }) }] : [],
      );
      return { changed, hasMore };
    },
    undo: archiving(!archived),
  });
}

/** Puts a tag on calls, with Undo. */
export function addTag(targets: readonly Target[], tag: string): Promise<void> {
  return runBulk(targets, {
    ...oneByOne(async ({ id }) => {
      const { data, error } = await client.mutation(AddTagDocument, { id, tag }).toPromise();
      return outcomeOf(id, data?.addTag.revision, error);
    }),
    done: `Tagged “${tag}”:`,
    failed: "tagged",
  });
}

/** Takes a tag off calls, with Undo. */
export function removeTag(targets: readonly Target[], tag: string): Promise<void> {
  return runBulk(targets, {
    ...oneByOne(async ({ id }) => {
      const { data, error } = await client.mutation(RemoveTagDocument, { id, tag }).toPromise();
      return outcomeOf(id, data?.removeTag.revision, error);
    }),
    done: `Tag “${tag}” taken off:`,
    failed: "changed",
  });
}

/** Gives calls to somebody to take care of, or to nobody; with Undo. */
export function assign(targets: readonly Target[], person: Person | null): Promise<void> {
  return runBulk(targets, {
    ...oneByOne(async ({ id }) => {
      const { data, error } = await client.mutation(AssignCallDocument, { id, userId: person?.id }).toPromise();
      return outcomeOf(id, data?.assignCall.revision, error);
    }),
    done: person === null ? "Given to nobody:" : `Given to ${person.username}:`,
    failed: "assigned",
  });
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

function archiving(archived: boolean): BulkAction {
  return {
    atOnce: 200,
    done: archived ? "Archived" : "Restored",
    failed: archived ? "archived" : "restored",
    async send(targets) {
      const ids = targets.map(({ id }) => id);
      const { data, error } = await client.mutation(SetCallsArchivedDocument, { ids, archived }).toPromise();
      if (error !== undefined) return refused(targets, failureFrom(error));
      return (data?.setCallsArchived.results ?? []).map(({ id, outcome, call }) => ({
        id,
        revision: outcome === "CHANGED" ? (call?.revision ?? null) : null,
        problem: outcome === "NOT_FOUND" ? "There is no such call any more." : null,
        isSoAlready: outcome === "UNCHANGED",
      }));
    },
    wasSoAlready: (target) => void tellWhoWasFaster(target, archived),
    undo: {
      ...undoing,
      send: (targets) => (targets.length === 1 ? undoing.send(targets) : undoAll(targets, archived)),
    },
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

const undoing: BulkAction = {
  atOnce: 4,
  done: "Undone:",
  failed: "put back",
  send: (targets) =>
    Promise.all(
      targets.map(async ({ id, revision }) => {
        if (revision === undefined) return { id, revision: null, problem: null };
        const { data, error } = await client.mutation(UndoChangeDocument, { revision }).toPromise();
        return outcomeOf(id, data?.undoChange.revision, error);
      }),
    ),
};

function undoAll(targets: readonly Target[], archived: boolean): Promise<readonly Outcome[]> {
  return archiving(!archived).send(targets);
}

function oneByOne(send: (target: Target) => Promise<Outcome>): Pick<BulkAction, "atOnce" | "send" | "undo"> {
  return { atOnce: 4, send: (targets) => Promise.all(targets.map(send)), undo: undoing };
}

function outcomeOf(
  id: string,
  revision: number | undefined,
  error: Parameters<typeof failureFrom>[0] | undefined,
): Outcome {
  return { id, revision: revision ?? null, problem: error === undefined ? null : failureFrom(error).message };
}

function refused(targets: readonly Target[], { message }: RequestFailure): readonly Outcome[] {
  return targets.map(({ id }) => ({ id, revision: null, problem: message }));
}

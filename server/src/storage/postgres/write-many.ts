import type { Call, CallOutcome } from "../../domain/call.ts";
import { outcomeFor, type Wanted } from "../../domain/many-calls.ts";
import type { Writing } from "../../domain/storage.ts";
import { outcomeOfUndo } from "../answers.ts";
import type { Tx } from "./group-commit.ts";
import { readChange } from "./read-changes.ts";
import { archive, findCall, findCalls } from "./write-calls.ts";
import { assignable, assignCall, tagCall, undoChange } from "./write-edits.ts";
import { onceForMany } from "./write-once.ts";

/** Makes each call what is wanted: `CallStore.setMany`. */
export function setMany(
  tx: Tx,
  writing: Writing,
  callIds: readonly number[],
  wanted: Wanted,
): Promise<readonly CallOutcome[]> {
  return onceForMany(tx, writing, async () => {
    const set = await setterOf(tx, writing, wanted);
    const calls: Map<number, Call | Promise<Call>> = await findCalls(tx, writing.workspaceId, callIds);
    const outcomes: Promise<CallOutcome>[] = [];
    try {
      for (const callId of callIds) {
        // Known already, or written a moment ago where the same call is there twice.
        // oxlint-disable-next-line no-await-in-loop -- revisions are given in the order of the calls
        const before = (await calls.get(callId)) ?? null;
        const outcome = outcomeFor(before, wanted, writing);
        // Sent at once and answered later: so hundreds of calls do not wait for each other.
        const call = before !== null && outcome === "changed" ? set(before) : before;
        if (call !== null) calls.set(callId, call);
        const told = Promise.resolve(call).then((call) => ({ callId, outcome, call }));
        told.catch(() => undefined);
        outcomes.push(told);
      }
    } finally {
      // Nothing may be on its way when the savepoint is rolled back.
      await Promise.allSettled(outcomes);
    }
    return Promise.all(outcomes);
  });
}

/** Takes changes back: `CallStore.undoMany`. */
export function undoMany(tx: Tx, writing: Writing, revisions: readonly number[]): Promise<readonly CallOutcome[]> {
  return onceForMany(tx, writing, async () => {
    const outcomes: CallOutcome[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one may be about what another one alters
    for (const revision of revisions) outcomes.push(await undoOne(tx, writing, revision));
    return outcomes;
  });
}

async function undoOne(tx: Tx, writing: Writing, revision: number): Promise<CallOutcome> {
  const { workspaceId } = writing;
  const change = await readChange(tx, workspaceId, revision);
  if (change === null) return { callId: 0, outcome: "not-found", call: null };
  const callId = change.call.id;
  try {
    return { callId, outcome: "changed", call: await undoChange(tx, writing, change) };
  } catch (error) {
    return { callId, outcome: outcomeOfUndo(error), call: await findCall(tx, workspaceId, callId) };
  }
}

/** What makes a call that is not so yet what is wanted. @throws DomainError NOT_FOUND for the user */
async function setterOf(tx: Tx, writing: Writing, wanted: Wanted): Promise<(before: Call) => Promise<Call>> {
  switch (wanted.part) {
    case "archived":
      return (before) => archive(tx, writing, before, wanted.is);
    case "tag":
      return (before) => tagCall(tx, writing, before, wanted.tag, wanted.is, {});
    case "assignee": {
      const assignee = await assignable(tx, writing.workspaceId, wanted.userId);
      return (before) => assignCall(tx, writing, before, assignee, {});
    }
  }
}

import { countOf } from "../lib/format.ts";
import { createStore, type Store } from "../lib/store.ts";
import { clearSelection, selection } from "./selection.ts";
import { showToast } from "../ui/toasts.tsx";

/** A call that something is done to. `revision` is the change that an undo takes back. */
export type Target = { readonly id: string; readonly name: string; readonly revision?: number };

/** What became of one. */
export type Outcome = {
  readonly id: string;
  /** The change that was made; null when nothing was. */
  readonly revision: number | null;
  /** Why it could not be done. */
  readonly problem: string | null;
  /** Nothing had to be done: somebody was faster. */
  readonly isSoAlready?: boolean;
};

export type BulkAction = {
  /** How many go out together. */
  readonly atOnce: number;
  /** As in `Archived 3 calls`. */
  readonly done: string;
  /** As in `could not be archived`. */
  readonly failed: string;
  readonly send: (targets: readonly Target[]) => Promise<readonly Outcome[]>;
  readonly undo?: BulkAction;
  /** Tells who was faster with one call. */
  readonly wasSoAlready?: (target: Target) => void;
};

/** How far a run over many calls has come, and what could not be done. */
export type BulkState = {
  readonly text: string;
  readonly doneCount: number;
  readonly count: number;
  readonly isRunning: boolean;
  readonly problems: readonly (Target & { readonly problem: string })[];
  /** Why it went no further; null while it goes on, and where each call has a problem of its own. */
  readonly trouble: string | null;
  /** Does again what is left to be done. */
  readonly retry: () => void;
  /** Ends it after what is on its way; what is done stays done. */
  readonly stop: () => void;
};

const state = createStore<BulkState | null>(null);

/** The run over many calls that is on its way, or that left something undone. */
export const bulkState: Pick<Store<BulkState | null>, "get" | "follow"> = state;

/** Closes what a run left to be read. */
export function closeBulk(): void {
  state.set(null);
}

/** So many chunks are handed over together: what is handed over outlives the page, and cannot be stopped any more. */
const chunksAtOnceMax = 10;

/** Does something to calls, in chunks; tells how it went, with Undo for what was done and Retry for what was not. */
export async function runBulk(targets: readonly Target[], action: BulkAction): Promise<void> {
  const [first] = targets;
  if (first === undefined) return;
  if (targets.length === 1) return runOne(first, action);
  const outcomes: Outcome[] = [];
  const failing: (Target & { readonly problem: string })[] = [];
  const going = { isStopped: false };
  const tell = (isRunning: boolean) =>
    state.set({
      text: `${action.done} ${countOf(outcomes.length - failing.length, "call")}`,
      doneCount: outcomes.length,
      count: targets.length,
      isRunning,
      problems: failing,
      trouble: null,
      retry: () => {
        closeBulk();
        clearSelection();
        void runBulk(failing, action);
      },
      stop: () => (going.isStopped = true),
    });
  tell(true);
  const chunks = chunksOf(targets, action.atOnce);
  const sent: Promise<readonly Outcome[]>[] = [];
  for (const [at, chunk] of chunks.entries()) {
    if (at === sent.length && going.isStopped) break;
    if (at === sent.length) sent.push(...chunks.slice(at, at + chunksAtOnceMax).map((one) => action.send(one)));
    const answered = (await sent[at]) ?? [];
    outcomes.push(...answered);
    for (const { id, problem } of answered) {
      const target = chunk.find((one) => one.id === id);
      if (problem !== null && target !== undefined) failing.push({ ...target, problem });
    }
    tell(true);
  }
  if (failing.length > 0) {
    tell(false);
    selectAgain(failing);
  } else state.set(null);
  const changed = changedOf(targets, outcomes);
  const failedText = failing.length === 0 ? "" : `; ${countOf(failing.length, "call")} could not be ${action.failed}`;
  showToast({
    text: `${action.done} ${countOf(outcomes.length - failing.length, "call")}${failedText}`,
    isProblem: failing.length > 0,
    ...undoOf(action, () => Promise.resolve(changed), changed.length > 0),
  });
}

/** What came of a step over calls that a filter lets through. */
export type MatchingStep =
  | { readonly changed: readonly Target[]; readonly hasMore: boolean }
  | { readonly failure: string };

/**
 * Does something to all calls that a filter lets through, as many as the server takes at a time, until none is left or somebody
 * stops it. @param count how many they are, as far as that is known
 */
export async function runMatching(
  count: number | null,
  action: { readonly done: string; readonly step: () => Promise<MatchingStep>; readonly undo: BulkAction },
): Promise<void> {
  const changed: Target[] = [];
  const going = { isStopped: false };
  const tell = (trouble: string | null, isRunning: boolean) =>
    state.set({
      text: `${action.done} ${countOf(changed.length, "call")}`,
      doneCount: changed.length,
      count: Math.max(count ?? 0, changed.length),
      isRunning,
      problems: [],
      trouble,
      retry: () => void runMatching(count === null ? null : Math.max(0, count - changed.length), action),
      stop: () => (going.isStopped = true),
    });
  tell(null, true);
  for (let hasMore = true; hasMore && !going.isStopped;) {
    const step = await action.step();
    if ("failure" in step) return tell(step.failure, false);
    changed.push(...step.changed);
    hasMore = step.hasMore;
    tell(null, true);
  }
  state.set(null);
  showToast({
    text: `${action.done} ${countOf(changed.length, "call")}${going.isStopped ? ", then stopped" : ""}`,
    ...undoOf(action, () => Promise.resolve(changed), changed.length > 0),
  });
}

/** What could not be done stays selected, unless the person has selected something else by now. */
function selectAgain(targets: readonly Target[]): void {
  const { ids, isAll } = selection.get();
  if (ids.size === 0 && !isAll)
    selection.set({ ids: new Set(targets.map(({ id }) => id)), anchor: null, isAll: false });
}

function chunksOf(targets: readonly Target[], size: number): readonly (readonly Target[])[] {
  const chunks: (readonly Target[])[] = [];
  for (let at = 0; at < targets.length; at += size) chunks.push(targets.slice(at, at + size));
  return chunks;
}

/** One call is told at once, and taken back when the server refuses. */
async function runOne(target: Target, action: BulkAction): Promise<void> {
  const sent = action.send([target]);
  const dismiss = showToast({
    text: `${action.done} the call with ${target.name}`,
    ...undoOf(action, async () => changedOf([target], await sent), true),
  });
  const [outcome] = await sent;
  if (outcome?.isSoAlready === true && action.wasSoAlready !== undefined) {
    dismiss();
    return action.wasSoAlready(target);
  }
  if (outcome?.problem === undefined || outcome.problem === null) return;
  dismiss();
  showToast({
    text: `The call with ${target.name} could not be ${action.failed}: ${outcome.problem}`,
    isProblem: true,
    action: { label: "Retry", run: () => void runOne(target, action) },
  });
}

function undoOf({ undo }: Pick<BulkAction, "undo">, changed: () => Promise<readonly Target[]>, isPossible: boolean) {
  if (undo === undefined || !isPossible) return {};
  const run = () => void changed().then((targets) => runBulk(targets, undo));
  return { action: { label: "Undo", run } };
}

function changedOf(targets: readonly Target[], outcomes: readonly Outcome[]): readonly Target[] {
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  return outcomes.flatMap(({ id, revision, problem }) =>
    revision === null || problem !== null ? [] : [{ id, name: names.get(id) ?? "", revision }],
  );
}

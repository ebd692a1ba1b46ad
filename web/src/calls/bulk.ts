import type { ServerFilter } from "../lib/call-query.ts";
import { countOf } from "../lib/format.ts";
import { createStore, type Store } from "../lib/store.ts";
import { showToast } from "../ui/toasts.tsx";
import { clearSelection, selection } from "./selection.ts";

/** A call that something is done to. `revision` is the change that an undo takes back. */
export type Target = { readonly id: string; readonly name: string; readonly revision?: number };

/** All calls that a filter lets through. */
export type Matching = {
  readonly matching: ServerFilter;
  /** How many they are, as far as that is known. */
  readonly count: number | null;
};

/** What something is done to. */
export type About = readonly Target[] | Matching;

/** What became of one. */
export type Outcome = {
  readonly id: string;
  /** The change that was made; null when nothing was. */
  readonly revision: number | null;
  /** Why it could not be done. */
  readonly problem: string | null;
  /** What the call is called, where it has a problem and was not named by who asked. */
  readonly name?: string;
  /** Nothing had to be done: somebody was faster. */
  readonly isSoAlready?: boolean;
};

/** What came of a step over calls that a filter lets through. */
export type MatchingStep =
  | {
      readonly outcomes: readonly Outcome[];
      /** Where the next step begins; null after the last. */
      readonly next: string | null;
      /** Whether some were altered between the look and the write: another look tells what is left to be done. */
      readonly isToRepeat: boolean;
    }
  | { readonly failure: string };

export type BulkAction = {
  /** As in `Archived 3 calls`. */
  readonly done: string;
  /** As in `could not be archived`. */
  readonly failed: string;
  /** Does it to the calls, 200 at most. */
  readonly send: (targets: readonly Target[]) => Promise<readonly Outcome[]>;
  readonly undo?: BulkAction;
  /** Tells who was faster with one call. */
  readonly wasSoAlready?: (target: Target) => void;
};

/** One that can be done to all that a filter lets through as well. */
export type MatchingAction = BulkAction & {
  /** Does it to the next of them, as many as the server takes. @param after where the step before ended */
  readonly step: (filter: ServerFilter, after: string | null) => Promise<MatchingStep>;
};

/** A call that was left as it was, and why. */
export type LeftCall = Target & { readonly problem: string };

/** How far a run over many calls has come, and what could not be done. */
export type BulkState = {
  readonly text: string;
  readonly doneCount: number;
  readonly count: number;
  readonly isRunning: boolean;
  readonly problems: readonly LeftCall[];
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

/** So many of the calls that were left as they were are shown one by one. */
export const problemsShownMax = 100;

/** Calls of one request. */
const atOnce = 200;
/** So many chunks are handed over together: what is handed over outlives the page, and cannot be stopped any more. */
const chunksAtOnceMax = 10;
/** How often all that match are looked at again for those that were altered meanwhile. */
const looksMax = 3;

/** Does something to calls, with progress, Undo for what was done and Retry for what was not. */
export function run(about: About, action: MatchingAction): Promise<void> {
  return "matching" in about ? runMatching(about, action) : runBulk(about, action);
}

/** The same for calls that are known, in chunks. */
export async function runBulk(targets: readonly Target[], action: BulkAction): Promise<void> {
  const [first] = targets;
  if (first === undefined) return;
  if (targets.length === 1) return runOne(first, action);
  const going = startRun(action, targets.length);
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  const chunks = chunksOf(targets);
  const sent: Promise<readonly Outcome[]>[] = [];
  for (let at = 0; at < chunks.length; at += 1) {
    if (at === sent.length && going.isStopped()) break;
    if (at === sent.length) sent.push(...chunks.slice(at, at + chunksAtOnceMax).map((one) => action.send(one)));
    going.take((await sent[at]) ?? [], names);
  }
  selectAgain(going.end());
}

/** The same for all that a filter lets through, until none is left or somebody stops it. */
async function runMatching({ matching, count }: Matching, action: MatchingAction): Promise<void> {
  const going = startRun(action, count);
  for (let looks = 0, isToRepeat = true; isToRepeat && looks < looksMax && !going.isStopped(); looks += 1) {
    // What was altered meanwhile may not be among them any more.
    going.forgetProblems();
    isToRepeat = false;
    for (let after: string | null = null, isFirst = true; (isFirst || after !== null) && !going.isStopped();) {
      const step: MatchingStep = await action.step(matching, after);
      if ("failure" in step) {
        const left = count === null ? null : Math.max(0, count - going.doneCount());
        return going.fail(step.failure, () => void runMatching({ matching, count: left }, action));
      }
      going.take(step.outcomes);
      isToRepeat ||= step.isToRepeat;
      isFirst = false;
      after = step.next;
    }
  }
  going.end();
}

/** Tells how a run goes. @param count how many calls it is over, as far as that is known */
function startRun(action: BulkAction, count: number | null) {
  const changed: Target[] = [];
  const problems = new Map<string, LeftCall>();
  let soCount = 0;
  let isStopped = false;
  const doneCount = () => soCount + problems.size;
  const text = () => `${action.done} ${countOf(soCount, "call")}`;
  const tell = (isRunning: boolean, trouble: string | null = null, retry?: () => void) =>
    state.set({
      text: text(),
      doneCount: doneCount(),
      count: Math.max(count ?? 0, doneCount()),
      isRunning,
      problems: [...problems.values()],
      trouble,
      retry() {
        closeBulk();
        clearSelection();
        if (retry === undefined) void runBulk([...problems.values()], action);
        else retry();
      },
      stop: () => (isStopped = true),
    });
  tell(true);
  return {
    doneCount,
    isStopped: () => isStopped,
    take(outcomes: readonly Outcome[], names?: ReadonlyMap<string, string>): void {
      for (const { id, name: found = "", revision, problem } of outcomes) {
        const name = names?.get(id) || found;
        if (problem !== null) problems.set(id, { id, name, problem });
        else {
          soCount += 1;
          if (revision !== null) changed.push({ id, name, revision });
        }
      }
      tell(true);
    },
    forgetProblems: () => problems.clear(),
    /** Ends it where the server takes no more, with a way to go on. */
    fail: (trouble: string, retry: () => void) => tell(false, trouble, retry),
    /** Ends it; what was left as it was. */
    end(): readonly LeftCall[] {
      if (problems.size > 0) tell(false);
      else state.set(null);
      const failed = problems.size === 0 ? "" : `; ${countOf(problems.size, "call")} could not be ${action.failed}`;
      showToast({
        text: `${text()}${failed}${isStopped ? ", then stopped" : ""}`,
        isProblem: problems.size > 0,
        ...undoOf(action, () => Promise.resolve(changed), changed.length > 0),
      });
      return [...problems.values()];
    },
  };
}

/** What could not be done stays selected, unless the person has selected something else by now. */
function selectAgain(targets: readonly Target[]): void {
  const { ids, isAll } = selection.get();
  if (targets.length > 0 && ids.size === 0 && !isAll)
    selection.set({ ids: new Set(targets.map(({ id }) => id)), anchor: null, isAll: false });
}

function chunksOf(targets: readonly Target[]): readonly (readonly Target[])[] {
  const chunks: (readonly Target[])[] = [];
  for (let at = 0; at < targets.length; at += atOnce) chunks.push(targets.slice(at, at + atOnce));
  return chunks;
}

/** One call is told at once, and taken back when the server refuses. */
async function runOne(target: Target, action: BulkAction): Promise<void> {
  const sent = action.send([target]);
  const dismiss = showToast({
    text: `${action.done} the call with ${target.name}`,
    ...undoOf(action, async () => changedOf(target, await sent), true),
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

function undoOf({ undo }: BulkAction, changed: () => Promise<readonly Target[]>, isPossible: boolean) {
  if (undo === undefined || !isPossible) return {};
  return { action: { label: "Undo", run: () => void changed().then((targets) => runBulk(targets, undo)) } };
}

function changedOf({ name }: Target, outcomes: readonly Outcome[]): readonly Target[] {
  return outcomes.flatMap(({ id, revision, problem }) =>
    revision === null || problem !== null ? [] : [{ id, name, revision }],
  );
}

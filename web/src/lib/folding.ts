/** What folding looks at of a call. */
export type Folded = {
  readonly id: string;
  readonly direction: string;
  readonly call_type: string;
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly created_at: string;
};

/** A row of the list: a call, and those right before it that were the same again. */
export type Fold<Call> = {
  readonly kind: "call";
  readonly call: Call;
  /** What the row also stands for. */
  readonly repeats: readonly Call[];
  /** How many calls the row's group has when it is unfolded and this is its first row; 0 else. */
  readonly unfoldedCount: number;
};

const foldMs = 15 * 60_000;

/**
 * Calls in their order, newest first, with repeated ones folded into the newest of them: same number, line, direction and type,
 * next to each other and within 15 minutes. A group with a call among `unfolded` is a row for each.
 */
export function foldRepeats<Call extends Folded>(
  calls: readonly Call[],
  unfolded: ReadonlySet<string>,
): readonly Fold<Call>[] {
  const folds: Fold<Call>[] = [];
  let end = 0;
  for (const [at, call] of calls.entries()) {
    // Among the calls of the row before.
    if (at < end) continue;
    end = at + 1;
    for (let next = calls[end]; next !== undefined && isRepeat(call, next); next = calls[end]) end += 1;
    if (end === at + 1) {
      folds.push(asFold(call));
      continue;
    }
    const repeats = calls.slice(at + 1, end);
    if (![call, ...repeats].some(({ id }) => unfolded.has(id)))
      folds.push({ kind: "call", call, repeats, unfoldedCount: 0 });
    else folds.push({ kind: "call", call, repeats: [], unfoldedCount: repeats.length + 1 }, ...repeats.map(asFold));
  }
  return folds;
}

const rows = new WeakMap<Folded, Fold<Folded>>();

/** A row of a call alone: the same one for the same call, for a long list is made anew at each change of one. */
export function asFold<Call extends Folded>(call: Call): Fold<Call> {
  const known = rows.get(call);
  if (known !== undefined) return known as Fold<Call>;
  const row: Fold<Call> = { kind: "call", call, repeats: [], unfoldedCount: 0 };
  rows.set(call, row);
  return row;
}

function isRepeat(newest: Folded, call: Folded): boolean {
  return (
    newest.from === call.from &&
    newest.to === call.to &&
    newest.via === call.via &&
    newest.direction === call.direction &&
    newest.call_type === call.call_type &&
    Date.parse(newest.created_at) - Date.parse(call.created_at) <= foldMs
  );
}

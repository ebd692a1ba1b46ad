/** What folding looks at of a call. */
export type Folded = {
  readonly id: string;
  readonly direction: string;
  readonly call_type: string;
  readonly from: string;
  readonly to: string;
  readonly fromNumber?: { readonly e164: string | null };
  readonly toNumber?: { readonly e164: string | null };
  readonly via: string;
  readonly created_at: string;
};

/** A row of the list: a call, and those right before it that were the same again. */
export type Fold<Call> = {
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
  const groups: [Call, ...Call[]][] = [];
  for (const call of calls) {
    const group = groups.at(-1);
    if (group !== undefined && isRepeat(group[0], call)) group.push(call);
    else groups.push([call]);
  }
  return groups.flatMap((group): readonly Fold<Call>[] => {
    const [call, ...repeats] = group;
    if (repeats.length === 0 || !group.some(({ id }) => unfolded.has(id))) return [{ call, repeats, unfoldedCount: 0 }];
    return group.map((one) => ({ call: one, repeats: [], unfoldedCount: one === call ? group.length : 0 }));
  });
}

function isRepeat(newest: Folded, call: Folded): boolean {
  return (
    (newest.fromNumber?.e164 ?? newest.from) === (call.fromNumber?.e164 ?? call.from) &&
    (newest.toNumber?.e164 ?? newest.to) === (call.toNumber?.e164 ?? call.to) &&
    newest.via === call.via &&
    newest.direction === call.direction &&
    newest.call_type === call.call_type &&
    Date.parse(newest.created_at) - Date.parse(call.created_at) <= foldMs
  );
}

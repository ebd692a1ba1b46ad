/** Which calls are selected. */
export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** Where a range starts: what was selected last by itself. */
  readonly anchor: string | null;
  /** Everything that the list's filter lets through, fetched or not. */
  readonly isAll: boolean;
};

export const nothingSelected: Selection = { ids: new Set(), anchor: null, isAll: false };

/** Selects what is not, and the other way round. All of `ids` go the way of the first. */
export function toggled({ ids }: Selection, turned: readonly string[]): Selection {
  const [first] = turned;
  if (first === undefined) return { ids, anchor: null, isAll: false };
  return withIds(ids, turned, !ids.has(first), first);
}

/** Selects everything between the anchor and a call, both included. @param order the ids of the list in their order */
export function extended(selection: Selection, order: readonly string[], to: string): Selection {
  const end = order.indexOf(to);
  const start = selection.anchor === null ? end : order.indexOf(selection.anchor);
  if (end === -1) return selection;
  const range = start === -1 ? [to] : order.slice(Math.min(start, end), Math.max(start, end) + 1);
  return { ...withIds(selection.ids, range, true, selection.anchor ?? to) };
}

/** Selects or unselects a group, such as the calls of a day. */
export function withGroup({ ids, anchor }: Selection, group: readonly string[], isSelected: boolean): Selection {
  return withIds(ids, group, isSelected, anchor);
}

/** How much of a group is selected. */
export function stateOfGroup(ids: ReadonlySet<string>, group: readonly string[]): "all" | "some" | "none" {
  const count = group.reduce((sum, id) => sum + (ids.has(id) ? 1 : 0), 0);
  return count === 0 ? "none" : count === group.length ? "all" : "some";
}

function withIds(
  ids: ReadonlySet<string>,
  changed: readonly string[],
  isSelected: boolean,
  anchor: string | null,
): Selection {
  const next = new Set(ids);
  for (const id of changed) {
    if (isSelected) next.add(id);
    else next.delete(id);
  }
  return { ids: next, anchor: next.size === 0 ? null : anchor, isAll: false };
}

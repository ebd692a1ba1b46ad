import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from "graphql";

/** One entry of an object in the answer: its response key, and every node that asks for it, merged. */
export type Entry = {
  readonly key: string;
  readonly node: FieldNode;
  readonly selectionSets: readonly SelectionSetNode[];
};

/** Whether a node with these directives is part of the answer. */
export type IsIncluded = (directives: readonly DirectiveNode[] | undefined) => boolean;

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * The entries of an object in the order in which the specification has them (section 6.3.2, CollectFields), for a document
 * that is valid. Every fragment applies: this schema has neither interfaces nor unions in what is compiled.
 */
export function entriesOfSelection(
  selectionSets: readonly SelectionSetNode[],
  fragments: Fragments,
  isIncluded: IsIncluded,
): readonly Entry[] {
  const entries = new Map<string, { node: FieldNode; selectionSets: SelectionSetNode[] }>();
  const spread = new Set<string>();
  for (const selectionSet of selectionSets) collect(selectionSet);
  return [...entries].map(([key, entry]) => Object.assign({ key }, entry));

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!isIncluded(selection.directives)) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FIELD) add(selection);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment === undefined || spread.has(selection.name.value)) continue;
        spread.add(selection.name.value);
        collect(fragment.selectionSet);
      }
    }
  }

  function add(node: FieldNode): void {
    const key = node.alias?.value ?? node.name.value;
    const entry = entries.get(key) ?? { node, selectionSets: [] };
    if (node.selectionSet !== undefined) entry.selectionSets.push(node.selectionSet);
    entries.set(key, entry);
  }
}

export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  return fragments;
}

/** Directives on the definition itself and on every selection in it. */
export function directivesBelow(node: {
  readonly directives?: readonly DirectiveNode[] | undefined;
  readonly selectionSet?: SelectionSetNode | undefined;
}): readonly DirectiveNode[] {
  const inner = (node.selectionSet?.selections ?? []).flatMap((selection) => directivesBelow(selection));
  return [...(node.directives ?? []), ...inner];
}

import type { SelectionSetNode } from "graphql";
import type { Call, Note } from "../../domain/call.ts";
import type { Entry } from "./selection.ts";

/** How one selection writes an object as JSON. */
export type ObjectText<T> = {
  /** The same for selections that write the same text of every object, whatever document they stand in. */
  readonly signature: string;
  readonly of: (object: T) => string;
};

/** The entries of a selection within the operation that is compiled. */
export type Entries = (selectionSets: readonly SelectionSetNode[]) => readonly Entry[];

/** Thrown while compiling: something stands in the document that is left to the library. */
export class NotCompiled extends Error {
  override readonly name = "NotCompiled";
}

type FieldTexts<T> = Readonly<Record<string, (object: T) => string>>;

const callFields: FieldTexts<Call> = {
  id: ({ id }) => `"${id}"`,
  direction: ({ direction }) => JSON.stringify(direction),
  from: ({ from }) => JSON.stringify(from),
  to: ({ to }) => JSON.stringify(to),
  duration: ({ durationMs }) => numberText(durationMs),
  is_archived: ({ isArchived }) => (isArchived ? "true" : "false"),
  call_type: ({ callType }) => JSON.stringify(callType),
  via: ({ via }) => JSON.stringify(via),
  created_at: ({ createdAtMs }) => `"${new Date(createdAtMs).toISOString()}"`,
};

const noteFields: FieldTexts<Note> = {
  id: ({ id }) => `"${id}"`,
  content: ({ content }) => JSON.stringify(content),
};

/** @throws NotCompiled for a field of calls or notes that is not one of the above. */
export function callText(selectionSets: readonly SelectionSetNode[], entries: Entries): ObjectText<Call> {
  return objectText("Call", callFields, selectionSets, entries, ({ node, selectionSets }) => {
    if (node.name.value !== "notes") throw new NotCompiled(node.name.value);
    const { signature, of } = objectText("Note", noteFields, selectionSets, entries);
    return { signature: `notes${signature}`, of: ({ notes }) => listText(notes.map((note) => of(note))) };
  });
}

/**
 * The text of an object whose plain fields are listed by name; `other` compiles those that are not.
 * @throws NotCompiled for a field that nobody knows, or one with arguments.
 */
export function objectText<T>(
  typeName: string,
  fields: FieldTexts<T>,
  selectionSets: readonly SelectionSetNode[],
  entries: Entries,
  other: (entry: Entry) => ObjectText<T> = ({ node }) => {
    throw new NotCompiled(node.name.value);
  },
): ObjectText<T> {
  const compiled = entries(selectionSets).map((entry) => {
    const name = entry.node.name.value;
    if ((entry.node.arguments?.length ?? 0) > 0) throw new NotCompiled(name);
    const { signature, of } = fieldText(entry, name);
    return { key: entry.key, signature, of };
  });
  return entriesText(compiled);

  function fieldText(entry: Entry, name: string): ObjectText<T> {
    if (name === "__typename") return { signature: name, of: () => `"${typeName}"` };
    const of = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return of === undefined ? other(entry) : { signature: name, of };
  }
}

/** An object with these keys, in this order. Keys are names of GraphQL, so none needs escaping. */
function entriesText<T>(entries: readonly (ObjectText<T> & { readonly key: string })[]): ObjectText<T> {
  const signature = `{${entries.map((entry) => `${entry.key}:${entry.signature}`).join(" ")}}`;
  if (entries.length === 0) return { signature, of: () => "{}" };
  const texts = entries.map(({ of }) => of);
  const prefixes = entries.map(({ key }, at) => `${at === 0 ? "{" : ","}"${key}":`);
  return {
    signature,
    of(object) {
      const parts: string[] = [];
      for (let at = 0; at < texts.length; at++) {
        parts.push(prefixes[at] as string, (texts[at] as (object: T) => string)(object));
      }
      parts.push("}");
      // Joined, not added up: the text is kept, and a sum would keep all its parts beside it.
      return parts.join("");
    },
  };
}

export function listText(texts: readonly string[]): string {
  return `[${texts.join(",")}]`;
}

/** @throws RangeError for what JSON has no number for: the library says what is wrong with it. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError("This number has no JSON text.");
  return JSON.stringify(value);
}

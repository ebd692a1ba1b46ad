import { type DirectiveNode, type DocumentNode, Kind } from "graphql";
import type { Call } from "../../domain/call.ts";
import type { PreparedOperation } from "../documents.ts";
import type { Variables } from "../variables.ts";
import {
  type Entries,
  NotCompiled,
  type ObjectText,
  callText,
  listText,
  numberText,
  objectText,
} from "./object-text.ts";
import { type ByteText, byteText } from "./byte-text.ts";
import { directivesBelow, type Entry, entriesOfSelection, fragmentsOf } from "./selection.ts";
import { type ReadArgument, type Value, compileArgument, compileValue, compileVariables } from "./values.ts";

/** A query that is answered without the library, for one outcome of its directives. */
export type Plan = {
  /** Unlike that of every other plan. */
  readonly id: number;
  readonly roots: readonly Root[];
  /** Whether the answer tells who asks. */
  readonly showsUser: boolean;
  readonly hasPages: boolean;
};

export type Root = { readonly key: string } & (
  | { readonly kind: "text"; readonly text: ByteText }
  | { readonly kind: "me"; readonly text: ObjectText<Me> }
  | { readonly kind: "call"; readonly id: ReadArgument; readonly selection: ObjectText<Call> }
  | {
      readonly kind: "page";
      readonly offset: ReadArgument;
      readonly limit: ReadArgument;
      /** What is asked of each call; most often one selection or none. */
      readonly selections: readonly ObjectText<Call>[];
      readonly text: ObjectText<PageTexts>;
    }
);

export type Me = { readonly userId: string; readonly username: string };

export type PageTexts = {
  /** The texts of the calls, for each of the root's selections. */
  readonly nodes: readonly (readonly ByteText[])[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
};

/** Finds the plan for an operation and its variables; null when the library is to execute it, and to say what is wrong. */
export type Planner = (variables: Variables) => { readonly plan: Plan; readonly values: readonly Value[] } | null;

/** Plans of one operation, one for each outcome of its directives that was asked for. */
const plansMax = 16;
const int32Max = 2 ** 31 - 1;
let plansMade = 0;

/**
 * Compiles an operation of a valid document that uses nothing but the query fields `paginatedCalls`, `call` and `me` with
 * the arguments, fields and directives of the documented API. Everything that was added to the schema since is left to the library, until it
 * is listed here: so a new field is right first, and fast when it turns out to matter.
 */
export function createPlanner(operation: PreparedOperation, document: DocumentNode): Planner {
  const variableNames = operation.variableNames;
  const plans = new Map<string, Plan | null>();
  const readVariables = compiledOr(null, () => compileVariables(operation.node));
  const conditions = compiledOr(null, () => compileConditions(document, variableNames));
  if (operation.kind !== "query" || readVariables === null || conditions === null) return () => null;

  return (variables) => {
    const values = readVariables(variables);
    if (values === null) return null;
    let outcome = "";
    for (const { read } of conditions.values()) {
      const value = read(values);
      if (typeof value !== "boolean" && value !== undefined) return null;
      outcome += value === undefined ? "-" : value ? "1" : "0";
    }
    let plan = plans.get(outcome);
    if (plan === undefined) {
      if (plans.size >= plansMax) return null;
      plan = compiledOr(null, () => compilePlan(operation, document, isIncluded(values)));
      plans.set(outcome, plan);
    }
    return plan && { plan, values };
  };

  function isIncluded(values: readonly Value[]) {
    return (directives: readonly DirectiveNode[] | undefined): boolean =>
      directives === undefined ||
      directives.every((directive) => {
        const condition = conditions?.get(directive);
        const value = condition?.read(values);
        if (condition === undefined || typeof value !== "boolean") throw new NotCompiled(directive.name.value);
        return value === condition.wanted;
      });
  }
}

type Conditions = ReadonlyMap<DirectiveNode, { readonly wanted: boolean; readonly read: ReadArgument }>;

/** Every directive on a selection of the document. @throws NotCompiled for one that is neither `@skip` nor `@include`. */
function compileConditions(document: DocumentNode, variableNames: readonly string[]): Conditions {
  const conditions = new Map<DirectiveNode, { wanted: boolean; read: ReadArgument }>();
  for (const definition of document.definitions) {
    if (!("selectionSet" in definition)) throw new NotCompiled(definition.kind);
    for (const directive of directivesBelow(definition)) {
      const name = directive.name.value;
      if (name !== "skip" && name !== "include") throw new NotCompiled(name);
      const node = directive.arguments?.find((argument) => argument.name.value === "if")?.value;
      // A variable of another operation of the document: what it stands in is not reached from here.
      const isForeign = node?.kind === Kind.VARIABLE && !variableNames.includes(node.name.value);
      const read = isForeign ? () => undefined : compileValue(node, "Boolean", variableNames);
      conditions.set(directive, { wanted: name === "include", read });
    }
  }
  return conditions;
}

/** @throws NotCompiled */
function compilePlan(
  { node, variableNames }: PreparedOperation,
  document: DocumentNode,
  isIncluded: (directives: readonly DirectiveNode[] | undefined) => boolean,
): Plan {
  const fragments = fragmentsOf(document);
  const entries: Entries = (selectionSets) => entriesOfSelection(selectionSets, fragments, isIncluded);
  const roots = entries([node.selectionSet]).map((entry) => compileRoot(entry, entries, variableNames));
  plansMade += 1;
  return {
    id: plansMade,
    roots,
    showsUser: roots.some(({ kind }) => kind === "me"),
    hasPages: roots.some(({ kind }) => kind === "page"),
  };
}

function compileRoot({ key, node, selectionSets }: Entry, entries: Entries, variableNames: readonly string[]): Root {
  switch (node.name.value) {
    case "__typename":
      return { key, kind: "text", text: byteText('"Query"') };
    case "me":
      return { key, kind: "me", text: objectText("UserType", meFields, selectionSets, entries) };
    case "call": {
      takesOnly(node, "id");
      const id = compileArgument(node, "id", "CallId", variableNames);
      return { key, kind: "call", id, selection: callText(selectionSets, entries) };
    }
    case "paginatedCalls": {
      takesOnly(node, "offset", "limit");
      const offset = compileArgument(node, "offset", "Float", variableNames);
      const limit = compileArgument(node, "limit", "Float", variableNames);
      const selections: ObjectText<Call>[] = [];
      const text = objectText("PaginatedCalls", pageFields, selectionSets, entries, (entry) => {
        if (entry.node.name.value !== "nodes") throw new NotCompiled(entry.node.name.value);
        const at = selections.push(callText(entry.selectionSets, entries)) - 1;
        return { signature: `nodes ${at}`, of: ({ nodes }) => listText(nodes[at] ?? []) };
      });
      return { key, kind: "page", offset, limit, selections, text };
    }
    default:
      throw new NotCompiled(node.name.value);
  }
}

const meFields = {
  id: ({ userId }: Me) => JSON.stringify(userId),
  username: ({ username }: Me) => JSON.stringify(username),
};

const pageFields = {
  totalCount({ totalCount }: PageTexts) {
    if (totalCount > int32Max) throw new RangeError("This count is no Int.");
    return numberText(totalCount);
  },
  hasNextPage: ({ hasNextPage }: PageTexts) => (hasNextPage ? "true" : "false"),
};

/** The response map around the texts of the roots. Joined, so that what is kept is one text and not the sum of many. */
export function answerText(roots: readonly Root[], texts: readonly ByteText[]): ByteText {
  const parts = ['{"data":{'];
  for (const [at, { key }] of roots.entries()) parts.push(at === 0 ? '"' : ',"', key, '":', texts[at] as ByteText);
  parts.push("}}");
  // Names are ASCII.
  return parts.join("") as ByteText;
}

function takesOnly(node: Entry["node"], ...names: readonly string[]): void {
  const other = node.arguments?.find(({ name }) => !names.includes(name.value));
  if (other !== undefined) throw new NotCompiled(other.name.value);
}

function compiledOr<T, Fallback>(fallback: Fallback, compile: () => T): T | Fallback {
  try {
    return compile();
  } catch (error) {
    if (error instanceof NotCompiled) return fallback;
    throw error;
  }
}

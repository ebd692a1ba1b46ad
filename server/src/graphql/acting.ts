import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  Kind,
  locatedError,
  type OperationDefinitionNode,
  type TypeNode,
} from "graphql";
import type { Call } from "../domain/call.ts";
import type { Inbox } from "../domain/inbox.ts";
import type { Principal } from "../domain/workspace.ts";
import type { PreparedDocument, PreparedOperation } from "./documents.ts";
import { type ByteText, byteText } from "./reading/byte-text.ts";
import { type Entries, NotCompiled, type ObjectText, callText } from "./reading/object-text.ts";
import { directivesBelow, entriesOfSelection, fragmentsOf } from "./reading/selection.ts";
import { compileArgument, compileValue, compileVariables, scalars, type Value } from "./reading/values.ts";
import type { Variables } from "./variables.ts";

export type ActingRequest = {
  readonly document: PreparedDocument;
  readonly operation: PreparedOperation;
  readonly variables: Variables;
  readonly principal: Principal;
};

/** The complete response map as JSON, or what the library would have made of a failure. */
export type Acted = { readonly body: ByteText } | { readonly result: ExecutionResult };

/**
 * Does the two mutations of the documented API, `archiveCall` and `addNote`, without the library: for each of them its executor makes and
 * aborts a controller, coerces variables and goes through a dozen promises, three tenths of the processor time of a write. What is
 * written, and what is answered, is the same. Null means that the library is to execute the operation, and nothing has been done.
 *
 * Left to the library is whatever stands beside the plain form: several fields, directives, `ifRevision`, and arguments that do not fit.
 */
export type Acting = {
  /** Never rejects. */
  act(request: ActingRequest): Promise<Acted> | null;
};

type Write = (principal: Principal) => Promise<Call>;

/** One mutation, ready to be asked for with variables; null for variables that the library has to look at. */
type Act = {
  readonly key: string;
  readonly node: FieldNode;
  readonly selection: ObjectText<Call>;
  readonly write: (variables: Variables) => Write | null;
};

export function createActing(inbox: Pick<Inbox, "toggleArchived" | "addNote">): Acting {
  const acts = new WeakMap<PreparedOperation, Act | null>();
  return {
    act({ document, operation, variables, principal }) {
      let act = acts.get(operation);
      if (act === undefined) {
        act = compiledOrNull(operation.node, document.document, inbox);
        acts.set(operation, act);
      }
      const write = act?.write(variables) ?? null;
      return act === null || write === null ? null : perform(act, write, principal);
    },
  };
}

async function perform({ key, node, selection }: Act, write: Write, principal: Principal): Promise<Acted> {
  try {
    const call = await write(principal);
    // The key is a name of GraphQL, which needs no escaping.
    return { body: byteText(`{"data":{"${key}":${selection.of(call)}}}`) };
  } catch (error) {
    // Both fields are promised, so that nothing is left of the data.
    return { result: { data: null, errors: [locatedError(error, [node], [key])] } };
  }
}

function compiledOrNull(operation: OperationDefinitionNode, document: DocumentNode, inbox: WritingInbox): Act | null {
  try {
    return compileAct(operation, document, inbox);
  } catch (error) {
    if (error instanceof NotCompiled) return null;
    throw error;
  }
}

type WritingInbox = Pick<Inbox, "toggleArchived" | "addNote">;

/** @throws NotCompiled */
function compileAct(operation: OperationDefinitionNode, document: DocumentNode, inbox: WritingInbox): Act {
  for (const definition of document.definitions) {
    const [directive] = directivesBelow(definition);
    if (directive !== undefined) throw new NotCompiled(directive.name.value);
  }
  const fragments = fragmentsOf(document);
  const entries: Entries = (selectionSets) => entriesOfSelection(selectionSets, fragments, () => true);
  const [entry, other] = entries([operation.selectionSet]);
  if (entry === undefined || other !== undefined) throw new NotCompiled("several fields");
  const { key, node, selectionSets } = entry;
  return { key, node, selection: callText(selectionSets, entries), write: compileWrite(node, operation, inbox) };
}

/** @throws NotCompiled */
function compileWrite(node: FieldNode, operation: OperationDefinitionNode, inbox: WritingInbox): Act["write"] {
  const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const [argument, more] = node.arguments ?? [];
  if (argument === undefined || more !== undefined) throw new NotCompiled("other arguments");
  switch (node.name.value) {
    case "archiveCall": {
      const readVariables = compileVariables(operation);
      const readId = compileArgument(node, "id", "CallId", names);
      return (variables) => {
        const values = readVariables(variables);
        const id = values === null ? null : readId(values);
        return typeof id === "string" ? (principal) => inbox.toggleArchived(principal, id) : null;
      };
    }
    case "addNote": {
      const readInput =
        argument.value.kind === Kind.VARIABLE
          ? compileNoteVariable(argument.value.name.value, operation)
          : compileNoteObject(argument, operation, names);
      return (variables) => {
        const { activityId, content } = readInput(variables);
        if (typeof activityId !== "string" || typeof content !== "string") return null;
        return (principal) => inbox.addNote(principal, activityId, content);
      };
    }
    default:
      throw new NotCompiled(node.name.value);
  }
}

/** What `AddNoteInput` has; something other than two texts is left to the library. */
type ReadNote = (variables: Variables) => { readonly activityId?: Value; readonly content?: Value };

/** `addNote(input: $input)`, as the documented clients send it. @throws NotCompiled */
function compileNoteVariable(name: string, { variableDefinitions = [] }: OperationDefinitionNode): ReadNote {
  const [definition, other] = variableDefinitions;
  if (definition === undefined || other !== undefined || definition.defaultValue !== undefined) {
    throw new NotCompiled("other variables");
  }
  if (typeName(definition.type) !== "AddNoteInput") throw new NotCompiled(typeName(definition.type));
  return (variables) => {
    const input = variables[name];
    if (typeof input !== "object" || input === null || Object.keys(input).length !== 2) return {};
    const { activityId, content } = input as { readonly activityId?: unknown; readonly content?: unknown };
    return { activityId: scalars["ID"]?.(activityId), content: scalars["String"]?.(content) };
  };
}

/** `addNote(input: { activityId: …, content: … })`, of literals and plain variables. @throws NotCompiled */
function compileNoteObject(
  { value }: NonNullable<FieldNode["arguments"]>[number],
  operation: OperationDefinitionNode,
  names: readonly string[],
): ReadNote {
  if (value.kind !== Kind.OBJECT || value.fields.length !== 2) throw new NotCompiled("another input");
  const readVariables = compileVariables(operation);
  const fieldOf = (wanted: string) => value.fields.find(({ name }) => name.value === wanted)?.value;
  const readId = compileValue(fieldOf("activityId"), "CallId", names);
  const readContent = compileValue(fieldOf("content"), "String", names);
  return (variables) => {
    const values = readVariables(variables);
    return values === null ? {} : { activityId: readId(values), content: readContent(values) };
  };
}

function typeName(type: TypeNode): string {
  if (type.kind === Kind.NON_NULL_TYPE) return typeName(type.type);
  return type.kind === Kind.NAMED_TYPE ? type.name.value : "a list";
}

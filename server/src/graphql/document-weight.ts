import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { auditPageDefault } from "../domain/audit-log.ts";
import { changePageDefault } from "../domain/change-page.ts";
import { historyLimitDefault, historyLimitMax } from "../domain/inbox-edits.ts";
import { contactPageDefault } from "../domain/contact.ts";
import { pageLimitDefault, pageLimitMax } from "../domain/page.ts";

/** What an operation asks for at most, fragments followed. Worked out once per document, without executing anything. */
export type OperationWeight = {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly logins: number;
  /**
   * Objects of the answer when every page had the requested number of nodes: notes are taken as two a call. For null,
   * before the variables are known, the least that it can be.
   */
  cost(variables: Readonly<Record<string, unknown>> | null): number;
};

export type DocumentWeight = {
  readonly operations: ReadonlyMap<OperationDefinitionNode, OperationWeight>;
  readonly fragments: number;
  readonly directives: number;
  /** True when fragments spread each other in a circle; the other numbers then mean nothing. */
  readonly isCyclic: boolean;
};

/** Of one selection set. `perPage`: objects for each node of a page, by where the page's limit comes from. */
type Weight = {
  depth: number;
  aliases: number;
  fields: number;
  logins: number;
  objects: number;
  nodes: number;
  perPage: Map<Limit, number>;
};
/**
 * A number, or the variable that has it or a list of that length: what it is when nothing is given, a space and its name, and where it
 * counts only beside another variable, a space and that one's name.
 */
type Limit = number | string;

const loginCost = 1_000;
const introspectionCost = 1_000;
const notesPerCall = 2;
/** What a list without pages is taken to hold. */
const peoplePerList = 100;

/** Deliveries of a page that does not say how many, and of a call at most. */
const deliveriesPerList = 20;
const numbersPerContact = 2;
const webhooksPerList = 20;
const attemptsPerDelivery = 20;
const detailsPerEvent = 2;
/** A filter may have calls looked at one by one, up to a bound: many times the price of an object. */
const filterCost = 250;
/** Groups of counts are small and at most a thousand, most often a dozen. */
const countGroups = 100;

/**
 * Weighs every operation of a document that need not be valid. Each fragment is weighed once, however often it is spread,
 * so the time is linear in the document while the weights may be astronomical (and then just large numbers).
 */
export function weighDocument(document: DocumentNode): DocumentWeight {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const weighed = new Map<string, Weight>();
  const open = new Set<string>();
  let isCyclic = false;
  let directives = 0;

  const operations = new Map<OperationDefinitionNode, OperationWeight>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    directives += node.directives?.length ?? 0;
    for (const variable of node.variableDefinitions ?? []) directives += variable.directives?.length ?? 0;
    operations.set(node, operationWeight(node, ofSelectionSet(node.selectionSet)));
  }
  for (const name of fragments.keys()) ofFragment(name);
  return { operations, fragments: fragments.size, directives, isCyclic };

  function ofFragment(name: string): Weight {
    const known = weighed.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    if (fragment === undefined) return nothing();
    if (open.has(name)) {
      isCyclic = true;
      return nothing();
    }
    open.add(name);
    directives += fragment.directives?.length ?? 0;
    const weight = ofSelectionSet(fragment.selectionSet);
    open.delete(name);
    weighed.set(name, weight);
    return weight;
  }

  function ofSelectionSet({ selections }: SelectionSetNode): Weight {
    const sum = nothing();
    let typenames = 0;
    for (const selection of selections) {
      directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(sum, ofFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(sum, ofSelectionSet(selection.selectionSet));
      else {
        if (selection.name.value === "__typename") typenames += 1;
        add(sum, ofField(selection));
      }
    }
    sum.aliases += Math.max(0, typenames - 1);
    return sum;
  }

  function ofField(field: FieldNode): Weight {
    const weight = nothing();
    weight.fields = 1;
    weight.depth = 1;
    weight.aliases = field.alias === undefined || field.alias.value === field.name.value ? 0 : 1;
    if (field.selectionSet === undefined) return weight;
    const inner = ofSelectionSet(field.selectionSet);
    weight.aliases += inner.aliases;
    if (field.name.value === "__schema" || field.name.value === "__type") {
      weight.objects = introspectionCost;
      return weight;
    }
    weight.depth += inner.depth;
    weight.perPage = inner.perPage;
    const own = 1 + inner.objects + inner.nodes;
    switch (field.name.value) {
      case "nodes":
      case "results":
        weight.nodes = 1 + inner.objects;
        break;
      case "notes":
        weight.objects = notesPerCall * own;
        break;
      case "sources":
      case "views":
      case "users":
      case "colleagues":
      case "presence":
      case "apiKeys":
      case "invitations":
        weight.objects = peoplePerList * own;
        break;
      case "rawDeliveries":
        weight.objects = deliveriesPerList * own;
        break;
      case "webhooks":
        weight.objects = webhooksPerList * own;
        break;
      case "attempts":
        weight.objects = attemptsPerDelivery * own;
        break;
      case "deliveries":
      case "webhookDeliveries":
        weight.objects = 1 + inner.objects;
        weight.perPage = new Map(inner.perPage);
        for (const limit of requestedLimits(field, ["first"], deliveriesPerList))
          addTo(weight.perPage, limit, inner.nodes);
        break;
      case "auditEvents":
        weight.objects = 1 + inner.objects;
        weight.perPage = new Map(inner.perPage);
        for (const limit of requestedLimits(field, ["first"], auditPageDefault))
          addTo(weight.perPage, limit, inner.nodes);
        break;
      case "details":
        weight.objects = detailsPerEvent * own;
        break;
      case "numbers":
        weight.objects = numbersPerContact * own;
        break;
      case "contacts":
        weight.objects = 1 + inner.objects;
        weight.perPage = new Map(inner.perPage);
        for (const limit of requestedLimits(field, ["first"], contactPageDefault))
          addTo(weight.perPage, limit, inner.nodes);
        break;
      case "login":
        weight.logins = 1;
        weight.objects = loginCost + inner.objects;
        break;
      case "edges":
        // The edge and the call in it, for each call of the page.
        weight.nodes = own;
        break;
      case "groups":
        weight.objects = countGroups * own;
        break;
      case "callCounts":
      case "callReturns":
        weight.objects = filterCost + own;
        break;
      case "paginatedCalls":
      case "calls":
        weight.objects = 1 + inner.objects + (isFiltered(field) ? filterCost : 0);
        weight.perPage = new Map(inner.perPage);
        for (const limit of requestedLimits(field, pageArguments, pageLimitDefault)) {
          addTo(weight.perPage, limit, inner.nodes);
        }
        break;
      case "changes":
        // Of the query a page with a list of the same name; of the subscription, and that list, one change.
        if (inner.nodes === 0) weight.nodes = 1 + inner.objects;
        else {
          weight.objects = 1 + inner.objects;
          weight.perPage = new Map(inner.perPage);
          for (const limit of requestedLimits(field, ["first"], changePageDefault)) {
            addTo(weight.perPage, limit, inner.nodes);
          }
        }
        break;
      case "activity":
      case "history":
        weight.objects = 1 + inner.objects + historyLimit(field) * inner.nodes;
        break;
      case "exportTicket":
      case "setCallsUnread":
        weight.objects = own + (isFiltered(field) ? filterCost : 0);
        break;
      case "deleteCallsOfNumber":
        weight.objects = own + filterCost;
        break;
      case "setCallsArchived":
      case "setCallsTag":
      case "setCallsAssignee":
      case "undoChanges":
        weight.objects = 1 + inner.objects + (isFiltered(field) ? filterCost : 0);
        weight.perPage = new Map(inner.perPage);
        for (const limit of requestedCalls(field)) addTo(weight.perPage, limit, inner.nodes);
        break;
      default:
        weight.objects = own;
    }
    return weight;
  }
}

function operationWeight(operation: OperationDefinitionNode, weight: Weight): OperationWeight {
  const defaults = new Map<string, number>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue === undefined || defaultValue.kind === Kind.NULL) continue;
    const isNumber = defaultValue.kind === Kind.INT || defaultValue.kind === Kind.FLOAT;
    const { length } = defaultValue.kind === Kind.LIST ? defaultValue.values : [defaultValue];
    defaults.set(variable.name.value, isNumber ? Number(defaultValue.value) : length);
  }
  return {
    depth: weight.depth,
    aliases: weight.aliases,
    rootFields: weight.fields,
    logins: weight.logins,
    cost(variables) {
      let cost = weight.objects + weight.nodes;
      for (const [limit, objects] of weight.perPage) {
        const given = typeof limit === "number" ? limit : variables && valueOf(limit, variables);
        cost += objects * (typeof given === "number" && given > 0 ? Math.min(given, pageLimitMax) : 0);
      }
      return cost;
    },
  };

  function valueOf(limit: string, variables: Readonly<Record<string, unknown>>): unknown {
    const [otherwise = "", name = "", beside] = limit.split(" ");
    if (beside !== undefined && (variables[beside] ?? defaults.get(beside)) == null) return 0;
    const given = variables[name] ?? defaults.get(name) ?? Number(otherwise);
    if (Array.isArray(given)) return given.length;
    if (typeof given === "string") return 1; // a single id in place of a list
    return given;
  }
}

/** `limit`, or `first` and `last`, of which a request may name both in variables and give one. */
const pageArguments = ["limit", "first", "last"];

/** What those of the arguments ask for that are there, or what it is without one. */
function requestedLimits(field: FieldNode, names: readonly string[], otherwise: number): readonly Limit[] {
  const limits = (field.arguments ?? []).filter(({ name }) => names.includes(name.value));
  if (limits.length === 0) return [otherwise];
  return limits.map(({ value }) => {
    if (value.kind === Kind.VARIABLE) return `${otherwise} ${value.name.value}`;
    return value.kind === Kind.INT || value.kind === Kind.FLOAT ? Number(value.value) : otherwise;
  });
}

function isFiltered(field: FieldNode): boolean {
  return field.arguments?.some(({ name, value }) => name.value === "filter" && value.kind !== Kind.NULL) ?? false;
}

/** How many calls a mutation of many names: a single value stands for a list of one, and a filter for `first` calls. */
function requestedCalls(field: FieldNode): readonly Limit[] {
  const limits = (field.arguments ?? []).flatMap(({ name: { value: name }, value }): readonly Limit[] => {
    if ((name !== "ids" && name !== "filter" && name !== "revisions") || value.kind === Kind.NULL) return [];
    if (name === "filter") {
      const firsts = requestedLimits(field, ["first"], pageLimitMax);
      if (value.kind !== Kind.VARIABLE) return firsts;
      return firsts.map((first) => `${first}${typeof first === "number" ? " " : ""} ${value.name.value}`);
    }
    if (value.kind === Kind.VARIABLE) return [`0 ${value.name.value}`];
    return [value.kind === Kind.LIST ? value.values.length : 1];
  });
  return limits.length === 0 ? [1] : limits;
}

/** A history stands inside pages, where a variable limit would make a product of variables: it counts as the most. */
function historyLimit(field: FieldNode): number {
  const value = field.arguments?.find(({ name }) => name.value === "first")?.value;
  if (value === undefined) return historyLimitDefault;
  return value.kind === Kind.INT ? Math.min(Math.max(0, Number(value.value)), historyLimitMax) : historyLimitMax;
}

function nothing(): Weight {
  return { depth: 0, aliases: 0, fields: 0, logins: 0, objects: 0, nodes: 0, perPage: new Map() };
}

/** Adds what stands in the same selection set. */
function add(sum: Weight, weight: Weight): void {
  sum.depth = Math.max(sum.depth, weight.depth);
  sum.aliases += weight.aliases;
  sum.fields += weight.fields;
  sum.logins += weight.logins;
  sum.objects += weight.objects;
  sum.nodes += weight.nodes;
  for (const [limit, objects] of weight.perPage) addTo(sum.perPage, limit, objects);
}

function addTo(map: Map<Limit, number>, limit: Limit, objects: number): void {
  map.set(limit, (map.get(limit) ?? 0) + objects);
}

import { hash } from "node:crypto";
import {
  type ASTVisitor,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  Lexer,
  NoFragmentCyclesRule,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
  TypeInfo,
  VariablesInAllowedPositionRule,
  parse,
  specifiedRules,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { ErrorCode } from "../domain/errors.ts";
import { callIdVariablesRule } from "./call-id-argument.ts";
import type { OperationKind } from "./core.ts";
import { type OperationWeight, weighDocument } from "./document-weight.ts";
import { limits } from "./limits.ts";
import { createLruMap } from "../domain/lru-map.ts";
import { ownRules } from "./own-rules.ts";
import { type ErrorEntry, Refusal, refusal } from "./refusal.ts";

export type PreparedDocument = {
  /** SHA-256 of the text. */
  readonly hash: string;
  readonly document: DocumentNode;
  readonly operations: readonly PreparedOperation[];
};

export type PreparedOperation = {
  readonly name: string | null;
  readonly kind: OperationKind;
  readonly node: OperationDefinitionNode;
  readonly weight: OperationWeight;
  /** Who may run it. `public`: anybody, the Authorization header is at most read by the resolvers themselves. */
  readonly access: "public" | "introspection" | "signed-in";
  /** The names of its root fields, skipped ones included. */
  readonly rootFields: ReadonlySet<string>;
  readonly usesDeprecated: boolean;
  readonly variableNames: readonly string[];
};

/** Prepares documents, once per text. */
export type Documents = {
  /**
   * A document that has passed every limit and is valid. `mayHint` lets messages about misspelt names suggest others.
   * @throws Refusal GRAPHQL_PARSE_FAILED, QUERY_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED
   */
  prepare(text: string, mayHint: boolean): PreparedDocument;
  /** The document of this text if it is prepared or can be, else null. */
  find(text: string): PreparedDocument | null;
};

export function createDocuments(schema: GraphQLSchema, callId: GraphQLArgument): Documents {
  const specified = specifiedRules.map((rule) =>
    rule === VariablesInAllowedPositionRule ? callIdVariablesRule(callId) : rule,
  );
  const rules = [...specified, ...ownRules];
  const prepared = createLruMap<string, PreparedDocument>(limits.preparedDocuments);
  return { prepare, find };

  function prepare(text: string, mayHint: boolean): PreparedDocument {
    const key = keyOf(text);
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const document = parseWithinLimits(text);
    const { operations, fragments, directives, isCyclic } = weighDocument(document);
    if (isCyclic)
      refuseInvalid(validate(schema, document, [NoFragmentCyclesRule], { maxErrors: limits.errors }), mayHint);
    refuseAbove("operations", operations.size, limits.operations);
    refuseAbove("fragments", fragments, limits.fragments);
    refuseAbove("directives", directives, limits.directives);
    for (const weight of operations.values()) {
      refuseAbove("root fields", weight.rootFields, limits.rootFields);
      refuseAbove("login fields", weight.logins, limits.logins);
      refuseAbove("aliases", weight.aliases, limits.aliases);
      refuseAbove("levels of fields", weight.depth, limits.depth);
      refuseCost(weight.cost(null));
    }
    refuseInvalid(validate(schema, document, rules, { maxErrors: limits.errors, hideSuggestions: !mayHint }), mayHint);
    const usesDeprecated = operationsWithDeprecated(schema, document);
    const entry = {
      hash: hash("sha256", text, "base64"),
      document,
      operations: [...operations].map(([node, weight]) => {
        const rootFields = rootFieldNames(node.selectionSet, document, new Set());
        return {
          name: node.name?.value ?? null,
          kind: node.operation,
          node,
          weight,
          access: accessTo(rootFields),
          rootFields,
          usesDeprecated: usesDeprecated.has(node),
          variableNames: node.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [],
        };
      }),
    };
    prepared.set(key, entry);
    return entry;
  }

  function find(text: string): PreparedDocument | null {
    try {
      return prepare(text, false);
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }
}

/** A short text is its own key: its digest was 2 % of W1. A long one is not kept for that. */
function keyOf(text: string): string {
  const isOwnKey = text.length <= limits.rememberedLength && !text.startsWith(digestMark);
  return isOwnKey ? text : digestMark + hash("sha256", text, "base64");
}

const digestMark = "#sha256 ";

/** Entries for errors of the library, cut to sizes that a hostile document cannot inflate. */
export function entriesOf(errors: readonly GraphQLError[], code: ErrorCode): readonly ErrorEntry[] {
  return errors.slice(0, limits.errors).map(({ message, locations }) => ({
    message: message.length > 300 ? `${message.slice(0, 300)}…` : message,
    locations: locations?.slice(0, 2),
    extensions: { code },
  }));
}

function parseWithinLimits(text: string): DocumentNode {
  try {
    return parse(text, {
      maxLexicalTokens: limits.tokens,
      maxComments: limits.tokens,
      maxSourceLength: limits.documentLength,
    });
  } catch (error) {
    refuseRepetition(text);
    throw new Refusal(entriesOf([error as GraphQLError], "GRAPHQL_PARSE_FAILED"));
  }
}

/**
 * Tells a document that cannot be read for its many tokens but is plainly one of too many aliases or operations from one
 * that is no GraphQL at all, so that the same abuse has the same answer at every size. Looks at the start alone.
 */
function refuseRepetition(text: string): void {
  const lexer = new Lexer(new Source(text.slice(0, 16_384)));
  let aliases = 0;
  let operations = 0;
  let braces = 0;
  let parentheses = 0;
  try {
    for (let count = 0; count < limits.tokens; count += 1) {
      const token = lexer.advance();
      if (token.kind === TokenKind.EOF) return;
      if (token.kind === TokenKind.BRACE_L) braces += 1;
      else if (token.kind === TokenKind.BRACE_R) braces -= 1;
      else if (token.kind === TokenKind.PAREN_L) parentheses += 1;
      else if (token.kind === TokenKind.PAREN_R) parentheses -= 1;
      else if (token.kind === TokenKind.COLON && parentheses === 0 && braces > 0) aliases += 1;
      else if (braces === 0 && token.kind === TokenKind.NAME && isOperationKind(token.value)) operations += 1;
      refuseAbove("aliases", aliases, limits.aliases);
      refuseAbove("operations", operations, limits.operations);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error; // else the lexer's: the parser has said the same already
  }
}

function isOperationKind(name: string): boolean {
  return name === "query" || name === "mutation" || name === "subscription";
}

/** @throws Refusal QUERY_TOO_COMPLEX */
export function refuseCost(cost: number): void {
  if (cost <= limits.cost) return;
  const hint = "select less of each, or ask for fewer (first, limit).";
  throw refusal("QUERY_TOO_COMPLEX", `The cost is ${cost}, more than ${limits.cost}: ${hint}`);
}

/** @throws Refusal QUERY_TOO_COMPLEX */
function refuseAbove(what: string, count: number, max: number): void {
  if (count > max) throw refusal("QUERY_TOO_COMPLEX", `The request has more than ${max} ${what}.`);
}

function refuseInvalid(errors: readonly GraphQLError[], mayHint: boolean): void {
  if (errors.length === 0) return;
  const entries = entriesOf(errors, "GRAPHQL_VALIDATION_FAILED");
  if (mayHint) throw new Refusal(entries);
  // One rule of the library hints whatever it was told.
  throw new Refusal(
    entries.map(({ message, locations, extensions }) => ({
      message: message.replace(/ Did you mean .*$/s, ""),
      locations,
      extensions,
    })),
  );
}

/** Sign-in and refreshing carry their own proof, and `__typename` tells nothing; the schema is for people who are signed in. */
function accessTo(rootFields: ReadonlySet<string>): PreparedOperation["access"] {
  const others = [...rootFields].filter((name) => !publicFields.has(name));
  if (others.length === 0) return "public";
  return others.every((name) => name === "__schema" || name === "__type") ? "introspection" : "signed-in";
}

const publicFields: ReadonlySet<string> = new Set(["__typename", "login", "refreshTokenV2", "refreshToken"]);

function rootFieldNames({ selections }: SelectionSetNode, document: DocumentNode, names: Set<string>): Set<string> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) names.add(selection.name.value);
    else if (selection.kind === Kind.INLINE_FRAGMENT) rootFieldNames(selection.selectionSet, document, names);
    else {
      const fragment = document.definitions.find(
        (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
      );
      if (fragment !== undefined && "selectionSet" in fragment) {
        rootFieldNames(fragment.selectionSet, document, names);
      }
    }
  }
  return names;
}

function operationsWithDeprecated(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<OperationDefinitionNode> {
  const found = new Set<OperationDefinitionNode>();
  const typeInfo = new TypeInfo(schema);
  let current: OperationDefinitionNode | undefined;
  const visitor: ASTVisitor = {
    OperationDefinition: (node) => {
      current = node;
    },
    Field: () => {
      if (current !== undefined && typeInfo.getFieldDef()?.deprecationReason != null) found.add(current);
    },
  };
  visit(document, visitWithTypeInfo(typeInfo, visitor));
  return found;
}

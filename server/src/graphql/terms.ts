import { type GraphQLResolveInfo, getDirectiveValues } from "graphql";
import type { Terms } from "../domain/inbox-edits.ts";
import type { IdempotencyKey } from "../domain/storage.ts";
import type { ResolverContext } from "./resolver-context.ts";

/** What a client said beside what is to be done: its key (directive, else header) and the state that it saw. */
export function termsOf(
  context: ResolverContext,
  info: GraphQLResolveInfo,
  { ifRevision }: { readonly ifRevision?: number | null | undefined } = {},
): Terms {
  return { idempotency: context.idempotency(String(info.path.key), directiveKey(info)), ifRevision };
}

/** The key under which the mutation is done once, when the client sent one. */
export function onceKey(context: ResolverContext, info: GraphQLResolveInfo): IdempotencyKey | undefined {
  return termsOf(context, info).idempotency;
}

function directiveKey({ schema, fieldNodes, variableValues }: GraphQLResolveInfo): string | null {
  const directive = schema.getDirective("idempotent");
  if (directive == null) throw new Error("The schema has no directive @idempotent.");
  for (const node of fieldNodes) {
    const given = getDirectiveValues(directive, node, variableValues);
    if (typeof given?.["key"] === "string") return given["key"];
  }
  return null;
}
